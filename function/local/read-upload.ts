import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../invocation/service-error.ts';
import { bodyTooLarge } from '../source/body-too-large.ts';

/** The size that a request claims its body to have; undefined where it does not say. */
export function claimedSizeInBytes(request: IncomingMessage): number | undefined {
  const length = request.headers['content-length'];
  return length === undefined ? undefined : Number(length);
}

/**
 * The body of a request, which is left unread from the byte on that passes the limit, or altogether where it claims to.
 * Rejects with a ServiceError: `photo_too_large`, or `bad_request` when the connection breaks.
 */
export async function readUpload(request: IncomingMessage, limitInBytes: number): Promise<Uint8Array> {
  const claimed = claimedSizeInBytes(request);
  if (claimed !== undefined && claimed > limitInBytes) throw bodyTooLarge(claimed, limitInBytes);
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const chunks: Uint8Array[] = [];
  let sizeInBytes = 0;
  // Not a for-await loop: leaving one destroys the request, and with it the connection that the answer must go out on.
  request.on('data', (chunk: Uint8Array) => {
    sizeInBytes += chunk.length;
    if (sizeInBytes <= limitInBytes) chunks.push(chunk);
    else reject(bodyTooLarge(undefined, limitInBytes));
  });
  request.on('end', () => resolve(Buffer.concat(chunks)));
  request.on('error', (cause) => reject(cutShort(cause)));
  return promise;
}

function cutShort(cause: Error): ServiceError {
  return new ServiceError('bad_request', 'The connection broke before the body was complete.', 'Send it again.', {
    cause,
  });
}
