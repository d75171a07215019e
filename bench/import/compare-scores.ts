/** Largest differences of scores from Keras's, as shares of the range of Keras's. */
export interface Differences {
  readonly float32: number;
  readonly float16: number;
}

/** What an import may differ by: rounding of single precision, and that of weights in half. */
export const allowedDifferences: Differences = { float32: 1e-5, float16: 2e-3 };

/** Where a score is missing or no number, the difference is infinite. */
export function differenceAsShareOfRange(scores: ArrayLike<number>, expected: Float32Array): number {
  const range = Math.max(...expected) - Math.min(...expected);
  let largest = scores.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
  for (const [at, value] of expected.entries()) {
    const difference = Math.abs(value - (scores[at] ?? Number.NaN)) / range;
    largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(largest, difference);
  }
  return largest;
}

/** Whether the first label is the same wherever the expected one leads by more than the difference could turn. */
export function hasSameFirstLabel(scores: Float32Array, expected: Float32Array, difference: number): boolean {
  const [first = Number.NaN, second = Number.NaN, ...others] = expected.toSorted().reverse();
  const range = first - (others.at(-1) ?? second);
  const isClear = first - second > 2 * difference * range;
  return !isClear || scores.indexOf(Math.max(...scores)) === expected.indexOf(first);
}

export function isWithinAllowed({ float32, float16 }: Differences): boolean {
  return float32 <= allowedDifferences.float32 && float16 <= allowedDifferences.float16;
}
