import { authorize } from '../http/authorize.ts';
import { type HttpRequest, jsonResponse } from '../http/http-message.ts';
import type { Route } from '../http/router.ts';
import type { AnswerPhotos } from '../prediction/answer-photos.ts';
import type { Limits } from '../settings/limits.ts';
import { bodyTooLarge } from '../source/body-too-large.ts';
import type { PhotoRequest } from '../source/photo-source.ts';
import { readPhotoRequest } from '../source/read-photo-request.ts';
import { joinOptions, predictOptions, readOptions } from './read-options.ts';

export interface PredictRouteSettings {
  readonly limits: Limits;
  readonly secret: string | undefined;
}

/** `POST /predict`: a prediction, or one result or error for each of several items, in their order. */
export function createPredictRoute(answerPhotos: AnswerPhotos, { limits, secret }: PredictRouteSettings): Route {
  return {
    method: 'POST',
    path: '/predict',
    async answer(request, context) {
      authorize(request, secret);
      // Before the body is looked at: an option that is wrong there needs no reading of it.
      const inQuery = readOptions(request.query, predictOptions);
      const asked = await context.deadline.race(() => readRequest(request, limits));
      const { options: inBody } = asked;
      const options = inBody === undefined ? inQuery : readOptions(joinOptions(request.query, inBody), predictOptions);
      return jsonResponse(200, await answerPhotos(asked, options, context));
    },
  };
}

async function readRequest(request: HttpRequest, limits: Limits): Promise<PhotoRequest> {
  const { maximumBodySizeInBytes, maximumItems } = limits;
  let body = request.readBody();
  if (body.length > maximumBodySizeInBytes) throw bodyTooLarge(body.length, maximumBodySizeInBytes);
  const contentEncoding = request.headers.get('content-encoding');
  if (contentEncoding !== undefined) {
    const { decompressBody } = await import('../source/decompress-body.ts');
    body = await decompressBody(body, contentEncoding, maximumBodySizeInBytes);
  }
  return readPhotoRequest(body, request.headers.get('content-type') ?? '', maximumItems);
}
