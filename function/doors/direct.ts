import { isJsonObject } from '../../facts/json-object.ts';
import { type AnswerPhotos, factsOf } from '../prediction/answer-photos.ts';
import type { Predict } from '../prediction/predict.ts';
import { toAnswer, toCourseAnswer, toScores } from '../prediction/prediction-answer.ts';
import { predictOptions, readOptions } from '../routes/read-options.ts';
import type { DirectAnswer } from '../settings/direct-answer.ts';
import type { Limits } from '../settings/limits.ts';
import { isAbsent } from '../source/body-options.ts';
import type { Door } from './door.ts';

export interface DirectDoorSettings {
  readonly limits: Limits;
  readonly directAnswer: DirectAnswer;
}

/**
 * The bare event `{"url"}`, `{"image"}` or `{"s3"}` of `aws lambda invoke`, the console's Test button and REST APIs
 * without proxy integration: answered by a bare object of all labels to scores. With options or items it is answered as
 * the same JSON over HTTP would be. It takes whatever no other door does.
 */
export function createDirectDoor(
  predict: Predict,
  answerPhotos: AnswerPhotos,
  { limits, directAnswer }: DirectDoorSettings,
): Door {
  return {
    name: 'direct',
    accepts: () => true,
    async answer(event, context) {
      const { deadline, record, coldStart, startedAt } = context;
      const { readDirectEvent } = await import('./read-direct-event.ts');
      const asked = readDirectEvent(event, limits);
      if (asked.kind === 'items' || asked.options !== undefined) {
        const options = readOptions(asked.options ?? new URLSearchParams(), predictOptions);
        return answerPhotos(asked, options, context);
      }
      record.note({ source: asked.source.kind });
      const readMs = performance.now() - startedAt;
      const prediction = await predict(asked.source, { explain: false, deadline });
      const totalMs = performance.now() - startedAt;
      const answer = toAnswer(prediction, { top: 1, readMs, totalMs, coldStart });
      record.note({ ...factsOf(prediction, answer), modelVersion: answer.model.version });
      return directAnswer === 'course-2026' && isCourseEvent(event) ? toCourseAnswer(prediction) : toScores(prediction);
    },
  };
}

/** `{"image_url"}` and nothing else, as the course's client sends it since 2026. */
function isCourseEvent(event: unknown): boolean {
  if (!isJsonObject(event)) return false;
  const given = Object.entries(event).filter(([, value]) => !isAbsent(value));
  return given.length === 1 && given[0]?.[0] === 'image_url';
}
