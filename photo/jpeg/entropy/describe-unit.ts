import { unitBlockLayout } from '../kernels/entropy-layout.ts';
import type { ComponentLayout } from '../markers/frame-layout.ts';

const wordInBytes = Int32Array.BYTES_PER_ELEMENT;

/** A component of a scan, as a kernel decodes it. */
export interface UnitComponent {
  readonly layout: ComponentLayout;
  /** The address of its coder. */
  readonly coder: number;
  /** How far a block is from the one before. */
  readonly blockStep: number;
  /** Where what is made of a row of blocks begins. */
  rowAddress(blockRow: number): number;
}

/** How many blocks a minimum coded unit of these has. */
export function countBlocks(components: readonly ComponentLayout[]): number {
  return components.reduce((sum, { horizontalBlocks, verticalBlocks }) => sum + horizontalBlocks * verticalBlocks, 0);
}

/** Writes down where what is made of each block of a row's first unit goes; how many blocks a unit has. */
export function describeUnit(
  words: Int32Array,
  unit: number,
  components: readonly UnitComponent[],
  row: number,
): number {
  const isAlone = components.length === 1;
  let at = unit / wordInBytes;
  for (const { layout, coder, blockStep, rowAddress } of components) {
    const horizontalBlocks = isAlone ? 1 : layout.horizontalBlocks;
    const verticalBlocks = isAlone ? 1 : layout.verticalBlocks;
    for (let down = 0; down < verticalBlocks; down++) {
      const address = rowAddress(row * verticalBlocks + down);
      for (let across = 0; across < horizontalBlocks; across++) {
        words[at + unitBlockLayout.coder / wordInBytes] = coder;
        words[at + unitBlockLayout.out / wordInBytes] = address + across * blockStep;
        words[at + unitBlockLayout.step / wordInBytes] = horizontalBlocks * blockStep;
        at += unitBlockLayout.size / wordInBytes;
      }
    }
  }
  return (at - unit / wordInBytes) / (unitBlockLayout.size / wordInBytes);
}
