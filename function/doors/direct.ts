import type { Predict } from '../prediction/predict.ts';
import { toScores } from '../prediction/prediction-answer.ts';
import type { Limits } from '../settings/limits.ts';
import { bodyTooLarge } from '../source/body-too-large.ts';
import type { PhotoSource } from '../source/photo-source.ts';
import { readPhotoObject } from '../source/read-photo-object.ts';
import type { Door } from './door.ts';

/**
 * The bare event `{"url"}`, `{"image"}` or `{"s3"}` of `aws lambda invoke`, the console's Test button and REST APIs
 * without proxy integration: answered by a bare object of all labels to scores. It takes whatever no other door does.
 */
export function createDirectDoor(predict: Predict, limits: Limits): Door {
  return {
    name: 'direct',
    accepts: () => true,
    async answer(event, { deadline, record }) {
      const source = readPhotoObject(event);
      record.note({ source: source.kind });
      requireSizeWithin(source, limits);
      const prediction = await predict(source, { explain: false, deadline });
      record.note({ sizeInBytes: prediction.sizeInBytes, photo: prediction.photo });
      return toScores(prediction);
    },
  };
}

function requireSizeWithin(source: PhotoSource, { maximumBodySizeInBytes }: Limits): void {
  if (source.kind === 'bytes' && source.bytes.length > maximumBodySizeInBytes) {
    throw bodyTooLarge(source.bytes.length, maximumBodySizeInBytes);
  }
}
