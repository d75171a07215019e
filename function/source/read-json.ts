import { isPhotoTurnedIntoText, turnedIntoText } from '../../photo/sniff/text-damage.ts';
import { ServiceError, toServiceError } from '../invocation/service-error.ts';
import type { PhotoRequest, PhotoSource } from './photo-source.ts';
import { isObject, readPhotoObject } from './read-photo-object.ts';

/**
 * What a JSON body asks about: one photo, or `{"items": […]}` of which each is one.
 * @throws ServiceError `bad_request`
 */
export function readJson(body: Uint8Array, maximumItems: number): PhotoRequest {
  const value = parse(body);
  if (!isObject(value) || value.items === undefined) return { kind: 'one', source: readPhotoObject(value) };
  const { items, ...others } = value;
  if (Object.keys(others).length > 0) {
    throw new ServiceError('bad_request', 'There is something beside "items".', 'Send {"items": […]} alone.');
  }
  if (!Array.isArray(items)) throw new ServiceError('bad_request', '"items" is not a list.', 'Send {"items": […]}.');
  return { kind: 'items', items: requireItemCount(items, maximumItems).map(readItem) };
}

/** @throws ServiceError `bad_request` without items or with more than may come at once */
export function requireItemCount<Item>(items: readonly Item[], maximumItems: number): readonly Item[] {
  if (items.length < 1 || items.length > maximumItems) {
    throw new ServiceError(
      'bad_request',
      `The request has ${items.length} items; it may have 1 to ${maximumItems}.`,
      'Spread the photos over several requests.',
    );
  }
  return items;
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
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new ServiceError(
      'bad_request',
      'The body is not readable JSON.',
      'Send JSON in UTF-8, or a photo with its own content type, such as image/jpeg.',
      { cause },
    );
  }
}
