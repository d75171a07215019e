import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { compareNames } from '../../files/compare-names.ts';
import { describeCause } from '../../files/system-reason.ts';
import { TrainingError } from '../training-error.ts';

/** A folder that bears the name of a label, and the photos in it and in the folders in it. */
export interface ClassFolder {
  readonly label: string;
  /** With the folder's own path, by name. */
  readonly photos: readonly string[];
}

/** A file that no model can learn from. */
export interface SkippedFile {
  readonly path: string;
  /** A sentence. */
  readonly reason: string;
}

export interface ClassFolders {
  readonly folders: readonly ClassFolder[];
  readonly skipped: readonly SkippedFile[];
}

const photoEndings = new Set(['.jpg', '.jpeg', '.png', '.webp']);
const otherEndings: ReadonlyMap<string, string> = new Map([
  ...['.heic', '.heif'].map((ending) => [ending, 'HEIC is not read: export it as JPEG'] as const),
  ...['.avif', '.gif', '.tif', '.tiff', '.bmp', '.jxl', '.dng', '.cr2', '.nef', '.arw'].map(
    (ending) => [ending, `${ending.slice(1).toUpperCase()} is not read: save it as JPEG or PNG`] as const,
  ),
  ...['.mp4', '.mov', '.avi', '.mkv', '.webm', '.m4v', '.3gp'].map(
    (ending) => [ending, 'a video is no photo: save single pictures of it'] as const,
  ),
  ...['.zip', '.tar', '.gz', '.7z', '.rar'].map((ending) => [ending, 'an archive is no photo: unpack it'] as const),
]);

/**
 * The photos in `directory`/<label>/…, labels and photos in the order of their names' code units. Folders within a class
 * folder belong to its label; hidden files and folders count for nothing.
 * @throws TrainingError for a folder that can't be read, and one whose class folders seem to lie a level deeper
 */
export async function findClassFolders(directory: string): Promise<ClassFolders> {
  const skipped: SkippedFile[] = [];
  const folders: ClassFolder[] = [];
  let holdingPhotos = 0;
  const entries = await list(directory);
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (!entry.isDirectory()) {
      if (isPhoto(path)) skipped.push({ path, reason: 'it lies in no class folder, so that it has no label' });
      else skipped.push(...skip(path));
      continue;
    }
    const own = await list(path);
    if (own.some((inner) => !inner.isDirectory() && isPhoto(inner.name))) holdingPhotos++;
    const photos: string[] = [];
    await collect(path, photos, skipped);
    folders.push({ label: entry.name, photos });
  }
  const filled = folders.filter(({ photos }) => photos.length > 0);
  if (filled.length > 0 && holdingPhotos === 0) throw await tooDeep(directory, filled);
  return { folders, skipped };
}

/**
 * Every photo in a folder and the folders in it, by name.
 * @throws TrainingError for a folder that can't be read, or without photos
 */
export async function findPhotosBelow(directory: string): Promise<string[]> {
  const photos: string[] = [];
  await collect(directory, photos, []);
  if (photos.length > 0) return photos;
  throw new TrainingError(`There are no photos in ${directory}.`, 'Give a folder of JPEG, PNG or WebP files.');
}

async function collect(directory: string, photos: string[], skipped: SkippedFile[]): Promise<void> {
  for (const entry of await list(directory)) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await collect(path, photos, skipped);
    else if (isPhoto(path)) photos.push(path);
    else skipped.push(...skip(path));
  }
}

/** No class folder has a photo in it, but only folders: a copy of a data set with its parts, such as train and test. */
async function tooDeep(directory: string, folders: readonly ClassFolder[]): Promise<TrainingError> {
  const [first, ...others] = folders.map(({ label }) => label);
  const inner = (await list(join(directory, first as string))).filter((entry) => entry.isDirectory());
  const named = inner.slice(0, 3).map(({ name }) => name);
  return new TrainingError(
    `The folders in ${directory} hold no photos, only folders (${named.join(', ')}${inner.length > 3 ? ', …' : ''}).`,
    `If those are the labels, give one level more: ${join(directory, first as string)}${
      others.length > 0 ? `, or ${join(directory, others[0] as string)}` : ''
    }. If not, put photos right into the folders that bear the labels' names.`,
  );
}

function isPhoto(path: string): boolean {
  return photoEndings.has(extname(path).toLowerCase());
}

/** Texts, tables and the like are left out without a word. */
function skip(path: string): SkippedFile[] {
  const reason = otherEndings.get(extname(path).toLowerCase());
  return reason === undefined ? [] : [{ path, reason }];
}

/** In an order that is the same on every machine. */
async function list(directory: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter(({ name }) => !name.startsWith('.')).sort(compareNames);
  } catch (cause) {
    throw new TrainingError(
      `The folder ${directory} cannot be read: ${describeCause(cause)}.`,
      'Check that it exists and is a folder.',
      { cause },
    );
  }
}
