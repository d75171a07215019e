import { explainFolderName, foldName } from './folder-name.ts';
import type { PhotoStore } from './photo-store.ts';
import type { AnsweredPhoto } from './read-results.ts';

/** Those of the training folder by name, then those that the answers have beside; without those that can't be folders. */
export function listLabels(into: PhotoStore, photos: readonly AnsweredPhoto[]): string[] {
  const labels = [...into.folders.keys()];
  const folded = new Set(labels.map(foldName));
  const answered = new Set(photos.flatMap(({ predictions }) => predictions.map(({ label }) => label)));
  for (const label of [...answered].sort()) {
    if (folded.has(foldName(label)) || explainFolderName(label) !== undefined) continue;
    folded.add(foldName(label));
    labels.push(label);
  }
  return labels;
}
