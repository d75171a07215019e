import { jsonResponse } from '../http/http-message.ts';
import type { Route } from '../http/router.ts';
import type { ApiFacts } from '../openapi/describe-api.ts';
import { loadOnce } from '../prediction/load-once.ts';

/** `GET /openapi.json`: the description of the service. Written at its first request, and loaded no sooner. */
export function createOpenApiRoute(facts: ApiFacts): Route {
  const description = loadOnce(async () => {
    const { describeApi } = await import('../openapi/describe-api.ts');
    const response = jsonResponse(200, describeApi(facts));
    return { ...response, headers: { ...response.headers, 'cache-control': 'no-cache' } };
  });
  return { method: 'GET', path: '/openapi.json', answer: description };
}
