import type { RowRange } from '../../model/calibration/feature-matrix.ts';
import { indexOfLargest } from '../../model/verdict/probabilities.ts';
import { fitRecipe, type HeadRecipe } from '../head/choose-recipe.ts';
import { answer, makeLogits } from '../head/cross-validate.ts';
import type { FitHead } from '../head/fit-head.ts';
import { countFoldsOf, rangesBut } from '../head/folds.ts';
import type { HeadData, LinearHead } from '../head/linear-head.ts';

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
/** A point of the curve is known to about a hundredth then. */
const enoughToMeasure = 1000;
/** Fewer mistakes than these are chance. */
const fewestMistakes = 10;

/**
 * Fits heads on a quarter and on half of the photos of each training part, and answers for the same photos as the whole did.
 * @param logits what the heads of the whole parts answered, a vector a row
 */
export async function drawLearningCurve(
  data: HeadData,
  folds: readonly RowRange[],
  { recipe, logits }: { readonly recipe: HeadRecipe; readonly logits: readonly Float32Array[] },
  fitHead: FitHead,
): Promise<LearningCurve> {
  const { rows } = data.matrix;
  const measured = countFoldsOf(folds, enoughToMeasure);
  const whole = shareOfRight(data, logits);
  // Folds differ by more than the parts of one do.
  const luck = whole - shareOfRight(data, logits.slice(0, folds[measured - 1]?.to));
  const fitted = Math.round((rows * (folds.length - 1)) / folds.length);
  const points = await Promise.all(
    shares
      .filter((share) => share * fitted >= 2 * data.labelCount)
      .map(async (share) => {
        const held = { ...recipe, penalty: recipe.penalty / share };
        const fitOn = (ranges: readonly RowRange[]) => fitRecipe(fitHead, ranges, held);
        const accuracy = (await measure(data, folds, fitOn, { share, measured })) + luck;
        return { photos: Math.round(share * fitted), accuracy: Math.min(1, Math.max(0, accuracy)) };
      }),
  );
  points.push({ photos: fitted, accuracy: whole });
  return { points, twice: (1 - whole) * rows >= fewestMistakes ? extrapolate(points, 2 * rows) : undefined };
}

async function measure(
  data: HeadData,
  folds: readonly RowRange[],
  fitOn: (ranges: readonly RowRange[]) => Promise<LinearHead>,
  { share, measured }: { readonly share: number; readonly measured: number },
): Promise<number> {
  const answered = folds.slice(0, measured);
  // The rows of a fold are in no order, so that its first ones are as good as any.
  const fewer = ({ from, to }: RowRange) => ({ from, to: from + Math.ceil((to - from) * share) });
  const heads = await Promise.all(answered.map((_, fold) => fitOn(rangesBut(folds, fold).map(fewer))));
  const logits = makeLogits(answered.at(-1)?.to ?? 0, data.labelCount);
  for (const [fold, head] of heads.entries()) answer(data.matrix, head, answered[fold] as RowRange, logits);
  return shareOfRight(data, logits);
}

function shareOfRight({ labels }: HeadData, logits: readonly Float32Array[]): number {
  return logits.filter((row, index) => indexOfLargest(row) === labels[index]).length / logits.length;
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
