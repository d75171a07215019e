import { parseResultPlace } from '../facts/batch-records.ts';
import { batchSettings } from '../facts/batch-settings.ts';
import { createBatchHandler } from './batch/batch-handler.ts';
import { createByteBudget } from './batch/byte-budget.ts';
import { createClassifyPhotos } from './batch/classify-photos.ts';
import { createFinishDoor } from './batch/finish-door.ts';
import { createMapDoor } from './batch/map-door.ts';
import { createOperationsDoor } from './batch/operations-door.ts';
import { createQueueDoor } from './batch/queue-door.ts';
import { createRunBatch } from './batch/run-batch.ts';
import { createS3Door } from './batch/s3-door.ts';
import { bytesAhead, countProcessors, withShareOf } from './batch/share-memory.ts';
import { createWriteResults } from './batch/write-results.ts';
import type { Handler } from './invocation/invocation-context.ts';
import type { Log } from './invocation/request-log.ts';
import { createKeepPhoto, readKeepSettings } from './keep/keep-photo.ts';
import { choosePlace, onThisThread } from './prediction/classify-photo.ts';
import { createSerialQueue } from './prediction/serial-queue.ts';
import { getObject } from './s3/get-object.ts';
import { createS3Client, type S3ClientOptions } from './s3/s3-client.ts';
import { type Environment, readTable } from './settings/read-setting.ts';
import { readSettings } from './settings/settings.ts';
import { createPhotoThreads } from './threads/photo-threads.ts';
import { wireService } from './wire.ts';

export interface BatchOptions {
  readonly log?: Log;
  /** Lets time pass before S3 is asked again. */
  readonly wait?: S3ClientOptions['wait'];
}

/**
 * The handler of a function for batches of photos in S3, ready for its first event; what is no batch goes where it would in
 * any other function.
 * @throws SettingError naming the variable that can't be used
 */
export async function wireBatch(environment: Environment, { wait, ...options }: BatchOptions = {}): Promise<Handler> {
  const settings = readTable(batchSettings, environment);
  const { batchResults, batchTop: top, batchAhead: ahead } = settings;
  if (batchResults === undefined) throw new TypeError('BATCH_RESULTS is not set.');
  const results = parseResultPlace(batchResults);
  const workers = settings.batchRunsThreads ? countProcessors(environment) : 1;
  const shared = readSettings(withShareOf(environment, workers));
  const threads = workers === 1 ? undefined : createPhotoThreads(workers, shared);
  const service = wireService(environment, { ...options, startsCold: true, settings: shared, threads });
  const { limits, collaborators, log } = service;
  const send = createS3Client({
    environment,
    timeoutInMilliseconds: limits.fetchTimeoutInMilliseconds,
    connections: ahead + 1,
    ...(wait && { wait }),
  });
  const keep = readKeepSettings(environment);
  const place = choosePlace(onThisThread(collaborators, createSerialQueue()), threads);
  const runBatch = createRunBatch({
    classifyPhotos: createClassifyPhotos({
      place,
      readObject: (photo, options) => getObject(send, photo, options),
      budget: createByteBudget(bytesAhead(environment, workers, limits.maximumDecodingMegabytes)),
      ahead: ahead + workers,
      maximumPhotoSizeInBytes: limits.maximumPhotoSizeInBytes,
      top,
      ...(keep && { keep: createKeepPhoto(send, keep, log) }),
    }),
    writeResults: createWriteResults(send, results),
    ownPlaces: keep === undefined ? [results] : [results, keep.place],
    deadlineMarginInMilliseconds: limits.deadlineMarginInMilliseconds,
  });
  await (threads === undefined ? collaborators.classifier() : threads.start());
  const modelVersion = async () => (await place().model()).version;
  return createBatchHandler({
    doors: [
      createQueueDoor(runBatch),
      createMapDoor(runBatch),
      createS3Door(runBatch),
      createOperationsDoor(runBatch),
      createFinishDoor(send, results, modelVersion),
    ],
    others: service.handler,
    log,
    toMetrics: service.toMetrics,
  });
}
