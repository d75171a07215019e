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
  while (high - low > precision) {
    const step = goldenRatio * (high - low);
    if (lossAt(high - step) < lossAt(low + step)) high = low + step;
    else low = high - step;
  }
  return Math.exp((low + high) / 2);
}

/** The mean negative logarithm of the right label's probability, at a temperature. */
export function meanLoss(photos: readonly LabelledLogits[], temperature: number): number {
  const sum = photos.reduce((total, { logits, label }) => {
    const largest = Math.max(...logits);
    const powers = logits.reduce((all, logit) => all + Math.exp((logit - largest) / temperature), 0);
    return total + Math.log(powers) - ((logits[label] as number) - largest) / temperature;
  }, 0);
  return sum / photos.length;
}
