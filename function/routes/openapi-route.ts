import { jsonResponse } from '../http/http-message.ts';
import type { Route } from '../http/router.ts';
import { type ApiFacts, describeApi } from '../openapi/describe-api.ts';

/** `GET /openapi.json`: the description of the service. */
export function createOpenApiRoute(facts: ApiFacts): Route {
  const response = jsonResponse(200, describeApi(facts));
  return {
    method: 'GET',
    path: '/openapi.json',
    answer: async () => ({ ...response, headers: { ...response.headers, 'cache-control': 'no-cache' } }),
  };
}
