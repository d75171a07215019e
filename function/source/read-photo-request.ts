import { ServiceError } from '../invocation/service-error.ts';
import { isPhoto } from './is-photo.ts';
import type { PhotoRequest } from './photo-source.ts';

/**
 * What the body of `POST /predict` asks about. A bare photo is told by its bytes; which format it is in is decided later.
 * What else a body can be is read by modules that are loaded at the first of its kind, to keep cold starts short.
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
