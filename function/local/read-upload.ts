import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../invocation/service-error.ts';
import { bodyTooLarge } from '../source/body-too-large.ts';
import { createGrowingBytes } from '../source/growing-bytes.ts';
import type { HeldUpload } from './upload-shares.ts';

/** The size that a request claims its body to have; undefined where it does not say. */
export function claimedSizeInBytes(request: IncomingMessage): number | undefined {
  const length = request.headers['content-length'];
  return length === undefined ? undefined : Number(length);
}

/**
 * The body of a request, which is left unread from the byte on that passes a limit, or altogether where it claims to.
 * Rejects with a ServiceError: `photo_too_large`, `busy`, or `bad_request` when the connection breaks.
 */
export async function readUpload(
  request: IncomingMessage,
  limitInBytes: number,
  held: HeldUpload,
): Promise<Uint8Array> {
  const claimed = claimedSizeInBytes(request);
  if (claimed !== undefined && claimed > limitInBytes) throw bodyTooLarge(claimed, limitInBytes);
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const bytes = createGrowingBytes(limitInBytes, held.hold);
  const take = (chunk: Uint8Array) => {
    if (bytes.sizeInBytes + chunk.length > limitInBytes) return leave(bodyTooLarge(undefined, limitInBytes));
    try {
      bytes.append(chunk);
    } catch (error) {
      leave(error);
    }
  };
  // What comes after is passed over, not held.
  const leave = (error: unknown) => {
    request.off('data', take);
    request.resume();
    reject(error);
  };
  // Not a for-await loop: leaving one destroys the request, and with it the connection that the answer must go out on.
  request.on('data', take);
  request.on('end', () => resolve(bytes.toBytes()));
  request.on('error', (cause) => reject(cutShort(cause)));
  return promise;
}

function cutShort(cause: Error): ServiceError {
  return new ServiceError('bad_request', 'The connection broke before the body was complete.', 'Send it again.', {
    cause,
  });
}
