/** The largest difference of any score as a share of the range of that photo's scores. */
export function largestShare(answers: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[]): number {
  const shares = answers.map((answer, photo) => {
    const wanted = Array.from(expected[photo] ?? []);
    if (wanted.length !== answer.length) return Number.POSITIVE_INFINITY;
    // An untrained model gives every label the same: the last digit of that is no range.
    const magnitude = Math.max(...wanted.map(Math.abs));
    const range = Math.max(Math.max(...wanted) - Math.min(...wanted), 1e-3 * magnitude) || 1;
    return Math.max(...wanted.map((value, at) => Math.abs(value - (answer[at] as number)))) / range;
  });
  // NaN is larger than nothing, so it must not be compared.
  return shares.some(Number.isNaN) ? Number.POSITIVE_INFINITY : Math.max(...shares);
}
