import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib';
import { ServiceError } from '../invocation/service-error.ts';
import { bodyTooLarge } from './body-too-large.ts';

type Decompress = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Promise<Uint8Array>;

const inflateWrapped = promisify(inflate) as Decompress;
const inflateBare = promisify(inflateRaw) as Decompress;

/** By the names of IANA's registry of content codings; x-gzip is gzip (RFC 9110 §8.4.1.3). */
const decompressions: ReadonlyMap<string, Decompress> = new Map([
  ['gzip', promisify(gunzip) as Decompress],
  ['x-gzip', promisify(gunzip) as Decompress],
  // The name means zlib's format, but some clients send the bare deflate stream (RFC 9110 §8.4.1.2).
  ['deflate', (bytes, options) => (isZlib(bytes) ? inflateWrapped : inflateBare)(bytes, options)],
  ['br', promisify(brotliDecompress) as Decompress],
  ['zstd', promisify(zstdDecompress) as Decompress],
]);

/** Each more multiplies what a few bytes can become; nobody compresses twice on purpose. */
const maximumCodings = 2;

/**
 * A body without the codings of its header Content-Encoding, the last one undone first. One that is not known here is
 * passed over: clients write what they like there (utf-8, base64, binary), and the bytes decide what they are.
 *
 * @param limitInBytes of the body after each coding; no more than this is inflated
 * @throws ServiceError `photo_too_large`, `bad_request` for bytes that are not of the named coding
 */
export async function decompressBody(
  body: Uint8Array,
  contentEncoding: string,
  limitInBytes: number,
): Promise<Uint8Array> {
  const names = contentEncoding.split(',').map((name) => name.trim().toLowerCase());
  const codings = names.filter((name) => decompressions.has(name)).reverse();
  if (codings.length > maximumCodings) throw badCoding(`The body is compressed ${codings.length} times.`);
  let bytes = body;
  for (const coding of codings) bytes = await undo(coding, bytes, limitInBytes);
  return bytes;
}

async function undo(coding: string, bytes: Uint8Array, limitInBytes: number): Promise<Uint8Array> {
  try {
    return await (decompressions.get(coding) as Decompress)(bytes, { maxOutputLength: limitInBytes });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') {
      throw bodyTooLarge(undefined, limitInBytes);
    }
    throw badCoding(
      `The header says that the body is compressed by ${JSON.stringify(coding.slice(0, 20))}, but it is not, or is cut short.`,
      cause,
    );
  }
}

function badCoding(what: string, cause?: unknown): ServiceError {
  return new ServiceError('bad_request', what, 'Send the body as it is, without the header content-encoding.', {
    cause,
  });
}

/** RFC 1950 §2.2: method 8 in the low bits of the first byte, and the two bytes a multiple of 31. */
function isZlib(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}
