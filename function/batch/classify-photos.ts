import type { AnswerRecord, ResultRecord } from '../../facts/batch-records.ts';
import type { ErrorCode } from '../../facts/error-codes.ts';
import type { Deadline } from '../invocation/deadline.ts';
import type { ServiceError } from '../invocation/service-error.ts';
import type { ChoosePlace } from '../prediction/classify-photo.ts';
import { mapInOrder } from '../prediction/map-in-order.ts';
import type { ObjectReference, StoredObject } from '../s3/get-object.ts';
import { S3Error } from '../s3/s3-error.ts';
import type { ByteBudget } from './byte-budget.ts';
import { nameReference, type PhotoReference } from './photo-reference.ts';
import { recordAnswer, recordError } from './record-photo.ts';
import { toFailure } from './to-failure.ts';

/** What became of a photo. Not done: for a reason that passes, or a fault of ours, which the same photo tomorrow may not meet. */
export type PhotoOutcome =
  | { readonly kind: 'done'; readonly record: ResultRecord; readonly timing: PhotoTiming }
  | { readonly kind: 'not-done'; readonly failure: ServiceError };

/** In milliseconds; waiting for a turn is in none. */
export interface PhotoTiming {
  readonly sourceMs: number;
  readonly decodeMs: number;
  readonly fitMs: number;
  readonly modelMs: number;
}

export interface ClassifyPhotosParts {
  readonly place: ChoosePlace;
  readonly readObject: (
    photo: ObjectReference,
    options: { readonly maximumSizeInBytes: number; readonly signal: AbortSignal },
  ) => Promise<StoredObject>;
  /** Of all photos that are held, on their way or waiting for the model. */
  readonly budget: ByteBudget;
  /** Photos held at a time. */
  readonly ahead: number;
  readonly maximumPhotoSizeInBytes: number;
  /** Labels in a record. */
  readonly top: number;
  /** Called with each answered photo while its bytes are there. */
  readonly keep?: ((bytes: Uint8Array, record: AnswerRecord, signal: AbortSignal) => Promise<void>) | undefined;
}

/** By the photos' names, in the order of the photos. */
export type PhotoOutcomes = ReadonlyMap<string, PhotoOutcome>;

export type ClassifyPhotos = (photos: readonly PhotoReference[], deadline: Deadline) => Promise<PhotoOutcomes>;

/** What a photo itself is at fault for, so that it will be tomorrow. */
const lastingCodes: ReadonlySet<ErrorCode> = new Set([
  'bad_request',
  'url_not_allowed',
  'photo_too_large',
  'unsupported_format',
  'corrupt_photo',
]);

const noTime: PhotoTiming = { sourceMs: 0, decodeMs: 0, fitMs: 0, modelMs: 0 };

/**
 * Fetches and classifies photos, several on their way while the model runs, and says of each what became of it; one that is
 * named twice is done once. It never rejects; when the deadline is over, the rest is not done.
 */
export function createClassifyPhotos(parts: ClassifyPhotosParts): ClassifyPhotos {
  const { place, readObject, budget, ahead, maximumPhotoSizeInBytes, top, keep } = parts;

  const classifyOne = async (photo: PhotoReference, deadline: Deadline): Promise<PhotoOutcome> => {
    const { signal } = deadline;
    deadline.throwIfOver();
    const { model, classify } = place();
    const facts = await model();
    // One that is too large ends with its header.
    const size = Math.min(photo.sizeInBytes ?? maximumPhotoSizeInBytes, maximumPhotoSizeInBytes);
    const release = await budget.take(size, signal);
    let known = photo;
    try {
      const startedAt = performance.now();
      const { bytes, etag } = await readObject(photo, { maximumSizeInBytes: maximumPhotoSizeInBytes, signal });
      const sourceMs = performance.now() - startedAt;
      if (etag !== undefined && photo.etag === undefined) known = { ...photo, etag };
      if (bytes.length === 0) throw emptyObject();
      const classified = await classify(bytes, { explain: false, deadline });
      const record = recordAnswer(known, classified, { sizeInBytes: bytes.length, model: facts, top });
      await keep?.(bytes, record, signal);
      const { decodeMs, classification } = classified;
      return { kind: 'done', record, timing: { sourceMs, decodeMs, ...classification.timing } };
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (!isLasting(thrown, failure)) return { kind: 'not-done', failure };
      return { kind: 'done', record: recordError(known, failure, facts), timing: noTime };
    } finally {
      release();
    }
  };

  return async (photos, deadline) => {
    const byName = new Map(photos.map((photo) => [nameReference(photo), photo]));
    const outcomes = await mapInOrder([...byName], ahead, async ([name, photo]): Promise<[string, PhotoOutcome]> => {
      try {
        return [name, await classifyOne(photo, deadline)];
      } catch (thrown) {
        return [name, { kind: 'not-done', failure: toFailure(thrown) }];
      }
    });
    return new Map(outcomes);
  };
}

function emptyObject(): S3Error {
  return new S3Error('gone', 'The S3 object has zero bytes.', 'Write the photo there.');
}

function isLasting(thrown: unknown, { code }: ServiceError): boolean {
  return thrown instanceof S3Error ? thrown.kind === 'gone' : lastingCodes.has(code);
}
