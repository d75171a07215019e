import type { IncomingMessage } from 'node:http';
import { addAbortSignal } from 'node:stream';
import { ServiceError } from '../invocation/service-error.ts';

const initialCapacityInBytes = 65_536;

/**
 * Reads a response to its end, or stops at the first byte past `maximumSizeInBytes`, whatever its Content-Length says.
 *
 * @throws ServiceError `photo_too_large`; else the stream's own error, also when it ends before its Content-Length
 */
export async function readBody(
  response: IncomingMessage,
  { maximumSizeInBytes, signal }: { readonly maximumSizeInBytes: number; readonly signal: AbortSignal },
): Promise<Uint8Array> {
  addAbortSignal(signal, response);
  const declaredSizeInBytes = Number(response.headers['content-length'] ?? 0);
  if (declaredSizeInBytes > maximumSizeInBytes)
    throw tooLarge(`has ${format(declaredSizeInBytes)} bytes`, maximumSizeInBytes);
  // Copied as it comes: a body sent in chunks of one byte would otherwise cost a hundred times its size in objects.
  let bytes = new Uint8Array(Math.min(initialCapacityInBytes, maximumSizeInBytes));
  let sizeInBytes = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    const neededInBytes = sizeInBytes + chunk.length;
    if (neededInBytes > maximumSizeInBytes) throw tooLarge('goes on past the limit', maximumSizeInBytes);
    if (neededInBytes > bytes.length) {
      const grown = new Uint8Array(Math.min(Math.max(neededInBytes, 2 * bytes.length), maximumSizeInBytes));
      grown.set(bytes.subarray(0, sizeInBytes));
      bytes = grown;
    }
    bytes.set(chunk, sizeInBytes);
    sizeInBytes = neededInBytes;
  }
  return bytes.subarray(0, sizeInBytes);
}

function tooLarge(found: string, limitInBytes: number): ServiceError {
  return new ServiceError(
    'photo_too_large',
    `The photo at that address ${found}; the limit is ${format(limitInBytes)} bytes.`,
    'Send a smaller version of the photo; a side of 1,000 pixels is plenty.',
  );
}

function format(sizeInBytes: number): string {
  return sizeInBytes.toLocaleString('en');
}
