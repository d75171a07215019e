import { ModelError } from '../model-error.ts';

/** One photo whose label is known: a logit for each label, and the position of the right one. */
export interface LabelledLogits {
  readonly logits: Float32Array;
  readonly label: number;
}

const lowestTemperature = 0.05;
const highestTemperature = 20;
const goldenRatio = (Math.sqrt(5) - 1) / 2;
const precision = 1e-6;

/**
 * The temperature under which the right labels are most probable (Guo et al., "On Calibration of Modern Neural Networks",
 * 2017), from 0.05 to 20. The loss has one minimum in the temperature's logarithm, found by golden sections. Throws a
 * ModelError without photos.
 */
export function fitTemperature(photos: readonly LabelledLogits[]): number {
  if (photos.length === 0) throw new ModelError('no_calibration_data', 'A temperature needs at least one photo.');
  const lossAt = (logarithm: number) => meanLoss(photos, Math.exp(logarithm));
  let low = Math.log(lowestTemperature);
  let high = Math.log(highestTemperature);
  let [left, right] = [high - goldenRatio * (high - low), low + goldenRatio * (high - low)];
  let [lossLeft, lossRight] = [lossAt(left), lossAt(right)];
  // One of the two points between the ends stays one of them, so that a step takes one loss.
  while (high - low > precision) {
    if (lossLeft < lossRight) {
      [high, right, lossRight] = [right, left, lossLeft];
      left = high - goldenRatio * (high - low);
      lossLeft = lossAt(left);
    } else {
      [low, left, lossLeft] = [left, right, lossRight];
      right = low + goldenRatio * (high - low);
      lossRight = lossAt(right);
    }
  }
  return Math.exp((low + high) / 2);
}

/** The mean negative logarithm of the right label's probability, at a temperature. */
export function meanLoss(photos: readonly LabelledLogits[], temperature: number): number {
  let total = 0;
  for (const { logits, label } of photos) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < logits.length; at++) largest = Math.max(largest, logits[at] as number);
    let powers = 0;
    for (let at = 0; at < logits.length; at++) powers += Math.exp(((logits[at] as number) - largest) / temperature);
    total += Math.log(powers) - ((logits[label] as number) - largest) / temperature;
  }
  return total / photos.length;
}
