import { createHash } from 'node:crypto';
import type { AnswerRecord, ErrorRecord } from '../../facts/batch-records.ts';
import type { ServiceError } from '../invocation/service-error.ts';
import type { ClassifiedPhoto, ModelFacts } from '../prediction/classify-photo.ts';
import { toAnswer } from '../prediction/prediction-answer.ts';
import type { PhotoReference } from './photo-reference.ts';

/** How many labels a record holds. */
export interface RecordOptions {
  readonly top: number;
}

/** @param photo with the version or the ETag that was read */
export function recordAnswer(
  photo: PhotoReference,
  { classification, photo: facts }: ClassifiedPhoto,
  { sizeInBytes, model, top }: RecordOptions & { readonly sizeInBytes: number; readonly model: ModelFacts },
): AnswerRecord {
  const timing = { sourceMs: 0, decodeMs: 0, ...classification.timing };
  const prediction = { classification, labels: model.labels, photo: facts, sizeInBytes, model, timing };
  const answer = toAnswer(prediction, { top, readMs: 0, totalMs: 0, coldStart: false });
  const { label, probability, verdict, predictions } = answer;
  return { ...describePhoto(photo, model), sizeInBytes, label, probability, verdict, predictions, photo: facts };
}

export function recordError(photo: PhotoReference, failure: ServiceError, model: ModelFacts): ErrorRecord {
  const { code, message, hint } = failure;
  return { ...describePhoto(photo, model), error: { code, message, hint } };
}

function describePhoto(photo: PhotoReference, { name, version }: ModelFacts) {
  const { bucket, key, etag } = photo;
  return {
    id: identify(photo, version),
    bucket,
    key,
    ...(photo.version !== undefined && { objectVersion: photo.version }),
    ...(etag !== undefined && { etag }),
    modelName: name,
    modelVersion: version,
  };
}

/** What a photo's lines have in common, however often it is delivered: see docs/bulk.md. */
export function identify({ bucket, key, version, etag }: PhotoReference, modelVersion: string): string {
  return digestOf([bucket, key, version ?? etag ?? '', modelVersion]);
}

/** The digest that a file of these ids is named by. */
export function digestOfIds(ids: readonly string[]): string {
  return digestOf([...ids].sort());
}

/** In hexadecimal, of lines with line feeds between them. */
export function digestOf(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
