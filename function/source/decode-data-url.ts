import { ServiceError } from '../invocation/service-error.ts';
import { decodeBase64 } from './decode-base64.ts';

export function isDataUrl(text: string): boolean {
  return /^data:/i.test(text);
}

/**
 * The bytes of a `data:` URL (RFC 2397): base64 after `;base64`, else octets, in both with the percent escapes that the
 * syntax allows everywhere.
 *
 * @throws ServiceError `bad_request`
 */
export function decodeDataUrl(url: string): Uint8Array {
  const comma = url.indexOf(',');
  if (comma === -1) {
    throw new ServiceError(
      'bad_request',
      'The data: URL has no comma, after which its data would begin.',
      'Send data:image/jpeg;base64,… or the base64 alone.',
    );
  }
  const data = url.slice(comma + 1);
  if (!/;\s*base64\s*$/i.test(url.slice(0, comma))) return decodePercent(data);
  return decodeBase64(data.includes('%') ? decodePercent(data).toString('latin1') : data);
}

const percent = 0x25;

/** As the URL standard has it: an escape is a percent sign and two hexadecimal digits, any other percent sign itself. */
function decodePercent(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  let size = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const value = bytes[at] === percent ? readHexadecimal(bytes, at + 1) : undefined;
    bytes[size] = value ?? (bytes[at] as number);
    size += 1;
    if (value !== undefined) at += 2;
  }
  return bytes.subarray(0, size);
}

function readHexadecimal(bytes: Buffer, at: number): number | undefined {
  const digits = bytes.toString('latin1', at, at + 2);
  return /^[0-9a-f]{2}$/i.test(digits) ? Number.parseInt(digits, 16) : undefined;
}
