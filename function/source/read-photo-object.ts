import { ServiceError } from '../invocation/service-error.ts';
import { decodeBase64 } from './decode-base64.ts';
import type { PhotoSource } from './photo-source.ts';

const sourceKeys = ['url', 'image', 's3'] as const;

const hint =
  'Send one of {"url": "https://…"}, {"image": "<base64>"} and {"s3": "s3://bucket/key"}, and nothing beside it.';

/**
 * One photo's source from `{"url"}`, `{"image"}` or `{"s3"}`: exactly one of them and no other key.
 * @throws ServiceError `bad_request`
 */
export function readPhotoObject(value: unknown): PhotoSource {
  if (!isObject(value)) throw new ServiceError('bad_request', 'A photo is described by a JSON object.', hint);
  const given = sourceKeys.filter((key) => value[key] !== undefined);
  const [key] = given;
  if (given.length > 1) {
    throw new ServiceError('bad_request', `There is more than one source of a photo: ${given.join(', ')}.`, hint);
  }
  const unknown = Object.keys(value).find((name) => !sourceKeys.some((known) => known === name));
  if (unknown !== undefined) throw unknownKey(unknown);
  if (key === undefined) throw new ServiceError('bad_request', 'There is no photo in the request.', hint);
  const text = value[key];
  if (typeof text !== 'string' || text === '') {
    throw new ServiceError('bad_request', `The value of "${key}" is not a text with something in it.`, hint);
  }
  if (key === 'image') return { kind: 'bytes', bytes: decodeBase64(text) };
  return key === 'url' ? { kind: 'url', url: text } : { kind: 's3', uri: text };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownKey(name: string): ServiceError {
  const isOption = name === 'top' || name === 'explain';
  return new ServiceError(
    'bad_request',
    `The key ${JSON.stringify(name.slice(0, 40))} is not known here.`,
    isOption ? `Options go into the query: /predict?${name}=1.` : hint,
  );
}
