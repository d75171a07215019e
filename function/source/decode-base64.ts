import { ServiceError } from '../invocation/service-error.ts';

const hint = 'Send base64 as RFC 4648 §4 has it: A–Z a–z 0–9 + /, padded with =, without line breaks.';

function badBase64(what: string): ServiceError {
  return new ServiceError('bad_request', `The base64 ${what}.`, hint);
}

/**
 * The bytes of a base64 text. Strict, since Buffer skips what it doesn't know and a photo with bytes missing may still
 * decode: RFC 4648's first alphabet only, padding complete, unused bits zero.
 *
 * @throws ServiceError `bad_request`
 */
export function decodeBase64(base64: string): Uint8Array {
  const bytes = Buffer.from(base64, 'base64');
  if (!isItsBase64(bytes, base64)) throw badBase64(describeFault(base64));
  return bytes;
}

/**
 * Whether the text is the one base64 of bytes that Buffer has made of it. What Buffer skips or ends at makes it give too few;
 * what it takes for letters of this alphabet are two of another, and whatever lies beyond ASCII. Each look is one of Node.js's
 * own over the whole text, all of them together a fourth of making the text anew and comparing.
 */
function isItsBase64(bytes: Buffer, base64: string): boolean {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  if (bytes.length !== (base64.length / 4) * 3 - padding) return false;
  if (Buffer.byteLength(base64) !== base64.length || base64.includes('-') || base64.includes('_')) return false;
  const last = bytes.subarray(bytes.length - (bytes.length % 3 || 3));
  return last.toString('base64') === base64.slice(-4);
}

function describeFault(base64: string): string {
  if (/[^A-Za-z0-9+/=\s]/.test(base64)) {
    return /^[\w=-]*$/.test(base64)
      ? 'is in the URL-safe alphabet, with - and _ for + and /'
      : 'has characters that base64 does not know';
  }
  if (!/^[^=\s]*={0,2}$/.test(base64)) return 'has white space or padding in it';
  return base64.length % 4 === 0 ? 'ends in bits that belong to no byte' : 'is cut short or lacks its padding';
}
