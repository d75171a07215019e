import { type Answer, toAnswer } from '../answer.ts';
import { type ServiceError, toServiceError } from '../errors.ts';
import { authorize } from '../http/authorize.ts';
import { jsonResponse } from '../http/http-message.ts';
import type { Route } from '../http/router.ts';
import type { Limits } from '../limits.ts';
import { mapInOrder } from '../map-in-order.ts';
import type { Predict } from '../predict.ts';
import { bodyTooLarge } from '../source/body-too-large.ts';
import type { PhotoSource } from '../source/photo-source.ts';
import { readPhotoRequest } from '../source/read-photo-request.ts';
import type { Work } from '../work.ts';
import { predictOptions, readOptions } from './read-options.ts';

export interface PredictRouteSettings {
  readonly limits: Limits;
  readonly secret: string | undefined;
}

/** Photos on their way at the same time; from decoding on they take turns anyway. */
const concurrentItems = 4;

/** `POST /predict`: a prediction, or one result or error for each of several items, in their order. */
export function createPredictRoute(predict: Predict, { limits, secret }: PredictRouteSettings): Route {
  return {
    method: 'POST',
    path: '/predict',
    async answer(request, work) {
      authorize(request, secret);
      const options = readOptions(request.query, predictOptions);
      const body = request.readBody();
      if (body.length > limits.maximumBodySizeInBytes) {
        throw bodyTooLarge(body.length, limits.maximumBodySizeInBytes);
      }
      const contentType = request.headers.get('content-type') ?? '';
      const asked = await work.deadline.race(readPhotoRequest(body, contentType, limits.maximumItems));

      const answerOne = async (source: PhotoSource, startedAt: number): Promise<Answer> => {
        const prediction = await predict(source, { explain: options.explain, deadline: work.deadline });
        const totalMs = performance.now() - startedAt;
        work.record.note({ sizeInBytes: prediction.sizeInBytes, photo: prediction.photo });
        return toAnswer(prediction, { top: options.top, totalMs, coldStart: work.coldStart });
      };

      if (asked.kind === 'one') {
        work.record.note({ source: asked.source.kind });
        const answer = await answerOne(asked.source, work.startedAt);
        work.record.note({ label: answer.label, verdict: answer.verdict, timing: answer.timing });
        return jsonResponse(200, answer);
      }
      const items = await mapInOrder(asked.items, concurrentItems, (item) => answerItem(item, answerOne));
      noteItems(work, items);
      return jsonResponse(200, { items: items.map((item) => ('failure' in item ? item.failure.toBody() : item)) });
    },
  };
}

type ItemResult = Answer | { readonly failure: ServiceError };

async function answerItem(
  item: PhotoSource | ServiceError,
  answerOne: (source: PhotoSource, startedAt: number) => Promise<Answer>,
): Promise<ItemResult> {
  try {
    if (item instanceof Error) throw item;
    return await answerOne(item, performance.now());
  } catch (error) {
    return { failure: toServiceError(error) };
  }
}

/** What failed inside a request that is answered with 200 would be seen nowhere else. */
function noteItems({ record }: Work, items: readonly ItemResult[]): void {
  const failures = items.flatMap((item) => ('failure' in item ? [item.failure] : []));
  const internal = failures.find((failure) => failure.code === 'internal_error');
  record.note({ source: 'items', items: items.length, failedItems: failures.map((failure) => failure.code) });
  if (internal !== undefined) record.fail(internal);
}
