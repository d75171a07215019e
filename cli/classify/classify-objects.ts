import { hash } from 'node:crypto';
import type { Answer } from '../../facts/answers.ts';
import type { AnswerRecord } from '../../facts/batch-records.ts';
import { createByteBudget } from '../../function/batch/byte-budget.ts';
import { createClassifyPhotos, type PhotoOutcome, type PhotoTiming } from '../../function/batch/classify-photos.ts';
import type { PhotoReference } from '../../function/batch/photo-reference.ts';
import { createDeadline } from '../../function/invocation/deadline.ts';
import { choosePlace, onThisThread } from '../../function/prediction/classify-photo.ts';
import { mapInOrder } from '../../function/prediction/map-in-order.ts';
import { createSerialQueue } from '../../function/prediction/serial-queue.ts';
import { getObject, type ObjectReference } from '../../function/s3/get-object.ts';
import { readSettings } from '../../function/settings/settings.ts';
import { createPhotoThreads } from '../../function/threads/photo-threads.ts';
import { wireService } from '../../function/wire.ts';
import type { ClassifyFilesOptions } from './classify-files.ts';
import type { FileResult } from './messages.ts';
import { openS3, photosAhead } from './s3-access.ts';
import { tellInOrder } from './tell-in-order.ts';

/** In bytes, of photos on their way or waiting. */
const bytesAhead = 512_000_000;

export interface ClassifyObjectsOptions
  extends Pick<ClassifyFilesOptions, 'environment' | 'workers' | 'onLabels' | 'onResult'> {
  /** By the names of the files. */
  readonly objects: ReadonlyMap<string, PhotoReference>;
}

/**
 * Classifies objects of S3 by the code of the batch function, so that the records are the same. What it could not do for a
 * reason that may pass is an error without a record.
 */
export async function classifyObjects(files: readonly string[], options: ClassifyObjectsOptions): Promise<void> {
  if (files.length === 0) return;
  const { environment, workers, objects, onLabels, onResult } = options;
  const threads = workers === 1 ? undefined : createPhotoThreads(workers, readSettings(environment));
  const { collaborators } = wireService(environment, { startsCold: false, threads });
  await threads?.start();
  const place = choosePlace(onThisThread(collaborators, createSerialQueue()), threads);
  const send = openS3(environment);
  const digests = new Map<string, string>();
  const classifyPhotos = createClassifyPhotos({
    place,
    readObject: async (photo, limits) => {
      const object = await getObject(send, photo, limits);
      digests.set(placeOf(photo), hash('sha256', object.bytes));
      return object;
    },
    budget: createByteBudget(bytesAhead),
    ahead: 1,
    maximumPhotoSizeInBytes: collaborators.limits.maximumPhotoSizeInBytes,
    // The formats choose how many they show.
    top: Number.POSITIVE_INFINITY,
  });
  const deadline = createDeadline(Number.POSITIVE_INFINITY);
  const tell = tellInOrder(onResult);
  try {
    onLabels((await place().model()).labels);
    await mapInOrder(files, photosAhead + workers, async (file, index) => {
      const photo = objects.get(file) as PhotoReference;
      const [outcome] = (await classifyPhotos([photo], deadline)).values();
      const result = toResult(file, outcome as PhotoOutcome, digests.get(placeOf(photo)) ?? '');
      digests.delete(placeOf(photo));
      tell(result, index);
    });
  } finally {
    deadline.release();
    await threads?.close(0);
  }
}

function toResult(file: string, outcome: PhotoOutcome, sha256: string): FileResult {
  if (outcome.kind === 'not-done') {
    const { code, message, hint } = outcome.failure;
    return { file, error: { code, message, hint }, isPassing: true };
  }
  const { record, timing } = outcome;
  if ('error' in record) return { file, error: record.error, record };
  return { file, content: { sha256, sizeInBytes: record.sizeInBytes }, answer: toAnswer(record, timing), record };
}

function toAnswer(record: AnswerRecord, timing: PhotoTiming): Answer {
  const { label, probability, verdict, predictions, photo, modelName, modelVersion } = record;
  const totalMs = timing.sourceMs + timing.decodeMs + timing.fitMs + timing.modelMs;
  return {
    ...{ label, probability, verdict, predictions, photo },
    model: { name: modelName, version: modelVersion },
    timing: { ...timing, totalMs, coldStart: false },
  };
}

function placeOf({ bucket, key, version = '' }: ObjectReference): string {
  return `${bucket}\n${key}\n${version}`;
}
