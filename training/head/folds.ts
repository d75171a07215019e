import type { RowRange } from '../../model/calibration/feature-matrix.ts';
import { randomSource } from '../../model/calibration/random-source.ts';

/** Photos in an order in which each fold's lie side by side. */
export interface Folds {
  /** Positions of the photos as they were given. */
  readonly order: readonly number[];
  /** The rows of each fold, in that order. */
  readonly ranges: readonly RowRange[];
}

/**
 * Deals photos out to folds, each label's as evenly as it goes, those of one group to the same fold: pictures of the same
 * thing would otherwise be known beforehand. The same seed gives the same folds.
 * @param groups which of them belong together, by any number
 */
export function dealFolds(
  labels: readonly number[],
  groups: readonly number[],
  { folds, seed }: { readonly folds: number; readonly seed: number },
): Folds {
  const random = randomSource(seed);
  const members = [...Map.groupBy(labels.keys(), (photo) => groups[photo] as number).values()];
  const dealt: number[][] = Array.from({ length: folds }, () => []);
  const byLabel = Map.groupBy(members, ([first = 0]) => labels[first] as number);
  for (const [, own] of [...byLabel].sort(([one], [other]) => one - other)) {
    const counts = new Array<number>(folds).fill(0);
    // A label of few pictures in many copies can't be told from photos of others only.
    const parts = own.length < folds ? own.flat().map((photo) => [photo]) : own;
    for (const group of shuffle(parts, random)) {
      const fold = indexOfSmallest(counts, dealt);
      counts[fold] = (counts[fold] as number) + group.length;
      dealt[fold]?.push(...group);
    }
  }
  const order = dealt.flatMap((fold) => shuffle(fold, random));
  let from = 0;
  const ranges = dealt.map(({ length }) => {
    from += length;
    return { from: from - length, to: from };
  });
  return { order, ranges };
}

/** The rows of all ranges but one. */
export function rangesBut(ranges: readonly RowRange[], fold: number): RowRange[] {
  return ranges.filter((_range, index) => index !== fold);
}

/** How many of the folds, the first ones, have so many rows together; all of them where there are fewer rows. */
export function countFoldsOf(ranges: readonly RowRange[], rows: number): number {
  const enough = ranges.findIndex(({ to }) => to >= rows);
  return enough < 0 ? ranges.length : enough + 1;
}

/** The fold with the fewest of this label; of those the one with the fewest photos. */
function indexOfSmallest(counts: readonly number[], dealt: readonly (readonly number[])[]): number {
  let best = 0;
  for (let fold = 1; fold < counts.length; fold++) {
    const fewer = (counts[fold] as number) - (counts[best] as number);
    const smaller = (dealt[fold]?.length ?? 0) - (dealt[best]?.length ?? 0);
    if (fewer < 0 || (fewer === 0 && smaller < 0)) best = fold;
  }
  return best;
}

/** Fisher and Yates's shuffle. */
export function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  const shuffled = [...items];
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [shuffled[at], shuffled[other]] = [shuffled[other] as Item, shuffled[at] as Item];
  }
  return shuffled;
}
