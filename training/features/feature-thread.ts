import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { FileError } from '../../files/file-error.ts';
import { maximumPhotoFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { answerJobs, type Prepared } from '../../model/pool/answer-jobs.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';
import { PhotoError } from '../../photo/photo-error.ts';
import { type Body, openBody } from '../body/body.ts';
import type { FeatureThreadSettings, PhotoFeatures, UnreadablePhoto } from './feature-messages.ts';
import { fingerprint } from './fingerprint.ts';

// Photos on one's own disk are no attack, so that only what memory allows is refused.
const maximumPixels = 100_000_000;

if (parentPort === null) throw new Error('This module runs in a worker thread.');
await answerJobs(parentPort, prepare);

/** Makes features of photo after photo, by a body of its own. */
async function prepare(): Promise<Prepared<undefined, string, PhotoFeatures>> {
  const settings = workerData as FeatureThreadSettings;
  const known = new Set(settings.known);
  let opened: Promise<Body> | undefined;
  const answer = async (path: string): Promise<PhotoFeatures> => {
    const file = readFile(path);
    if (file.kind === 'unreadable') return file;
    if (known.has(file.hash)) return { kind: 'done', hash: file.hash };
    // Not at the start: where every photo is known, no body is needed.
    opened ??= openBody(settings.body, settings);
    return await readPhoto(file, await opened, settings);
  };
  return { facts: undefined, answer };
}

interface ReadFile {
  readonly kind: 'read';
  readonly bytes: Uint8Array;
  /** Hexadecimal SHA-256 of the bytes. */
  readonly hash: string;
}

function readFile(path: string): ReadFile | UnreadablePhoto {
  try {
    const bytes = readPlainFile(path, maximumPhotoFileSizeInBytes);
    return { kind: 'read', bytes, hash: createHash('sha256').update(bytes).digest('hex') };
  } catch (thrown) {
    return { kind: 'unreadable', reason: describe(thrown) };
  }
}

/** Never rejects, so that a bad file stops no others. */
async function readPhoto(
  { bytes, hash }: ReadFile,
  body: Body,
  { webpWasmFile }: FeatureThreadSettings,
): Promise<PhotoFeatures> {
  try {
    const { minimumSize } = body;
    const { pixels } = await decodePhoto(bytes, { maximumPixels, webpWasmFile, ...(minimumSize && { minimumSize }) });
    const features = Float32Array.from(body.features(pixels));
    return { kind: 'done', hash, made: { fingerprint: fingerprint(pixels), features } };
  } catch (thrown) {
    return { kind: 'unreadable', reason: describe(thrown) };
  }
}

function describe(thrown: unknown): string {
  if (thrown instanceof PhotoError) return thrown.message;
  if (thrown instanceof FileError) return `The file cannot be read: ${thrown.complaint}.`;
  return `lambda-lens failed while it worked on this photo: ${thrown instanceof Error ? thrown.message : thrown}`;
}
