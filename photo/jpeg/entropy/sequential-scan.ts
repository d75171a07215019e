import type { JpegWorkspace } from '../kernels/jpeg-workspace.ts';
import { decodeRows } from './decode-rows.ts';
import { describeUnit, type UnitComponent } from './describe-unit.ts';
import type { EntropyWindow } from './entropy-window.ts';
import type { ScanUnits } from './scan-units.ts';
import type { SequentialCoders } from './sequential-coders.ts';

/**
 * Decodes one scan of a baseline or extended picture straight into samples.
 * @param onRow called after each row of minimum coded units with how many rows there are by now
 */
export function decodeSequentialScan(
  window: EntropyWindow,
  workspace: JpegWorkspace,
  coders: SequentialCoders,
  units: ScanUnits,
  components: readonly UnitComponent[],
  onRow: (rows: number) => void,
): void {
  const { position, unit } = coders;
  const { kernels, words } = workspace;
  let blocks = 0;
  decodeRows(window, workspace, units, {
    position,
    beginRow(row) {
      blocks = describeUnit(words, unit, components, row);
    },
    restart() {
      for (const { coder } of components) coders.forget(coder);
    },
    decode: (most) => kernels.decodeUnits(position, window.end, window.checkAt, unit, blocks, most),
    endRow: onRow,
  });
}
