import type { RowRange } from '../../model/calibration/feature-matrix.ts';
import { fitDiscriminant } from './discriminant.ts';
import type { FittedHead, HeadData } from './linear-head.ts';
import { fitSoftmaxRegression } from './softmax-regression.ts';

/** A head to be fitted; fit for a structured clone. */
export interface HeadJob {
  readonly kind: 'discriminant' | 'regression';
  /** Shrinkage or penalty: how strongly the head is held back. */
  readonly strength: number;
  /** The rows to fit on. */
  readonly ranges: readonly RowRange[];
  /** A point where it may begin. */
  readonly start?: Float64Array | undefined;
}

/** Fits a head on data that it knows. */
export type FitHead = (job: HeadJob) => Promise<FittedHead>;

export function fitHead(data: HeadData, { kind, strength, ranges, start }: HeadJob): FittedHead {
  return kind === 'discriminant'
    ? fitDiscriminant(data, ranges, { shrinkage: strength, start })
    : fitSoftmaxRegression(data, ranges, { penalty: strength, start });
}
