import type { OutputKind } from '../card/card.ts';

// The smallest probability whose logarithm is taken: about what single precision tells from 1.
const smallestProbability = 1e-7;

/** One logit a label. A single sigmoid unit has the logits 0 and z: the softmax of these is 1 - p and p. */
export function toLabelLogits(kind: OutputKind, score: Float32Array, logits: Float32Array | undefined): Float32Array {
  if (kind === 'logits') return score;
  if (kind === 'sigmoid') return Float32Array.of(0, logits?.[0] ?? logitOf(score[0] as number));
  if (kind === 'sigmoids') return logits ?? score.map(logitOf);
  return logits ?? score.map((probability) => Math.log(Math.max(probability, smallestProbability)));
}

/** One score a label: what the model answers, where a single sigmoid unit answers 1 - p and p. */
export function toLabelScores(kind: OutputKind, score: Float32Array): Float32Array {
  return kind === 'sigmoid' ? Float32Array.of(1 - (score[0] as number), score[0] as number) : score;
}

/** Of logits divided by the temperature: probabilities that sum to 1, or one for each label where it stands alone. */
export function toLabelProbabilities(kind: OutputKind, logits: Float32Array, temperature: number): Float32Array {
  if (kind === 'sigmoids') return logits.map((logit) => 1 / (1 + Math.exp(-logit / temperature)));
  return toProbabilities(logits, temperature);
}

/** Probabilities that sum to 1, of logits divided by the temperature. */
export function toProbabilities(logits: Float32Array, temperature: number): Float32Array {
  const largest = logits.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
  const powers = Float64Array.from(logits, (logit) => Math.exp((logit - largest) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return Float32Array.from(powers, (power) => power / sum);
}

/** The position of the largest value, the first of them where several are equal. */
export function indexOfLargest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > (values[best] as number) ? index : best), 0);
}

function logitOf(probability: number): number {
  const inside = Math.min(Math.max(probability, smallestProbability), 1 - smallestProbability);
  return Math.log(inside / (1 - inside));
}
