import { hash } from 'node:crypto';
import type { SentPhotoRecord } from '../../facts/batch-records.ts';
import { batchSettings } from '../../facts/batch-settings.ts';
import { digestOf } from '../batch/record-photo.ts';
import type { Log } from '../invocation/request-log.ts';
import type { Prediction } from '../prediction/predict.ts';
import { toAnswer } from '../prediction/prediction-answer.ts';
import type { SendToS3 } from '../s3/s3-client.ts';
import type { AnsweredPhoto } from './answered-photos.ts';
import { createKeepPhoto, extensionOf, type KeepSettings } from './keep-photo.ts';

/** Keeps some of the photos that callers have sent: which, follows from their bytes. A copy that fails is a line in the log. */
export function createKeepAnswered(send: SendToS3, settings: KeepSettings, log: Log) {
  const keepPhoto = createKeepPhoto(send, settings, log);
  return async (photos: readonly AnsweredPhoto[], signal: AbortSignal): Promise<void> => {
    for (const { bytes, prediction } of photos) {
      if (signal.aborted) return;
      await keepPhoto(bytes, recordSent(bytes, prediction), signal);
    }
  };
}

function recordSent(bytes: Uint8Array, prediction: Prediction): SentPhotoRecord {
  const { model, sizeInBytes, photo } = prediction;
  const top = batchSettings.batchTop.default;
  const { label, probability, verdict, predictions } = toAnswer(prediction, {
    ...{ top, readMs: 0, totalMs: 0, coldStart: false },
  });
  const sha256 = hash('sha256', bytes);
  const id = digestOf([sha256, model.version]);
  return {
    id,
    file: `${id}.${extensionOf(photo)}`,
    ...{ sha256, sizeInBytes, modelName: model.name, modelVersion: model.version },
    ...{ label, probability, verdict, predictions, photo },
  };
}
