import { corruptPhoto } from '../../photo-error.ts';
import { blockDamage, unitBlockLayout } from '../kernels/entropy-layout.ts';
import { type JpegWorkspace, rowAddress, type SamplePlane } from '../kernels/jpeg-workspace.ts';
import type { ComponentLayout } from '../markers/frame-layout.ts';
import type { EntropyWindow } from './entropy-window.ts';
import { impossibleMean } from './largest-mean.ts';
import type { ScanUnits } from './scan-units.ts';
import type { SequentialCoders } from './sequential-coders.ts';

const wordInBytes = Int32Array.BYTES_PER_ELEMENT;

export interface SequentialComponent {
  /** Position in the frame header. */
  readonly index: number;
  readonly layout: ComponentLayout;
  readonly plane: SamplePlane;
  /** The address of its coder. */
  readonly coder: number;
}

/**
 * Decodes one scan of a baseline or extended picture straight into samples.
 * @param onRow called after each row of minimum coded units with how many rows there are by now
 */
export function decodeSequentialScan(
  window: EntropyWindow,
  { kernels, words }: JpegWorkspace,
  coders: SequentialCoders,
  units: ScanUnits,
  components: readonly SequentialComponent[],
  onRow: (rows: number) => void,
): void {
  const { across, down } = units;
  const { position, unit } = coders;
  for (let row = 0; row < down; row++) {
    const blocks = describeUnit(words, unit, components, row);
    for (let column = 0; column < across; ) {
      if (units.prepare()) for (const { coder } of components) coders.forget(coder);
      const most = Math.min(across - column, units.untilRestart);
      words[position / wordInBytes] = window.bitPosition;
      const done = kernels.decodeUnits(position, window.address, window.checkAt, unit, blocks, most);
      if (done < 0) throw damageOf(done);
      window.bitPosition = words[position / wordInBytes] as number;
      units.pass(done);
      column += done;
    }
    onRow(row + 1);
  }
}

/** Writes down where the samples of each block of a row's first unit go; how many blocks a unit has. */
function describeUnit(
  words: Int32Array,
  unit: number,
  components: readonly SequentialComponent[],
  row: number,
): number {
  const isAlone = components.length === 1;
  let at = unit / wordInBytes;
  for (const { layout, plane, coder } of components) {
    const { blockSize } = layout;
    const horizontalBlocks = isAlone ? 1 : layout.horizontalBlocks;
    const verticalBlocks = isAlone ? 1 : layout.verticalBlocks;
    for (let down = 0; down < verticalBlocks; down++) {
      const address = rowAddress(plane, (row * verticalBlocks + down) * blockSize);
      for (let across = 0; across < horizontalBlocks; across++) {
        words[at + unitBlockLayout.coder / wordInBytes] = coder;
        words[at + unitBlockLayout.out / wordInBytes] = address + across * blockSize;
        words[at + unitBlockLayout.step / wordInBytes] = horizontalBlocks * blockSize;
        at += unitBlockLayout.size / wordInBytes;
      }
    }
  }
  return (at - unit / wordInBytes) / (unitBlockLayout.size / wordInBytes);
}

/** What the kernel's answer below zero says. */
export function damageOf(code: number): Error {
  if (code === blockDamage.impossibleMean) return impossibleMean();
  if (code === blockDamage.unknownCode) {
    return corruptPhoto('The JPEG has a code in its picture that none of its tables knows.');
  }
  return corruptPhoto('The JPEG has a block of more than 64 coefficients.');
}
