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
 * 2017), from 0.05 to 20. The loss has one minimum in the temperature's logarithm, found by golden sections.
 *
 * Where the first label is right of all n photos, the loss alone would take every probability to 1, and that of n right answers nobody
 * can know. The label behind the first is then given 1 / (n + 2), as the rule of succession has it (J. Platt, "Probabilistic Outputs for
 * Support Vector Machines", 1999, section 2.2).
 * @throws ModelError without photos
 */
export function fitTemperature(photos: readonly LabelledLogits[]): number {
  if (photos.length === 0) throw new ModelError('no_calibration_data', 'A temperature needs at least one photo.');
  const doubt = areAllRight(photos) ? meanLead(photos) / (photos.length + 2) : 0;
  const lossAt = (logarithm: number) => meanLoss(photos, Math.exp(logarithm)) + doubt / Math.exp(logarithm);
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

function areAllRight(photos: readonly LabelledLogits[]): boolean {
  return photos.every(({ logits, label }) =>
    logits.every((logit, at) => at === label || logit < (logits[label] as number)),
  );
}

/** How far the right label's logit is ahead of the next one's, on average. */
function meanLead(photos: readonly LabelledLogits[]): number {
  const leads = photos.map(({ logits, label }) => {
    const next = logits.reduce(
      (most, logit, at) => (at === label ? most : Math.max(most, logit)),
      Number.NEGATIVE_INFINITY,
    );
    return (logits[label] as number) - next;
  });
  return leads.reduce((sum, lead) => sum + lead, 0) / leads.length;
}
