import { expect, it } from 'vitest';
import { FeatureMatrix } from '../../../model/calibration/feature-matrix.ts';
import { indexOfLargest } from '../../../model/verdict/probabilities.ts';
import { drawLearningCurve } from '../../../training/findings/learning-curve.ts';
import { chooseRecipe } from '../../../training/head/choose-recipe.ts';
import { crossValidate } from '../../../training/head/cross-validate.ts';
import { fitHead, type HeadJob } from '../../../training/head/fit-head.ts';
import { standardise } from '../../../training/head/linear-head.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';

const photos = 200;
const folds = Array.from({ length: 5 }, (_, fold) => ({ from: fold * 40, to: fold * 40 + 40 }));

/** Two labels that lie `distance` deviations apart in one of twelve features. */
function drawData(distance: number) {
  const random = randomNumbers(5);
  const normal = () => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random());
  const matrix = new FeatureMatrix(photos, 12, 2);
  const labels = Array.from({ length: photos }, (_, index) => index % 2);
  for (const [index, label] of labels.entries()) {
    matrix.row(index).set(Array.from({ length: 12 }, (_, at) => normal() + (at === 0 ? label * distance : 0)));
  }
  return { matrix, labels, labelCount: 2, standardisation: standardise(matrix) };
}

const fitOn = (data: ReturnType<typeof drawData>) => async (job: HeadJob) => fitHead(data, job);
const rightOf = (logits: readonly Float32Array[], labels: readonly number[]) =>
  logits.filter((row, index) => indexOfLargest(row) === labels[index]).length;

it('answers for photos that the head has not seen about as well as anybody could', async () => {
  const data = drawData(3);

  const { logits, recipe } = await chooseRecipe(data, folds, fitOn(data));

  // The best of all rules is right in 93 % of the cases.
  expect(rightOf(logits, data.labels) / photos).toBeGreaterThan(0.88);
  expect(recipe.penalty).toBeLessThan(1);
});

it('knows nothing of what cannot be known', async () => {
  const data = drawData(0);

  const { logits, recipe } = await chooseRecipe(data, folds, fitOn(data));

  expect(rightOf(logits, data.labels) / photos).toBeLessThan(0.62);
  expect(recipe.penalty).toBeGreaterThanOrEqual(1);
});

it('draws a learning curve that ends at what the whole brought, and goes on from there', async () => {
  const data = drawData(2);
  const { logits, recipe } = await chooseRecipe(data, folds, fitOn(data));
  const accuracy = rightOf(logits, data.labels) / photos;

  const { points, twice } = await drawLearningCurve(data, folds, { recipe, logits }, fitOn(data));

  expect(points.map((point) => point.photos)).toEqual([40, 80, 160]);
  expect(points.at(-1)).toEqual({ photos: 160, accuracy });

  if (twice !== undefined) expect(twice.accuracy).toBeGreaterThan(accuracy);
});

it('judges scores of any size alike, and finds the temperature that goes with them', async () => {
  const data = drawData(2);
  const scoreBy = (scale: number) => {
    const weights = Float32Array.from({ length: 24 }, (_, at) => (at === 12 ? scale : 0));
    const fitted = { head: { weights, bias: Float32Array.of(scale, 0) }, point: new Float64Array(26) };
    return crossValidate(data, folds, async () => fitted);
  };

  const [small, large] = [await scoreBy(1), await scoreBy(1000)];

  expect(large.loss).toBeCloseTo(small.loss, 4);
  expect(large.temperature / small.temperature).toBeCloseTo(1000, 0);
});
