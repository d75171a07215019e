import { isJsonObject, type JsonObject } from '../../facts/json-object.ts';
import { parseJson } from '../../files/parse-json.ts';
import { fieldsOf } from '../doors/http-event.ts';
import { type PhotoReference, unescapeKey } from './photo-reference.ts';

/**
 * The objects that an event of S3's says were created: straight from S3, by way of EventBridge, or either in a notification of
 * SNS. None where it says something else of objects, or is the message by which S3 tries a new destination.
 * @returns undefined where it is no event of S3's
 */
export function readS3Event(event: unknown): readonly PhotoReference[] | undefined {
  if (!isJsonObject(event)) return undefined;
  const { Records: records, Type: type, Message: message } = event;
  if (type === 'Notification' && typeof message === 'string') return readS3Event(parseText(message));
  if (event.Event === 's3:TestEvent') return [];
  if (event.source === 'aws.s3' && typeof event['detail-type'] === 'string') return readFromEventBridge(event);
  if (!Array.isArray(records) || records.length === 0) return undefined;
  const found = records.map(readRecord);
  return found.some((photos) => photos === undefined) ? undefined : found.flatMap((photos) => photos ?? []);
}

/** Whatever the text holds; undefined where it is no JSON. */
export function parseText(text: unknown): unknown {
  try {
    return typeof text === 'string' ? parseJson(text) : undefined;
  } catch {
    return undefined;
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
function readRecord(value: unknown): readonly PhotoReference[] | undefined {
  const { eventSource, eventName, s3 } = fieldsOf(value);
  if (eventSource !== 'aws:s3' || typeof eventName !== 'string') return undefined;
  if (!/^(?:s3:)?ObjectCreated:/.test(eventName)) return [];
  const { bucket, object } = fieldsOf(s3);
  const { key, size, eTag, versionId } = fieldsOf(object);
  const escaped = typeof key === 'string' ? unescapeKey(key) : undefined;
  return toReferences(fieldsOf(bucket).name, { key: escaped, size, etag: eTag, version: versionId });
}

/** Here keys are as they are (https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html). */
function readFromEventBridge(event: JsonObject): readonly PhotoReference[] | undefined {
  if (event['detail-type'] !== 'Object Created') return [];
  const { bucket, object } = fieldsOf(event.detail);
  const { key, size, etag, 'version-id': version } = fieldsOf(object);
  return toReferences(fieldsOf(bucket).name, { key, size, etag, version });
}

function toReferences(
  bucket: unknown,
  { key, size, etag, version }: Readonly<Record<'key' | 'size' | 'etag' | 'version', unknown>>,
): readonly PhotoReference[] | undefined {
  if (typeof bucket !== 'string' || typeof key !== 'string' || bucket === '' || key === '') return undefined;
  return [toReference(bucket, key, { size, etag, version })];
}

/** A reference without what nobody said. */
export function toReference(
  bucket: string,
  key: string,
  { size, etag, version }: { readonly size?: unknown; readonly etag?: unknown; readonly version?: unknown },
): PhotoReference {
  const sizeInBytes = typeof size === 'string' && size !== '' ? Number(size) : size;
  const said = (value: unknown): value is string => typeof value === 'string' && value !== '' && value !== 'null';
  return {
    bucket,
    key,
    ...(said(version) && { version }),
    ...(said(etag) && { etag: etag.replaceAll('"', '') }),
    ...(typeof sizeInBytes === 'number' && sizeInBytes >= 0 && { sizeInBytes }),
  };
}
