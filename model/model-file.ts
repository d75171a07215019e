import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FileError } from '../files/file-error.ts';
import { maximumJsonFileSizeInBytes } from '../files/file-limits.ts';
import { readPlainFile } from '../files/plain-file.ts';
import { ModelError } from './model-error.ts';

/** Below it all that a text can nest takes 40 MB at worst, and a start has no time for a look at each character. */
export const shortestJsonLookedAt = 2 ** 18;

/**
 * A file of a model directory, or a ModelError that names it. At once, since nothing can be answered before: other threads
 * would hand it over in pieces.
 */
export function readModelFile(directory: string, name: string): Buffer {
  return useModelFile(directory, name, (path) => readPlainFile(path, maximumJsonFileSizeInBytes));
}

/** What `use` makes of such a file's path. */
export function useModelFile<Result>(directory: string, name: string, use: (path: string) => Result): Result {
  try {
    return use(join(directory, name));
  } catch (cause) {
    if (!(cause instanceof FileError)) throw cause;
    if (cause.reason === 'missing' && !existsSync(directory)) {
      throw new ModelError('missing', `There is no model directory ${directory}.`, { cause });
    }
    const what = cause.reason === 'missing' ? `no ${name}` : `an unreadable ${name}: ${cause.complaint}`;
    throw new ModelError('unreadable', `The model directory ${directory} has ${what}.`, { cause });
  }
}
