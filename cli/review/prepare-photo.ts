import { hash } from 'node:crypto';
import { maximumPhotoFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';
import { fingerprint } from '../../training/features/fingerprint.ts';
import { encodeSmaller } from '../../training/findings/encode-smaller.ts';
import { isPhotoUrl } from '../classify/photo-words.ts';
import { CliError } from '../cli-error.ts';
import { describeFileError } from '../describe-file-error.ts';
import { showName } from '../terminal/show-controls.ts';
import type { PhotoContent } from './photo-store.ts';
import type { AnsweredPhoto } from './read-results.ts';

/** A photo that can be shown and copied. */
export interface PreparedPhoto {
  readonly sha256: string;
  readonly sizeInBytes: number;
  /** A JPEG of the picture as the service saw it: upright, transparent parts on white. */
  readonly preview: Uint8Array;
  /** In pixels, upright, of the photo itself. */
  readonly width: number;
  readonly height: number;
  readonly fingerprint: bigint;
  /** Reads the photo again: only what is shown is kept in memory. Rejects with FileError, or with CliError where it was changed. */
  read(): Promise<PhotoContent>;
}

export interface LeftOutPhoto {
  readonly reason: 'missing' | 'changed' | 'unreadable';
  /** With its hint. */
  readonly sentence: string;
}

export interface PhotoSources {
  /** Files that may be the photo, as {@link PhotoFinder} finds them. */
  readonly candidates: (photo: AnsweredPhoto) => Iterable<string>;
  /** Where they are looked for beside the place that the results name. */
  readonly folder: string | undefined;
  /** By the service's own fetcher, which refuses private addresses. */
  readonly fetchPhoto: (address: string) => Promise<Uint8Array>;
  readonly webpWasmFile: string;
}

const longerSide = 1_024;
const quality = 85;
const maximumPixels = 100_000_000;
const extensions = { jpeg: '.jpg', png: '.png', webp: '.webp' } as const;

/** Finds, reads and decodes a photo; never rejects for a photo's own faults. */
export async function preparePhoto(photo: AnsweredPhoto, sources: PhotoSources): Promise<PreparedPhoto | LeftOutPhoto> {
  try {
    const found = await findBytes(photo, sources);
    if ('reason' in found) return found;
    const { bytes, readAgain } = found;
    const minimumSize = { width: longerSide, height: longerSide };
    const { webpWasmFile } = sources;
    const { pixels, photo: facts } = await decodePhoto(bytes, { maximumPixels, minimumSize, webpWasmFile });
    const sha256 = hash('sha256', bytes);
    const extension = extensions[facts.format];
    return {
      sha256,
      sizeInBytes: bytes.length,
      preview: encodeSmaller(pixels, {
        longerSide: Math.min(longerSide, Math.max(pixels.width, pixels.height)),
        quality,
      }),
      width: facts.width,
      height: facts.height,
      fingerprint: fingerprint(pixels),
      read: async () => {
        const again = readAgain();
        if (hash('sha256', again) === sha256) return { bytes: again, sha256, extension };
        throw new CliError('The photo was changed while you looked at it.', 'Skip it, and classify it anew.');
      },
    };
  } catch (thrown) {
    const { message, hint } = describeFileError(thrown);
    return { reason: 'unreadable', sentence: `${message} ${hint}` };
  }
}

interface FoundBytes {
  readonly bytes: Uint8Array;
  readonly readAgain: () => Uint8Array;
}

async function findBytes(
  { sha256, ...photo }: AnsweredPhoto,
  { candidates, fetchPhoto, folder }: PhotoSources,
): Promise<FoundBytes | LeftOutPhoto> {
  const isIt = (bytes: Uint8Array) => sha256 === undefined || hash('sha256', bytes) === sha256;
  if (isPhotoUrl(photo.name)) {
    const bytes = await fetchPhoto(photo.name);
    return isIt(bytes) ? { bytes, readAgain: () => bytes } : changed;
  }
  let hasOther = false;
  for (const path of candidates({ ...photo, ...(sha256 !== undefined && { sha256 }) })) {
    const bytes = readPlainFile(path, maximumPhotoFileSizeInBytes);
    if (isIt(bytes)) return { bytes, readAgain: () => readPlainFile(path, maximumPhotoFileSizeInBytes) };
    hasOther = true;
  }
  return hasOther ? changed : missing(photo.name, folder);
}

const changed: LeftOutPhoto = {
  reason: 'changed',
  sentence: 'What lies there now is another photo than the one that was answered. Classify it anew.',
};

/** @param folder where it was looked for as well */
export function missing(name: string, folder: string | undefined): LeftOutPhoto {
  if (name === '-') {
    return { reason: 'missing', sentence: 'It came by standard input, which keeps nothing. Classify it as a file.' };
  }
  if (folder !== undefined) {
    const hint = 'There it may bear another name, but its bytes must be the same.';
    return { reason: 'missing', sentence: `It is neither where it was nor below ${showName(folder)}. ${hint}` };
  }
  const sentence = name.startsWith('s3://')
    ? 'It lies in S3. Copy it onto this machine and name its folder by --photos.'
    : 'There is no such file any more. If it was moved, name a folder above it by --photos.';
  return { reason: 'missing', sentence };
}
