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

/** A body as it was uploaded, until it is let go. */
export interface Upload {
  readonly bytes: Uint8Array;
  /** The bytes are gone then. */
  free(): void;
}

/**
 * The body of a request, which is left unread from the byte on that passes a limit, or altogether where it claims to.
 * Rejects with a ServiceError: `photo_too_large`, `busy`, or `bad_request` when the connection breaks.
 */
export async function readUpload(request: IncomingMessage, limitInBytes: number, held: HeldUpload): Promise<Upload> {
  const claimed = claimedSizeInBytes(request);
  if (claimed !== undefined && claimed > limitInBytes) throw bodyTooLarge(claimed, limitInBytes);
  // What finds no place is refused before it comes.
  if (claimed !== undefined) held.hold(claimed);
  const { promise, resolve, reject } = Promise.withResolvers<Upload>();
  const bytes = createGrowingBytes({
    maximumSizeInBytes: limitInBytes,
    ...(claimed === undefined ? {} : { expectedSizeInBytes: claimed }),
    onGrow: held.hold,
  });
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
    bytes.free();
    reject(error);
  };
  // Not a for-await loop: leaving one destroys the request, and with it the connection that the answer must go out on.
  request.on('data', take);
  request.on('end', () => resolve({ bytes: bytes.toBytes(), free: bytes.free }));
  request.on('error', (cause) => leave(cutShort(cause)));
  return promise;
}

function cutShort(cause: Error): ServiceError {
  return new ServiceError('bad_request', 'The connection broke before the body was complete.', 'Send it again.', {
    cause,
  });
}
