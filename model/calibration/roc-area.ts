/**
 * The area under the ROC curve: how often a score from `positives` is above one from `negatives`, ties counting half.
 * 0 to 1; NaN where either is empty.
 */
export function rocArea(positives: readonly number[], negatives: readonly number[]): number {
  const sorted = negatives.toSorted((one, other) => one - other);
  const wins = positives.reduce((sum, score) => sum + (countBelow(sorted, score) + countUpTo(sorted, score)) / 2, 0);
  return wins / (positives.length * negatives.length);
}

function countBelow(sorted: readonly number[], score: number): number {
  return searchFirst(sorted, (value) => value >= score);
}

function countUpTo(sorted: readonly number[], score: number): number {
  return searchFirst(sorted, (value) => value > score);
}

/** The first position where `isPast` holds, by halving; the length where it never does. */
function searchFirst(sorted: readonly number[], isPast: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isPast(sorted[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}
