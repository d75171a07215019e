// Serves photos one after the other, as the environment says (ENGINE, DECODER), and prints what it answered as JSON.
//   node answer-photos.ts PHOTO…
import { readFileSync } from 'node:fs';
import { wireService } from '../../function/wire.ts';

/** What one photo was answered. */
export interface AnsweredPhoto {
  readonly path: string;
  /** Of a photo that was refused; the rest is missing then. */
  readonly code?: string;
  /** By label. */
  readonly scores: Readonly<Record<string, number>>;
  readonly label: string;
  readonly verdict: string;
  readonly decodeMs: number;
  readonly modelMs: number;
}

export interface AnsweredPhotos {
  readonly photos: readonly AnsweredPhoto[];
  /** The most that the process ever held. */
  readonly peakInMegabytes: number;
}

interface ServedAnswer {
  readonly error?: { readonly code: string };
  readonly label: string;
  readonly verdict: string;
  readonly predictions: readonly { readonly label: string; readonly score: number }[];
  readonly timing: { readonly decodeMs: number; readonly modelMs: number };
}

if (import.meta.main) {
  const { handler } = wireService(process.env, { startsCold: false, log: () => {} });
  const photos: AnsweredPhoto[] = [];
  for (const path of process.argv.slice(2)) {
    const event = {
      version: '2.0',
      rawPath: '/predict',
      rawQueryString: 'top=1000',
      headers: { 'content-type': 'application/octet-stream' },
      requestContext: { http: { method: 'POST', path: '/predict' } },
      body: readFileSync(path, 'base64'),
      isBase64Encoded: true,
    };
    const context = { requestId: path, deadlineAt: Number.POSITIVE_INFINITY };
    const { body } = (await handler(event, context)) as { readonly body: string };
    photos.push(toAnsweredPhoto(path, JSON.parse(body) as ServedAnswer));
  }
  // In kilobytes: https://nodejs.org/api/process.html#processresourceusage
  const answered: AnsweredPhotos = { photos, peakInMegabytes: process.resourceUsage().maxRSS / 1_000 };
  process.stdout.write(JSON.stringify(answered));
}

function toAnsweredPhoto(path: string, { error, label, verdict, predictions, timing }: ServedAnswer): AnsweredPhoto {
  if (error !== undefined)
    return { path, code: error.code, scores: {}, label: '', verdict: '', decodeMs: 0, modelMs: 0 };
  const scores = Object.fromEntries(predictions.map((prediction) => [prediction.label, prediction.score]));
  return { path, scores, label, verdict, decodeMs: timing.decodeMs, modelMs: timing.modelMs };
}
