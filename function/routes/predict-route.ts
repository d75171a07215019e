import { authorize } from '../http/authorize.ts';
import { type HttpRequest, jsonResponse } from '../http/http-message.ts';
import type { Route } from '../http/router.ts';
import type { RequestContext } from '../invocation/request-context.ts';
import { type ServiceError, toServiceError } from '../invocation/service-error.ts';
import { mapInOrder } from '../prediction/map-in-order.ts';
import type { Predict } from '../prediction/predict.ts';
import { type Answer, toAnswer } from '../prediction/prediction-answer.ts';
import type { Limits } from '../settings/limits.ts';
import { bodyTooLarge } from '../source/body-too-large.ts';
import type { PhotoRequest, PhotoSource } from '../source/photo-source.ts';
import { readPhotoRequest } from '../source/read-photo-request.ts';
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
    async answer(request, context) {
      authorize(request, secret);
      const options = readOptions(request.query, predictOptions);
      const asked = await context.deadline.race(readRequest(request, limits));
      const readMs = performance.now() - context.startedAt;

      const answerOne = async (source: PhotoSource, from: { startedAt: number; readMs: number }): Promise<Answer> => {
        const prediction = await predict(source, { explain: options.explain, deadline: context.deadline });
        const totalMs = performance.now() - from.startedAt;
        context.record.note({ sizeInBytes: prediction.sizeInBytes, photo: prediction.photo });
        return toAnswer(prediction, { top: options.top, readMs: from.readMs, totalMs, coldStart: context.coldStart });
      };

      if (asked.kind === 'one') {
        context.record.note({ source: asked.source.kind });
        const answer = await answerOne(asked.source, { startedAt: context.startedAt, readMs });
        context.record.note({ label: answer.label, verdict: answer.verdict, timing: answer.timing });
        return jsonResponse(200, answer);
      }
      const items = await mapInOrder(asked.items, concurrentItems, (item) =>
        orFailure(item, (source) => answerOne(source, { startedAt: performance.now(), readMs: 0 })),
      );
      noteItems(context, items);
      return jsonResponse(200, { items: items.map((item) => ('failure' in item ? item.failure.toBody() : item)) });
    },
  };
}

async function readRequest(request: HttpRequest, limits: Limits): Promise<PhotoRequest> {
  const body = request.readBody();
  const { maximumBodySizeInBytes, maximumItems } = limits;
  if (body.length > maximumBodySizeInBytes) throw bodyTooLarge(body.length, maximumBodySizeInBytes);
  return readPhotoRequest(body, request.headers.get('content-type') ?? '', maximumItems);
}

type ItemResult = Answer | { readonly failure: ServiceError };

async function orFailure(
  item: PhotoSource | ServiceError,
  answerOne: (source: PhotoSource) => Promise<Answer>,
): Promise<ItemResult> {
  try {
    if (item instanceof Error) throw item;
    return await answerOne(item);
  } catch (error) {
    return { failure: toServiceError(error) };
  }
}

/** What failed inside a request that is answered with 200 would be seen nowhere else. */
function noteItems({ record }: RequestContext, items: readonly ItemResult[]): void {
  const failures = items.flatMap((item) => ('failure' in item ? [item.failure] : []));
  const internal = failures.find((failure) => failure.code === 'internal_error');
  record.note({ source: 'items', items: items.length, failedItems: failures.map((failure) => failure.code) });
  if (internal !== undefined) record.fail(internal);
}
