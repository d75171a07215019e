import { ServiceError } from '../invocation/service-error.ts';
import type { PhotoRequest } from './photo-source.ts';
import { readJson } from './read-json.ts';

/** JPEG, PNG and RIFF: none of them is how JSON begins, so a photo under a wrong header is told from it. */
const photoBeginning = /^(?:\xff\xd8\xff|\x89PNG|RIFF)/;

/** What curl -d and fetch name a JSON text that was sent without a header. */
const carelessTypes: ReadonlySet<string> = new Set(['', 'application/x-www-form-urlencoded', 'text/plain']);

/**
 * What the body of `POST /predict` asks about. The content type only tells forms and JSON from a bare photo; which
 * format a photo is in, its bytes decide later.
 *
 * @throws ServiceError `bad_request`
 */
export async function readPhotoRequest(
  body: Uint8Array,
  contentType: string,
  maximumItems: number,
): Promise<PhotoRequest> {
  if (body.length === 0) {
    throw new ServiceError('bad_request', 'There is no photo in the request.', 'Send a photo as the body.');
  }
  const mediaType = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  if (mediaType === 'multipart/form-data') {
    // Loaded only when used, to keep cold starts short.
    const { readForm } = await import('./read-form.ts');
    return readForm(body, contentType, maximumItems);
  }
  const beginning = Buffer.from(body.subarray(0, 16)).toString('latin1');
  const isJson = mediaType === 'application/json' || mediaType.endsWith('+json');
  if (isJson ? !photoBeginning.test(beginning) : carelessTypes.has(mediaType) && /^\s*\{/.test(beginning)) {
    return readJson(body, maximumItems);
  }
  return { kind: 'one', source: { kind: 'bytes', bytes: body } };
}
