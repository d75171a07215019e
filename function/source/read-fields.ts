import type { JsonObject } from '../../facts/json-object.ts';
import { ServiceError } from '../invocation/service-error.ts';
import { takeOptions } from './body-options.ts';
import type { PhotoSource } from './photo-source.ts';
import { readPhotoObject } from './read-photo-object.ts';

/** More are refused unread. */
export const maximumFields = 64;

/** One field of a form, its value decoded. */
export type Field = readonly [name: string, value: string];

/** Fields that mean something here; a form may hold others, for whatever else its page is about. */
const knownFields: ReadonlySet<string> = new Set(['url', 'image', 's3', 'image_url', 'items', 'top', 'explain']);

export function isKnownField(name: string): boolean {
  return knownFields.has(name);
}

export interface FieldsRead {
  /** Undefined where no field names a photo. */
  readonly source?: PhotoSource;
  readonly options?: URLSearchParams;
}

/**
 * What the fields of a form ask about, read as the keys of a JSON object are.
 * @throws ServiceError `bad_request`, also where one field has two values
 */
export function readFields(fields: readonly Field[]): FieldsRead {
  const filled = new Map<string, string>();
  for (const [name, value] of fields) {
    if (value === '') continue;
    if ((filled.get(name) ?? value) !== value) throw repeated(name);
    filled.set(name, value);
  }
  const { rest, ...options } = takeOptions(Object.fromEntries(filled));
  if (Object.keys(rest).length === 0) return options;
  return { source: readPhotoObject(withoutLineBreaks(rest)), ...options };
}

/** Base64 in a field may be broken into lines; a URL in one may end in a line break. */
function withoutLineBreaks(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, String(value).replaceAll(/\r?\n/g, '')]),
  );
}

function repeated(name: string): ServiceError {
  return new ServiceError(
    'bad_request',
    `The field "${name}" comes with two values.`,
    'Send several photos as files of one form, or as JSON: {"items": [{"url": "…"}, {"url": "…"}]}.',
  );
}
