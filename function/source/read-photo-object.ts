import { isJsonObject, type JsonObject } from '../../facts/json-object.ts';
import { ServiceError } from '../invocation/service-error.ts';
import { isAbsent, isBodyOption } from './body-options.ts';
import type { PhotoSource } from './photo-source.ts';
import { readPhotoText, type SourceKey } from './read-photo-text.ts';

/** The keys of a photo, and what the text of each is; `image_url` is the course's, since 2026. */
const sourceKeys: ReadonlyMap<string, SourceKey> = new Map([
  ['url', 'url'],
  ['image', 'image'],
  ['s3', 's3'],
  ['image_url', 'url'],
]);

const hint =
  'Send one of {"url": "https://…"}, {"image": "<base64>"} and {"s3": "s3://bucket/key"}, and nothing beside it.';

/**
 * One photo's source from `{"url"}`, `{"image"}` or `{"s3"}`: exactly one of them and no other key. A key whose value is
 * null or an empty text counts as absent.
 *
 * @throws ServiceError `bad_request`
 */
export function readPhotoObject(value: unknown): PhotoSource {
  if (!isJsonObject(value)) {
    throw new ServiceError('bad_request', 'A photo is described by a JSON object.', `${hint} Several: {"items": […]}.`);
  }
  const given = Object.entries(fromPowerAutomate(value)).filter(([, content]) => !isAbsent(content));
  const sources = given.filter(([name]) => sourceKeys.has(name));
  const [source] = sources;
  if (sources.length > 1) {
    const names = sources.map(([name]) => name).join(', ');
    throw new ServiceError('bad_request', `There is more than one source of a photo: ${names}.`, hint);
  }
  const unknown = given.find(([name]) => !sourceKeys.has(name));
  if (unknown !== undefined) throw unknownKey(...unknown);
  if (source === undefined) throw new ServiceError('bad_request', 'There is no photo in the request.', hint);
  const [name, text] = source;
  if (typeof text !== 'string') throw noText(name, text);
  return readPhotoText(text, sourceKeys.get(name) as SourceKey);
}

/** The file object of Power Automate and Logic Apps: base64 beside its media type. */
function fromPowerAutomate(value: JsonObject): JsonObject {
  if (typeof value.$content !== 'string') return value;
  const { $content, '$content-type': _type, ...others } = value;
  return { ...others, image: $content };
}

function noText(name: string, value: unknown): ServiceError {
  const isBytes = Array.isArray(value) || (isJsonObject(value) && (value.type === 'Buffer' || '0' in value));
  return isBytes
    ? new ServiceError('bad_request', `The value of "${name}" is a list of numbers.`, 'Send the bytes as base64.')
    : new ServiceError('bad_request', `The value of "${name}" is not a text.`, hint);
}

function unknownKey(name: string, value: unknown): ServiceError {
  const shown = JSON.stringify(name.slice(0, 40));
  return new ServiceError('bad_request', `The key ${shown} is not known here.`, hintFor(name, value));
}

/** Names the key that was meant, where that can be seen. */
function hintFor(name: string, value: unknown): string {
  if (isBodyOption(name)) return `The option ${name} is for all items: put it beside "items", or into the query.`;
  const spelled = [...sourceKeys.keys(), 'items', 'top', 'explain'].find((key) => key === name.toLowerCase());
  if (spelled !== undefined) return `Write it in small letters: "${spelled}".`;
  if (typeof value !== 'string') return hint;
  if (/^https?:\/\//i.test(value)) return 'Send the address of a photo as {"url": "https://…"}.';
  if (/^s3:\/\//i.test(value)) return 'Send the address of an S3 object as {"s3": "s3://bucket/key"}.';
  return value.length > 100 ? 'Send the bytes of a photo as {"image": "<base64>"}.' : hint;
}
