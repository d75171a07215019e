import { CliError } from '../cli-error.ts';
import { showName } from '../terminal/show-controls.ts';
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

/**
 * A label as it is spelt already, or a new one.
 * @throws CliError where no folder can bear its name
 */
export function spellLabel(label: string, labels: readonly string[]): string {
  const known = labels.find((name) => foldName(name) === foldName(label));
  if (known !== undefined) return known;
  const complaint = explainFolderName(label);
  if (complaint === undefined) return label.normalize('NFC');
  throw new CliError(
    `"${showName(label)}" can be no label: ${complaint}.`,
    'A folder will bear its name. Choose another one.',
  );
}
