import type { ReviewCounts } from '../review-state.ts';

/** How far a person has come, of the photos that can be looked at. */
export function describeCounts({ all, labelled, none, skipped, known }: ReviewCounts): string {
  const parts = [
    `${labelled + none + skipped} of ${all} seen`,
    `${labelled} labelled`,
    ...(none > 0 ? [`${none} none of these`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(known > 0 ? [`${known} left out as known`] : []),
  ];
  return parts.join(' · ');
}

/** What is left when nothing waits. */
export function describeEnd({ all, labelled, none, skipped, known }: ReviewCounts): string {
  const knownWords =
    known === 0 ? '' : ` ${count(known)} ${known === 1 ? 'lies' : 'lie'} among the photos to train with already.`;
  if (all === 0) return `There is no photo to look at.${knownWords}`;
  const skippedWords = skipped === 0 ? '' : `, ${skipped} skipped`;
  const noneWords = none === 0 ? '' : `, ${none} none of the labels`;
  return `Of ${count(all)} ${labelled} got a label${noneWords}${skippedWords}.${knownWords} Train again to see what they bring.`;
}

function count(photos: number): string {
  return `${photos} ${photos === 1 ? 'photo' : 'photos'}`;
}
