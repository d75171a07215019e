import { maximumPhotoFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import type { FetchBytes } from '../../function/prediction/predict.ts';
import { isPhotoUrl, standardInputWord } from './photo-words.ts';

export interface PhotoPlaces {
  readonly fetchPhoto: FetchBytes;
  /** What standard input held, where it was asked for. */
  readonly standardInput: Uint8Array | undefined;
  readonly signal: AbortSignal;
}

/**
 * A photo's bytes: of a file, from an address on the web through the service's own fetcher, or of standard input.
 * @throws FileError or ServiceError
 */
export async function loadPhoto(word: string, { fetchPhoto, standardInput, signal }: PhotoPlaces): Promise<Uint8Array> {
  if (isPhotoUrl(word)) return await fetchPhoto(word, { signal });
  if (word === standardInputWord && standardInput !== undefined) return standardInput;
  return readPlainFile(word, maximumPhotoFileSizeInBytes);
}
