import { calibrateUnfamiliarity } from '../model/calibration/calibrate-unfamiliarity.ts';
import type { HeadData } from './head/linear-head.ts';
import type { EmptyFeatures } from './make-empty-features.ts';

/** What is unfamiliar, to be told by rows and by what is none of their labels; fit for a structured clone. */
export interface UnfamiliarityJob {
  readonly kind: 'unfamiliarity';
  /** In an order that does not go by what the photos show. */
  readonly rows: readonly number[];
  /** The features of photos of other things. */
  readonly others: readonly Float32Array[];
  readonly empty: EmptyFeatures;
}

export type CalibratedUnfamiliarity = ReturnType<typeof calibrateUnfamiliarity>;

export function calibrateOnRows(
  { matrix, labels }: HeadData,
  { rows, others, empty }: UnfamiliarityJob,
): CalibratedUnfamiliarity {
  return calibrateUnfamiliarity({
    photos: rows.map((row) => ({ features: matrix.row(row), label: labels[row] as number })),
    trainedOn: [],
    others,
    empty: empty.toFit,
    emptyForMeasuring: empty.toMeasure,
  });
}
