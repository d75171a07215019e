import { type Reconstruct, rowAddress, type SamplePlane } from '../kernels/jpeg-workspace.ts';
import type { ComponentLayout } from '../markers/frame-layout.ts';
import type { EntropyWindow } from './entropy-window.ts';
import type { ScanUnits } from './scan-units.ts';
import { type BlockCoder, decodeSequentialBlock } from './sequential-block.ts';

export interface SequentialComponent {
  /** Position in the frame header. */
  readonly index: number;
  readonly layout: ComponentLayout;
  readonly plane: SamplePlane;
  readonly coder: BlockCoder;
  readonly reconstruct: Reconstruct;
}

/**
 * Decodes one scan of a baseline or extended picture straight into samples.
 * @param block the workspace's, where each block's coefficients go
 * @param onRow called after each row of minimum coded units with how many rows there are by now
 */
export function decodeSequentialScan(
  window: EntropyWindow,
  block: Int32Array,
  units: ScanUnits,
  components: readonly SequentialComponent[],
  onRow: (rows: number) => void,
): void {
  const { across, down } = units;
  const alone = components.length === 1 ? components[0] : undefined;
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      if (units.begin()) for (const { coder } of components) coder.prediction = 0;
      if (alone) decodeBlock(window, block, alone, row, column);
      else for (const component of components) decodeUnit(window, block, component, row, column);
    }
    onRow(row + 1);
  }
}

/** All blocks of one component in an interleaved minimum coded unit. */
function decodeUnit(
  window: EntropyWindow,
  block: Int32Array,
  component: SequentialComponent,
  row: number,
  column: number,
): void {
  const { horizontalBlocks, verticalBlocks } = component.layout;
  for (let down = 0; down < verticalBlocks; down++) {
    for (let across = 0; across < horizontalBlocks; across++) {
      decodeBlock(window, block, component, row * verticalBlocks + down, column * horizontalBlocks + across);
    }
  }
}

function decodeBlock(
  window: EntropyWindow,
  block: Int32Array,
  { coder, plane, layout, reconstruct }: SequentialComponent,
  blockRow: number,
  blockColumn: number,
): void {
  const hasDetail = decodeSequentialBlock(window, coder, block);
  const size = layout.blockSize;
  reconstruct(hasDetail ? 1 : 0, rowAddress(plane, blockRow * size) + blockColumn * size, plane.stride);
}
