import { indexOfLargest, toProbabilities } from '../../model/verdict/probabilities.ts';

/** For each photo, a score for each label. */
export type Scores = readonly Float32Array[];

/** The share of photos whose first label is the one given. */
export function accuracyOf(scores: Scores, labels: ArrayLike<number>): number {
  return shareOf(scores, (row, at) => indexOfLargest(row) === labels[at]);
}

/** The share of photos with the same first label. */
export function agreementOf(scores: Scores, others: Scores): number {
  return shareOf(scores, (row, at) => indexOfLargest(row) === indexOfLargest(others[at] as Float32Array));
}

/** By how much the probability of any label changes, at most and, of the first label, on average. */
export function probabilityChanges(
  logits: Scores,
  others: Scores,
  temperature: number,
): { most: number; mean: number } {
  let [most, sum] = [0, 0];
  for (const [at, row] of logits.entries()) {
    const [before, after] = [row, others[at] as Float32Array].map((scores) => toProbabilities(scores, temperature));
    const changes = (before as Float32Array).map((value, label) => Math.abs(value - (after?.[label] ?? Number.NaN)));
    most = Math.max(most, ...changes);
    sum += changes[indexOfLargest(row)] as number;
  }
  return { most, mean: sum / logits.length };
}

function shareOf(scores: Scores, holds: (row: Float32Array, at: number) => boolean): number {
  return scores.filter(holds).length / scores.length;
}
