import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { FileError } from '../../files/file-error.ts';
import { maximumPhotoFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { answerJobs, type Prepared } from '../../model/pool/answer-jobs.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';
import { PhotoError } from '../../photo/photo-error.ts';
import { type Body, openBody } from '../body/body.ts';
import type { FeatureThreadSettings, PhotoFeatures } from './feature-messages.ts';
import { fingerprint } from './fingerprint.ts';
import { mirror } from './mirror.ts';

// Photos on one's own disk are no attack, so that only what memory allows is refused.
const maximumPixels = 100_000_000;

if (parentPort === null) throw new Error('This module runs in a worker thread.');
await answerJobs(parentPort, prepare);

/** Opens a body of its own, to make features of photo after photo as they are handed over. */
async function prepare(): Promise<Prepared<undefined, string, PhotoFeatures>> {
  const settings = workerData as FeatureThreadSettings;
  const body = await openBody(settings.body, settings);
  const known = new Set(settings.known);
  return { facts: undefined, answer: (path) => readPhoto(path, body, known, settings) };
}

/** Never rejects, so that a bad file stops no others. */
async function readPhoto(
  path: string,
  body: Body,
  known: ReadonlySet<string>,
  { views, webpWasmFile }: FeatureThreadSettings,
): Promise<PhotoFeatures> {
  try {
    const bytes = readPlainFile(path, maximumPhotoFileSizeInBytes);
    const hash = createHash('sha256').update(bytes).digest('hex');
    if (known.has(hash)) return { kind: 'done', hash };
    const { minimumSize } = body;
    const { pixels } = await decodePhoto(bytes, { maximumPixels, webpWasmFile, ...(minimumSize && { minimumSize }) });
    const features = new Float32Array(views * body.featureCount);
    features.set(body.features(pixels));
    if (views > 1) features.set(body.features(mirror(pixels)), body.featureCount);
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
