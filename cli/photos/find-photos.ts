import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareNames } from '../../files/compare-names.ts';
import { describeCause } from '../../files/system-reason.ts';
import { CliError } from '../cli-error.ts';

/** A photo in a folder that bears its label's name. */
export interface LabelledPhoto {
  readonly path: string;
  /** Position in the card's labels. */
  readonly label: number;
}

const extensions = /\.(jpe?g|png|webp)$/i;

/**
 * The photos of class folders, `directory/<label>/…`, by label and then by name. Folders may be missing, and folders of
 * other names are an error that lists the labels: a misspelt one would go unmeasured.
 */
export async function findLabelledPhotos(directory: string, labels: readonly string[]): Promise<LabelledPhoto[]> {
  const folders = (await list(directory)).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const stranger = folders.find((folder) => !labels.includes(folder.name));
  if (stranger !== undefined) {
    throw new CliError(
      `The folder ${join(directory, stranger.name)} is named after no label of the model.`,
      `Name each folder after one of: ${labels.join(', ')}.`,
    );
  }
  const photos: LabelledPhoto[] = [];
  for (const [label, name] of labels.entries()) {
    if (!folders.some((folder) => folder.name === name)) continue;
    const paths = await findPhotos(join(directory, name));
    photos.push(...paths.map((path) => ({ path, label })));
  }
  if (photos.length === 0) {
    throw new CliError(
      `There are no photos in class folders in ${directory}.`,
      `Give a folder with one folder for each label (${labels.slice(0, 3).join(', ')}, …) of JPEG, PNG or WebP files.`,
    );
  }
  return photos;
}

/** Whether a file is called as a JPEG, PNG or WebP file is. */
export function isPhotoName(path: string): boolean {
  return extensions.test(path);
}

/** Every JPEG, PNG or WebP file in a folder and the folders in it, by name. */
export async function findPhotos(directory: string): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await list(directory)) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) paths.push(...(await findPhotos(path)));
    else if (isPhotoName(entry.name)) paths.push(path);
  }
  return paths;
}

/** In an order that is the same on every machine: by the names' code units. */
async function list(directory: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.sort(compareNames);
  } catch (cause) {
    throw new CliError(
      `The folder ${directory} cannot be read: ${describeCause(cause)}.`,
      'Check that it exists and is a folder.',
      { cause },
    );
  }
}
