// Of photos of the model's kinds, at most this share is called unfamiliar.
const largestKnownShare = 0.02;
// Where photos of other things leave room, the threshold may fall so far that all but this share of them is caught.
const largestMissedShare = 0.005;

/**
 * The score above which a photo is unfamiliar. Without photos of other things, 2 % of the known ones lie above it. With
 * them it moves up, halfway to the score that still catches 99.5 % of the others, where that is higher: the gap between
 * the two is then shared.
 */
export function chooseUnfamiliarAbove(knownScores: readonly number[], otherScores: readonly number[]): number {
  const fromKnown = quantile(knownScores, 1 - largestKnownShare);
  if (otherScores.length === 0) return fromKnown;
  return Math.max(fromKnown, (fromKnown + quantile(otherScores, largestMissedShare)) / 2);
}

/** The value below which a share of the scores lies, between two of them in proportion. */
export function quantile(scores: readonly number[], share: number): number {
  const sorted = scores.toSorted((one, other) => one - other);
  const position = share * (sorted.length - 1);
  const lower = sorted[Math.floor(position)] as number;
  const upper = sorted[Math.ceil(position)] as number;
  return lower + (upper - lower) * (position - Math.floor(position));
}
