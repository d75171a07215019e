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
  // Bytes have one base64: what comes back otherwise was not it. Much faster than looking at each letter.
  if (bytes.toString('base64') !== base64) throw badBase64(describeFault(base64));
  return bytes;
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
