import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, parse, resolve } from 'node:path';
import { isSystemError } from '../../files/system-reason.ts';
import { isPhotoUrl } from '../classify/photo-words.ts';
import { CliError } from '../cli-error.ts';
import { isPhotoName } from '../photos/find-photos.ts';
import type { AnsweredPhoto } from './read-results.ts';

interface KnownFile {
  readonly path: string;
  readonly sizeInBytes: number;
}

/**
 * Looks for the files of answered photos: where the results say, seen from here and from the results' own folder; below
 * another folder by the same path, the same name or the record's id, and at last by size and content, whatever they are called by now.
 */
export class PhotoFinder {
  readonly #bases: readonly string[];
  readonly #photosDirectory: string | undefined;
  readonly #byName = new Map<string, KnownFile[]>();
  /** Without the ending. */
  readonly #byStem = new Map<string, KnownFile[]>();
  readonly #bySize = new Map<number, KnownFile[]>();

  /** @throws CliError where the folder of photos can't be read */
  constructor({ results, photos }: { readonly results: string; readonly photos: string | undefined }) {
    this.#bases = [...new Set([process.cwd(), dirname(resolve(results))])];
    this.#photosDirectory = photos;
    if (photos === undefined) return;
    for (const file of listPhotos(photos)) {
      const { base, name } = parse(file.path);
      push(this.#byName, base, file);
      push(this.#byStem, name, file);
      push(this.#bySize, file.sizeInBytes, file);
    }
  }

  /**
   * Files that may be the photo, the likeliest first; of the size that the results know. Whether one is the very photo its
   * SHA-256 tells, where the results know that.
   */
  *candidates({ name, id, sha256, sizeInBytes }: AnsweredPhoto): Generator<string, void, void> {
    const seen = new Set<string>();
    const isNext = (path: string, size: number) => {
      if (seen.has(path) || (sizeInBytes !== undefined && size !== sizeInBytes)) return false;
      seen.add(path);
      return true;
    };
    if (isPhotoUrl(name)) return;
    const parts = name
      .replace(/^s3:\/\/[^/]*\//, '')
      .split(/[\\/]/)
      .filter((part) => part !== '' && part !== '.');
    const paths = name.startsWith('s3://') ? [] : this.#bases.map((base) => resolve(base, name));
    if (this.#photosDirectory !== undefined && !parts.includes('..')) {
      for (let from = 0; from < parts.length; from++) paths.push(join(this.#photosDirectory, ...parts.slice(from)));
    }
    for (const path of paths) {
      const facts = statIfThere(path);
      if (facts?.isFile() && isNext(path, facts.size)) yield path;
    }
    const named = [...(this.#byName.get(basename(parts.at(-1) ?? '')) ?? []), ...(this.#byStem.get(id ?? '') ?? [])];
    // Without its content nobody knows which of several it is.
    if (sha256 !== undefined || named.length === 1) {
      for (const file of named) if (isNext(file.path, file.sizeInBytes)) yield file.path;
    }
    if (sha256 === undefined || sizeInBytes === undefined) return;
    for (const file of this.#bySize.get(sizeInBytes) ?? []) if (isNext(file.path, file.sizeInBytes)) yield file.path;
  }

  /** Whether there is a file to look at, or an address to ask. */
  mayFind(photo: AnsweredPhoto): boolean {
    return isPhotoUrl(photo.name) || !this.candidates(photo).next().done;
  }
}

function* listPhotos(directory: string): Generator<KnownFile, void, void> {
  for (const entry of readFolder(directory)) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* listPhotos(path);
    else if (isPhotoName(entry.name)) {
      const facts = statIfThere(path);
      if (facts?.isFile()) yield { path, sizeInBytes: facts.size };
    }
  }
}

function readFolder(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (cause) {
    throw new CliError(`The folder ${directory} cannot be read.`, 'Check that it exists and is a folder.', { cause });
  }
}

function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A part of the path is no folder, or may not be looked into: not there either.
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

function push<Key>(map: Map<Key, KnownFile[]>, key: Key, file: KnownFile): void {
  const files = map.get(key);
  if (files === undefined) map.set(key, [file]);
  else files.push(file);
}
