import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../../files/parse-json.ts';
import { readPlainFile } from '../../files/plain-file.ts';

/** A photo to try, that the service itself hands out. */
export interface Example {
  readonly name: string;
  /** Its small picture as base64 of a WebP; undefined where there is none. */
  readonly thumbnail: string | undefined;
}

export const mostExamples = 24;
/** Beside the photos: an object of their names to small pictures. */
export const thumbnailsFile = 'thumbnails.json';
const maximumThumbnailsSizeInBytes = 60_000;
const photoName = /^[\w-]{1,60}\.(?:jpe?g|png|webp)$/i;
const base64 = /^[\w+/]+=*$/;

/** The photos of a directory in the order of their names, 24 at most; none where there is no such directory. */
export function listExamples(directory: string): readonly Example[] {
  const files = namesIn(directory);
  const thumbnails = files.includes(thumbnailsFile) ? readThumbnails(join(directory, thumbnailsFile)) : {};
  const names = files.filter((name) => photoName.test(name));
  return names.slice(0, mostExamples).map((name) => {
    const thumbnail = thumbnails[name];
    return { name, thumbnail: typeof thumbnail === 'string' && base64.test(thumbnail) ? thumbnail : undefined };
  });
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function readThumbnails(path: string): Readonly<Record<string, unknown>> {
  return parseJson(readPlainFile(path, maximumThumbnailsSizeInBytes).toString('utf8')) as Record<string, unknown>;
}
