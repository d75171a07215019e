import type { ResultPlace } from '../../facts/batch-records.ts';
import type { ObjectReference } from '../s3/get-object.ts';

/** A photo in S3, as an event or a list names it. */
export interface PhotoReference extends ObjectReference {
  readonly sizeInBytes?: number;
}

/** Keys of events are escaped as a form's fields are: a space is a plus sign. What is not escaped well stays as it is. */
export function unescapeKey(escaped: string): string {
  try {
    return decodeURIComponent(escaped.replaceAll('+', ' '));
  } catch {
    return escaped;
  }
}

/**
 * Whether an object is no photo by its name alone: it stands for a folder, as S3's console and Hadoop make them, or it is one
 * of those that the function itself writes, which would otherwise come back to it for ever.
 */
export function isNoPhoto({ bucket, key, sizeInBytes = 0 }: PhotoReference, places: readonly ResultPlace[]): boolean {
  if (sizeInBytes === 0 && /(?:\/|_\$folder\$)$/.test(key)) return true;
  return places.some(
    (place) => place.bucket === bucket && ownFolders.some((own) => key.startsWith(place.prefix + own)),
  );
}

const ownFolders = ['results/', 'runs/', 'kept/'];

/** One and the same delivered twice in a batch. */
export function nameReference({ bucket, key, version, etag }: PhotoReference): string {
  return JSON.stringify([bucket, key, version ?? etag ?? '']);
}
