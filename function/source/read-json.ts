import { isJsonObject } from '../../facts/json-object.ts';
import { parseJson } from '../../files/parse-json.ts';
import { isPhotoTurnedIntoText, turnedIntoText } from '../../photo/sniff/text-damage.ts';
import { ServiceError, toServiceError } from '../invocation/service-error.ts';
import { takeOptions } from './body-options.ts';
import type { PhotoRequest, PhotoSource } from './photo-source.ts';
import { readBareText } from './read-bare-text.ts';
import { readPhotoObject } from './read-photo-object.ts';
import { requireItemCount } from './require-item-count.ts';

/**
 * What a JSON body asks about.
 * @throws ServiceError `bad_request`
 */
export function readJson(body: Uint8Array, maximumItems: number): PhotoRequest {
  return readPhotoRequestObject(parse(body), maximumItems);
}

/**
 * What a parsed JSON value asks about: one photo, or `{"items": […]}` of which each is one; beside either the options
 * `top` and `explain`. A text alone is a URL or base64, as the same text would be without its quotes.
 *
 * @throws ServiceError `bad_request`
 */
export function readPhotoRequestObject(value: unknown, maximumItems: number): PhotoRequest {
  const bare = typeof value === 'string' ? readBareText(Buffer.from(value)) : undefined;
  if (bare !== undefined) return { kind: 'one', source: bare };
  if (!isJsonObject(value)) return { kind: 'one', source: readPhotoObject(value) };
  const { rest, ...options } = takeOptions(value);
  const { items, ...others } = rest;
  if (items === undefined) return { kind: 'one', source: readPhotoObject(rest), ...options };
  if (Object.keys(others).length > 0) {
    throw new ServiceError('bad_request', 'There is something beside "items".', 'Send {"items": […]} alone.');
  }
  if (!Array.isArray(items)) throw new ServiceError('bad_request', '"items" is not a list.', 'Send {"items": […]}.');
  return { kind: 'items', items: requireItemCount(items, maximumItems).map(readItem), ...options };
}

function readItem(value: unknown): PhotoSource | ServiceError {
  try {
    return readPhotoObject(value);
  } catch (error) {
    return toServiceError(error);
  }
}

function parse(body: Uint8Array): unknown {
  if (isPhotoTurnedIntoText(body)) throw toServiceError(turnedIntoText());
  try {
    return parseJson(new TextDecoder(encodingOf(body), { fatal: true }).decode(body));
  } catch (cause) {
    throw new ServiceError(
      'bad_request',
      'The body is not readable JSON.',
      'Send JSON in UTF-8, or a photo with its own content type, such as image/jpeg.',
      { cause },
    );
  }
}

/** JSON begins with a character of ASCII, so that a zero byte among the first two, or a mark before it, tells UTF-16. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (second === 0 || (first === 0xff && second === 0xfe)) return 'utf-16le';
  return first === 0 || (first === 0xfe && second === 0xff) ? 'utf-16be' : 'utf-8';
}
