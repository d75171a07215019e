import { relative } from 'node:path';
import { showName } from '../terminal/show-controls.ts';
import type { ReviewCounts } from './review-state.ts';

export interface ReviewPlaces {
  readonly into: string;
  readonly others: string;
  /** The model directory to train into, where it is not the project's own. */
  readonly out: string | undefined;
  /** Lines of the results that are errors. */
  readonly failed: number;
  /** From which paths are shown. */
  readonly directory: string;
}

/** What there is to look at, before anybody has looked. */
export function describeBeginning(
  { all, labelled, none, leftOut }: ReviewCounts,
  { failed, hasFolder }: { readonly failed: number; readonly hasFolder: boolean },
): string {
  const parts = [
    `${count(all - labelled - none)} to look at`,
    ...(labelled + none > 0 ? [`${labelled + none} done before`] : []),
    ...(leftOut > 0 ? [`${leftOut} not found${hasFolder ? '' : ' (name a folder by --photos)'}`] : []),
    ...(failed > 0 ? [`${failed} with an error for an answer`] : []),
  ];
  return `${parts.join(', ')}.`;
}

/** What a review came to, and what to do next, as lines for a terminal. */
export function describeReview(
  { all, labelled, none, skipped, leftOut, known }: ReviewCounts,
  { into, others, out, failed, directory }: ReviewPlaces,
): string[] {
  const show = (path: string) => showName(relative(directory, path) || '.');
  const noneWords = none === 0 ? '' : `, ${none} of none of them in ${show(others)}`;
  const lines = [
    `${count(labelled)} with labels in ${show(into)}${noneWords}; ${skipped} skipped, ${all - labelled - none - skipped} left to look at.`,
  ];
  if (known > 0) lines.push(`${count(known)} left out that lie among those to train with already.`);
  if (leftOut > 0) lines.push(`${count(leftOut)} left out that could not be found or read: the page says which.`);
  if (failed > 0) lines.push(`${count(failed)} had an error for an answer.`);
  if (labelled + none === 0) return lines;
  const flags = [
    ...(none === 0 ? [] : [` --others ${show(others)}`]),
    ...(out === undefined ? [] : [` --out ${show(out)}`]),
  ];
  return [...lines, '', `Next:\n\n  npx lambda-lens train ${show(into)}${flags.join('')}`];
}

function count(photos: number): string {
  return `${photos} ${photos === 1 ? 'photo' : 'photos'}`;
}
