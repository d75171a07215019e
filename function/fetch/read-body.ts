import type { IncomingMessage } from 'node:http';
import { addAbortSignal } from 'node:stream';
import { ServiceError } from '../invocation/service-error.ts';
import { createGrowingBytes } from '../source/growing-bytes.ts';

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
  if (declaredSizeInBytes > maximumSizeInBytes) throw bodyGoesOn(declaredSizeInBytes, maximumSizeInBytes);
  const bytes = createGrowingBytes({ maximumSizeInBytes });
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    if (bytes.sizeInBytes + chunk.length > maximumSizeInBytes) throw bodyGoesOn(undefined, maximumSizeInBytes);
    bytes.append(chunk);
  }
  return bytes.toBytes();
}

/** @param sizeInBytes as it was announced, where it was */
export function bodyGoesOn(sizeInBytes: number | undefined, limitInBytes: number): ServiceError {
  const found = sizeInBytes === undefined ? 'goes on past the limit' : `has ${format(sizeInBytes)} bytes`;
  return new ServiceError(
    'photo_too_large',
    `The photo at that address ${found}; the limit is ${format(limitInBytes)} bytes.`,
    'Send a smaller version of the photo; a side of 1,000 pixels is plenty.',
  );
}

function format(sizeInBytes: number): string {
  return sizeInBytes.toLocaleString('en');
}
