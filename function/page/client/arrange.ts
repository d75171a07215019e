import type { Choice, Entry } from './entry.ts';

/**
 * The entries that a choice shows, in its order. What has no answer yet is shown while nothing is filtered, and stands last
 * where the order is by certainty.
 */
export function arrange<Shown extends Entry>(
  entries: readonly Shown[],
  { order, verdict, label }: Choice,
): readonly Shown[] {
  const fitting = entries.filter(
    (entry) => (verdict === 'all' || verdictOf(entry) === verdict) && (label === '' || entry.answer?.label === label),
  );
  if (order === 'dropped') return fitting;
  const sign = order === 'most' ? -1 : 1;
  const certainty = ({ answer }: Entry) =>
    answer === undefined ? Number.POSITIVE_INFINITY : sign * answer.probability;
  // Not by difference: infinity less itself is no number.
  return fitting.toSorted((one, other) => {
    const [first, second] = [certainty(one), certainty(other)];
    return first === second ? 0 : first < second ? -1 : 1;
  });
}

/** `failed` where no answer came, undefined while none has come yet. */
export function verdictOf({ answer, problem }: Entry): string | undefined {
  return problem === undefined ? answer?.verdict : 'failed';
}

/** How many entries there are of each verdict, or of each first label, the most first. */
export function tally(entries: readonly Entry[], by: 'verdict' | 'label'): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const key = by === 'verdict' ? verdictOf(entry) : entry.answer?.label;
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort(([oneKey, one], [otherKey, other]) => other - one || (oneKey < otherKey ? -1 : 1));
}

const grouped = (count: number) => count.toLocaleString('en-US');

/** Where all of them are, in words: "3 of 8 answered, 1 failed". */
export function describeProgress(entries: readonly Entry[]): string {
  if (entries.length === 0) return '';
  const answered = entries.filter(({ answer }) => answer !== undefined).length;
  const failed = entries.filter(({ problem }) => problem !== undefined).length;
  const words = `${grouped(answered)} of ${grouped(entries.length)} answered`;
  return failed === 0 ? words : `${words}, ${grouped(failed)} failed`;
}
