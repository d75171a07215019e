import { createHash } from 'node:crypto';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { ExplainedError } from '../../facts/explained-error.ts';
import { FileError } from '../../files/file-error.ts';
import { maximumPhotoFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';
import { PhotoError } from '../../photo/photo-error.ts';
import { type Body, openBody } from '../body/body.ts';
import type { FeatureJob, FeatureMessage, FeatureThreadSettings } from './feature-messages.ts';
import { fingerprint } from './fingerprint.ts';
import { mirror } from './mirror.ts';

// Photos on one's own disk are no attack, so that only what memory allows is refused.
const maximumPixels = 100_000_000;

if (parentPort === null) throw new Error('This module runs in a worker thread.');
await run(parentPort, workerData as FeatureThreadSettings);

/** Opens a body of its own, then makes features of photo after photo as they are handed over. */
async function run(port: MessagePort, settings: FeatureThreadSettings): Promise<void> {
  const post = (message: FeatureMessage, moved: ArrayBuffer[] = []) => port.postMessage(message, moved);
  try {
    const body = await openBody(settings.body, settings);
    const known = new Set(settings.known);
    port.on('message', async (job: FeatureJob) => {
      const message = await readPhoto(job, body, known, settings);
      post(message, message.kind === 'done' && message.made !== undefined ? [message.made.features.buffer] : []);
    });
    post({ kind: 'ready' });
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const hint = error instanceof ExplainedError ? error.hint : undefined;
    // An error's own properties do not outlive the way between threads.
    post({ kind: 'failed', message: error.message, hint, stack: error.stack ?? '' });
  }
}

/** Never rejects, so that a bad file stops no others. */
async function readPhoto(
  { index, path }: FeatureJob,
  body: Body,
  known: ReadonlySet<string>,
  { views, webpWasmFile }: FeatureThreadSettings,
): Promise<FeatureMessage> {
  try {
    const bytes = readPlainFile(path, maximumPhotoFileSizeInBytes);
    const hash = createHash('sha256').update(bytes).digest('hex');
    if (known.has(hash)) return { kind: 'done', index, hash };
    const { minimumSize } = body;
    const { pixels } = await decodePhoto(bytes, { maximumPixels, webpWasmFile, ...(minimumSize && { minimumSize }) });
    const features = new Float32Array(views * body.featureCount);
    features.set(body.features(pixels));
    if (views > 1) features.set(body.features(mirror(pixels)), body.featureCount);
    return { kind: 'done', index, hash, made: { fingerprint: fingerprint(pixels), features } };
  } catch (thrown) {
    return { kind: 'unreadable', index, reason: describe(thrown) };
  }
}

function describe(thrown: unknown): string {
  if (thrown instanceof PhotoError) return thrown.message;
  if (thrown instanceof FileError) return `The file cannot be read: ${thrown.complaint}.`;
  return `lambda-lens failed while it worked on this photo: ${thrown instanceof Error ? thrown.message : thrown}`;
}
