import { ServiceError } from '../invocation/service-error.ts';
import { hasLostLineBreaks, lostLineBreaks } from './lost-line-breaks.ts';
import type { PhotoRequest } from './photo-source.ts';

/** JPEG, PNG and RIFF: neither a form nor JSON nor any text begins so, whatever the header says. */
const photoBeginning = /^(?:\xff\xd8\xff|\x89PNG|RIFF)/;

/**
 * What the body of `POST /predict` asks about. A bare photo is told by its bytes; which format it is in is decided later.
 * What else a body can be is read by rooms that are loaded at the first of its kind, to keep cold starts short.
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
  if (isPhoto(body)) return { kind: 'one', source: { kind: 'bytes', bytes: body } };
  const { readOtherBody } = await import('./read-other-body.ts');
  return readOtherBody(body, contentType, maximumItems);
}

/**
 * Whether the bytes begin as a photo does.
 * @throws ServiceError `bad_request` where they do, and have been ruined on the way
 */
export function isPhoto(bytes: Uint8Array): boolean {
  if (!photoBeginning.test(Buffer.from(bytes.subarray(0, 4)).toString('latin1'))) return false;
  if (hasLostLineBreaks(bytes)) throw lostLineBreaks();
  return true;
}
