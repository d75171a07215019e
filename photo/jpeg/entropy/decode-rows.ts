import type { JpegWorkspace } from '../kernels/jpeg-workspace.ts';
import { damageOf } from './block-damage.ts';
import type { EntropyWindow } from './entropy-window.ts';
import type { ScanUnits } from './scan-units.ts';

/** How the minimum coded units of a scan are decoded by a kernel. */
export interface RowDecoder {
  /** The address of the word in which the kernel finds, and writes down, the position in the window. */
  readonly position: number;
  beginRow(row: number): void;
  /** Behind a restart marker. */
  restart(): void;
  /** Has the kernel decode up to so many units, one at least: how many they were, or below zero what is wrong. */
  decode(most: number): number;
  /** Called with how many rows there are by now. */
  endRow(rows: number): void;
}

export function decodeRows(
  window: EntropyWindow,
  { words }: JpegWorkspace,
  units: ScanUnits,
  { position, beginRow, restart, decode, endRow }: RowDecoder,
): void {
  const { across, down } = units;
  const positionWord = position / Int32Array.BYTES_PER_ELEMENT;
  for (let row = 0; row < down; row++) {
    beginRow(row);
    for (let column = 0; column < across; ) {
      if (units.prepare()) restart();
      words[positionWord] = window.bitPosition;
      const done = decode(Math.min(across - column, units.untilRestart));
      if (done < 0) throw damageOf(done);
      window.bitPosition = words[positionWord] as number;
      units.pass(done);
      column += done;
    }
    endRow(row + 1);
  }
}
