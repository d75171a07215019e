import type { PhotoSource } from './photo-source.ts';
import { readPhotoText } from './read-photo-text.ts';

/** How the addresses of photos begin. */
const addressBeginning = /^(?:data:|https?:\/\/|s3:\/\/|www\.)/i;
/** FF D8 FF, \x89PNG\r\n and RIFF in base64, and the first of them in the URL-safe alphabet, which is then refused by name. */
const base64Beginning = /^(?:\/9j\/|iVBORw0KGgo|UklGR|_9j_)/;
const byteOrderMark = /^\ufeff/;

/**
 * The photo that a body, or a part of a form, means by a text that is nothing but a URL or base64; undefined for all else.
 * Base64 may be broken into lines, as the program of that name writes it: no letter of it is lost by that.
 *
 * @throws ServiceError `bad_request` for base64 and data: URLs that are broken
 */
export function readBareText(bytes: Uint8Array): PhotoSource | undefined {
  const beginning = Buffer.from(bytes.subarray(0, 32)).toString('utf8').replace(byteOrderMark, '').trimStart();
  if (!addressBeginning.test(beginning) && !base64Beginning.test(beginning)) return undefined;
  const text = Buffer.from(bytes).toString('utf8').replace(byteOrderMark, '').trim();
  const lines = text.split(/\r?\n/);
  if (base64Beginning.test(text) || /^data:/i.test(text)) return readPhotoText(lines.join(''), 'image');
  // Several lines are no URL, though a reader of URLs would join them.
  return lines.length === 1 ? readPhotoText(text, 'url') : undefined;
}
