import { ServiceError } from '../errors.ts';

const hint = 'Send base64 as RFC 4648 §4 has it: A–Z a–z 0–9 + /, padded with =, without line breaks.';

function badBase64(what: string): ServiceError {
  return new ServiceError('bad_request', `The base64 ${what}.`, hint);
}

/**
 * The bytes of a base64 text, or of a `data:` URL that holds one. Strict, since Buffer skips what it doesn't know and a
 * photo with bytes missing may still decode: RFC 4648's first alphabet only, padding complete, unused bits zero.
 *
 * @throws ServiceError `bad_request`
 */
export function decodeBase64(text: string): Uint8Array {
  const base64 = text.startsWith('data:') ? base64OfDataUrl(text) : text;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    if (/^[A-Za-z0-9+/=\s]*$/.test(base64)) throw badBase64('has white space or padding in it');
    if (/^[\w=-]*$/.test(base64)) throw badBase64('is in the URL-safe alphabet, with - and _ for + and /');
    throw badBase64('has characters that base64 does not know');
  }
  if (base64.length % 4 !== 0) throw badBase64('is cut short or lacks its padding');
  const bytes = Buffer.from(base64, 'base64');
  const lastGroup = base64.slice(-4);
  if (lastGroup.endsWith('=') && Buffer.from(lastGroup, 'base64').toString('base64') !== lastGroup) {
    throw badBase64('ends in bits that belong to no byte');
  }
  return bytes;
}

function base64OfDataUrl(url: string): string {
  const comma = url.indexOf(',');
  if (comma === -1 || !/;base64$/i.test(url.slice(0, comma))) {
    throw new ServiceError(
      'bad_request',
      'The data: URL does not hold base64.',
      'Send data:image/jpeg;base64,… or the base64 alone.',
    );
  }
  return url.slice(comma + 1);
}
