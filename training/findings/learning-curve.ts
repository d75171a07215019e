import type { RowRange } from '../../model/calibration/feature-matrix.ts';
import { indexOfLargest } from '../../model/verdict/probabilities.ts';
import { answer } from '../head/cross-validate.ts';
import { rangesBut } from '../head/folds.ts';
import { fitSoftmaxRegression, type RegressionData } from '../head/softmax-regression.ts';

/** How often heads are right that were fitted on so many photos. */
export interface CurvePoint {
  readonly photos: number;
  readonly accuracy: number;
}

export interface LearningCurve {
  /** Measured, the fewest photos first. */
  readonly points: readonly CurvePoint[];
  /** What twice the photos would bring, by the line through the logarithms of the last errors; undefined where that says nothing. */
  readonly twice: CurvePoint | undefined;
}

const shares = [0.25, 0.5];
/** Fewer mistakes than these are chance. */
const fewestMistakes = 10;

/**
 * Fits heads on a quarter and on half of the photos of each training part, and answers for the same photos as the whole did.
 * @param whole what the heads of the whole parts got right
 */
export function drawLearningCurve(
  data: RegressionData,
  folds: readonly RowRange[],
  { penalty, accuracy: whole }: { readonly penalty: number; readonly accuracy: number },
): LearningCurve {
  const { rows } = data.matrix;
  const fitted = Math.round((rows * (folds.length - 1)) / folds.length);
  const points = shares
    .filter((share) => share * fitted >= 2 * data.labelCount)
    .map((share) => ({
      photos: Math.round(share * fitted),
      accuracy: measure(data, folds, penalty / share, share),
    }));
  points.push({ photos: fitted, accuracy: whole });
  return { points, twice: (1 - whole) * rows >= fewestMistakes ? extrapolate(points, 2 * rows) : undefined };
}

function measure(data: RegressionData, folds: readonly RowRange[], penalty: number, share: number): number {
  const logits: Float32Array[] = [];
  for (const [fold, range] of folds.entries()) {
    // The rows of a fold are in no order, so that its first ones are as good as any.
    const fewer = rangesBut(folds, fold).map(({ from, to }) => ({ from, to: from + Math.ceil((to - from) * share) }));
    answer(data.plain, fitSoftmaxRegression(data, fewer, { penalty }).head, range, logits);
  }
  const right = logits.filter((row, index) => indexOfLargest(row) === data.labels[index]).length;
  return right / logits.length;
}

/** Errors fall as a power of the number of photos, in the range that matters here. */
function extrapolate(points: readonly CurvePoint[], photos: number): CurvePoint | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  const [early, late] = [1 - first.accuracy, 1 - last.accuracy];
  if (!(early > late) || late === 0) return undefined;
  const power = Math.log(early / late) / Math.log(last.photos / first.photos);
  return { photos, accuracy: 1 - late * (last.photos / photos) ** power };
}
