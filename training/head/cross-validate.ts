import type { FeatureMatrix, RowRange } from '../../model/calibration/feature-matrix.ts';
import { fitTemperature, meanLoss } from '../../model/calibration/temperature.ts';
import { rangesBut } from './folds.ts';
import { fitSoftmaxRegression, type LinearHead, type RegressionData } from './softmax-regression.ts';

/** What heads say of photos that they were not fitted on. */
export interface CrossValidation {
  readonly penalty: number;
  /** One vector a row: a number a label. */
  readonly logits: readonly Float32Array[];
  /** The mean negative logarithm of the right label's probability, at the temperature that makes it least. */
  readonly loss: number;
  /** Where each fold's fit ended. */
  readonly points: readonly Float64Array[];
}

/** From strong to weak, each about a third of the one before. */
const penalties = [30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003];
/** Where the search begins: a penalty of 0.1 suits a few hundred photos. */
const firstTried = penalties.indexOf(0.1);

/**
 * The penalty at which heads fitted without a fold answer best for it, and these answers. The loss has one valley in the
 * penalty's logarithm: the search follows it down from the middle.
 * @param onFit called after each fit
 */
export function choosePenalty(
  data: RegressionData,
  folds: readonly RowRange[],
  onFit: () => void = () => undefined,
): CrossValidation {
  const tried = new Map<number, CrossValidation>();
  const tryAt = (index: number, from: CrossValidation | undefined) => {
    const result = crossValidate(data, folds, penalties[index] as number, from, onFit);
    tried.set(index, result);
    return result;
  };
  let best = tryAt(firstTried, undefined);
  for (const step of [1, -1]) {
    for (let index = firstTried + step; index >= 0 && index < penalties.length; index += step) {
      const next = tryAt(index, best);
      if (next.loss >= best.loss) break;
      best = next;
    }
    // Downhill in one direction is uphill in the other.
    if (best !== tried.get(firstTried)) break;
  }
  return best;
}

/** Fits a head without each fold in turn, and answers for the photos of that fold. */
export function crossValidate(
  data: RegressionData,
  folds: readonly RowRange[],
  penalty: number,
  from?: CrossValidation,
  onFit: () => void = () => undefined,
): CrossValidation {
  const logits: Float32Array[] = [];
  const points: Float64Array[] = [];
  for (const [fold, range] of folds.entries()) {
    const { head, point } = fitSoftmaxRegression(data, rangesBut(folds, fold), { penalty, start: from?.points[fold] });
    points.push(point);
    answer(data.plain, head, range, logits);
    onFit();
  }
  const photos = logits.map((row, index) => ({ logits: row, label: data.labels[index] as number }));
  const loss = meanLoss(photos, fitTemperature(photos));
  return { penalty, logits, loss, points };
}

/** Puts the scores of the rows of a range where their rows are. */
export function answer(matrix: FeatureMatrix, head: LinearHead, range: RowRange, logits: Float32Array[]): void {
  const labels = head.bias.length;
  matrix.multiply(head.weights, head.bias, [range], (first, scores) => {
    for (let at = 0; at < scores.length; at += labels) {
      logits[first + at / labels] = scores.slice(at, at + labels);
    }
  });
}
