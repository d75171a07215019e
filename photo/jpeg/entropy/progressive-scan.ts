import type { DecodeWatch } from '../../decode-watch.ts';
import { corruptPhoto } from '../../photo-error.ts';
import { progressiveCoderLayout } from '../kernels/entropy-layout.ts';
import { blocksBefore, type CoefficientPlane, historyInBytes } from './coefficient-plane.ts';
import { decodeRows } from './decode-rows.ts';
import { describeUnit, type UnitComponent } from './describe-unit.ts';
import type { EntropyWindow } from './entropy-window.ts';
import type { Scan } from './for-each-scan.ts';
import type { ProgressiveCoders } from './progressive-coders.ts';
import type { ScanUnits } from './scan-units.ts';

const wordInBytes = Int32Array.BYTES_PER_ELEMENT;

export interface ProgressiveComponent extends UnitComponent {
  readonly coefficients: CoefficientPlane;
}

/** Decodes one scan of a progressive picture into coefficients. */
export function decodeProgressiveScan(
  window: EntropyWindow,
  coders: ProgressiveCoders,
  units: ScanUnits,
  { header: { spectralStart, approximationHigh } }: Scan,
  components: readonly ProgressiveComponent[],
  watch: DecodeWatch,
): void {
  const { workspace, position, unit } = coders;
  const { progressiveKernels: kernels, words } = workspace;
  const partOf = (coder: number, part: keyof typeof progressiveCoderLayout) =>
    (coder + progressiveCoderLayout[part]) / wordInBytes;
  const requireRunsEnded = (): void => {
    if (components.every(({ coder }) => words[partOf(coder, 'endOfBandRun')] === 0)) return;
    throw corruptPhoto('The JPEG has a run of empty blocks that goes on past the end of its scan.');
  };
  const restart = (): void => {
    requireRunsEnded();
    for (const { coder } of components) words[partOf(coder, 'prediction')] = 0;
  };
  const endRow = (): void => watch.throwIfOver();
  const [{ coder, coefficients }] = components as [ProgressiveComponent];
  let blocks = 0;

  if (spectralStart === 0) {
    decodeRows(window, workspace, units, {
      position,
      beginRow(row) {
        blocks = describeUnit(words, unit, components, row);
      },
      restart,
      decode: (most) => kernels.decodeDcUnits(position, window.end, window.checkAt, unit, blocks, most),
      endRow,
    });
  } else {
    const decode = approximationHigh === 0 ? kernels.decodeAcUnits : kernels.refineAcUnits;
    decodeRows(window, workspace, units, {
      position,
      beginRow(row) {
        const before = blocksBefore(coefficients, row);
        words[partOf(coder, 'block')] = coefficients.coefficients + before * coefficients.blockInBytes;
        words[partOf(coder, 'history')] = coefficients.history + before * historyInBytes;
      },
      restart,
      decode: (most) => decode(position, window.end, window.checkAt, coder, most),
      endRow,
    });
  }
  requireRunsEnded();
}
