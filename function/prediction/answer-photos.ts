import type { Answer, Answers } from '../../facts/answers.ts';
import type { ErrorCode } from '../../facts/error-codes.ts';
import type { RequestContext } from '../invocation/request-context.ts';
import { type ServiceError, toServiceError } from '../invocation/service-error.ts';
import type { PhotoRequest, PhotoSource } from '../source/photo-source.ts';
import { mapInOrder } from './map-in-order.ts';
import type { Predict, Prediction } from './predict.ts';
import { toAnswer } from './prediction-answer.ts';

export interface AnsweringOptions {
  /** How many predictions at most, for each photo. */
  readonly top: number;
  readonly explain: boolean;
}

/** Rejects with a ServiceError where one photo was asked about and went wrong. */
export type AnswerPhotos = (
  asked: PhotoRequest,
  options: AnsweringOptions,
  context: RequestContext,
) => Promise<Answer | Answers>;

/** Photos on their way at the same time; from decoding on they take turns anyway. */
const concurrentItems = 4;

type ItemResult = Answer | { readonly failure: ServiceError };

/** What a request asks about as the body of its answer; what became of each photo goes into the log's line. */
export function createAnswerPhotos(predict: Predict): AnswerPhotos {
  return async (asked, { top, explain }, context) => {
    const { deadline, record, coldStart } = context;
    const readMs = performance.now() - context.startedAt;

    const answerOne = async (source: PhotoSource, from: { startedAt: number; readMs: number }) => {
      const prediction = await predict(source, { explain, deadline });
      const totalMs = performance.now() - from.startedAt;
      const answer = toAnswer(prediction, { top, readMs: from.readMs, totalMs, coldStart });
      return { answer, facts: factsOf(prediction, answer) };
    };

    if (asked.kind === 'one') {
      record.note({ source: asked.source.kind });
      const { answer, facts } = await answerOne(asked.source, { startedAt: context.startedAt, readMs });
      record.note({ ...facts, modelVersion: answer.model.version });
      return answer;
    }

    record.note({ source: 'items', items: asked.items.length });
    const photos: (LoggedPhoto | FailedPhoto)[] = [];
    const results = await mapInOrder(asked.items, concurrentItems, async (item, index): Promise<ItemResult> => {
      const kind = item instanceof Error ? {} : { source: item.kind };
      try {
        if (item instanceof Error) throw item;
        const { answer, facts } = await answerOne(item, { startedAt: performance.now(), readMs: 0 });
        photos[index] = { ...kind, ...facts };
        return answer;
      } catch (error) {
        const failure = toServiceError(error);
        photos[index] = { ...kind, code: failure.code };
        return { failure };
      }
    });
    const failures = results.flatMap((result) => ('failure' in result ? [result.failure] : []));
    const model = results.flatMap((result) => ('failure' in result ? [] : [result.model.version]));
    record.note({
      failedItems: failures.map((failure) => failure.code),
      photos,
      ...(model[0] === undefined ? {} : { modelVersion: model[0] }),
    });
    // What failed inside a request that is answered with 200 would be seen nowhere else.
    const internal = failures.find((failure) => failure.code === 'internal_error');
    if (internal !== undefined) record.fail(internal);
    return { items: results.map((result) => ('failure' in result ? result.failure.toBody() : result)) };
  };
}

interface FailedPhoto {
  readonly source?: string;
  readonly code: ErrorCode;
}

type LoggedPhoto = ReturnType<typeof factsOf> & { readonly source?: string };

/** What the log says of a photo that was answered. */
export function factsOf({ sizeInBytes, photo }: Prediction, { label, verdict, timing }: Answer) {
  return { sizeInBytes, photo, label, verdict, timing };
}
