import { ServiceError } from '../invocation/service-error.ts';
import type { Limits } from '../settings/limits.ts';
import { bodyTooLarge } from '../source/body-too-large.ts';
import type { PhotoRequest, PhotoSource } from '../source/photo-source.ts';
import { readPhotoRequestObject } from '../source/read-json.ts';
import { nameForeignEvent } from './foreign-event.ts';

/**
 * What a bare event asks about: the same as that JSON as a body would.
 * @throws ServiceError `bad_request`, `photo_too_large`
 */
export function readDirectEvent(event: unknown, { maximumItems, maximumBodySizeInBytes }: Limits): PhotoRequest {
  const service = nameForeignEvent(event);
  if (service !== undefined) throw notServed(service);
  const asked = readPhotoRequestObject(event, maximumItems);
  const sources = asked.kind === 'one' ? [asked.source] : asked.items;
  const sizeInBytes = sources.reduce((sum, source) => sum + sizeOf(source), 0);
  if (sizeInBytes > maximumBodySizeInBytes) throw bodyTooLarge(sizeInBytes, maximumBodySizeInBytes);
  return asked;
}

function sizeOf(source: PhotoSource | ServiceError): number {
  return source instanceof ServiceError || source.kind !== 'bytes' ? 0 : source.bytes.length;
}

function notServed(service: string): ServiceError {
  return new ServiceError(
    'bad_request',
    `This is an event of ${service}, which is not served here.`,
    'Send one photo: {"s3": "s3://bucket/key"}, {"url": "https://…"} or {"image": "<base64>"}.',
  );
}
