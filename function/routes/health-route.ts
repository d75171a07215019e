import type { Health } from '../health/health.ts';
import { authorize, requireSecret } from '../http/authorize.ts';
import { jsonResponse } from '../http/http-message.ts';
import type { Route } from '../http/router.ts';
import { healthOptions, readOptions } from './read-options.ts';

/** `GET /health`, whose deep questions cost what predictions cost and more. */
export function createHealthRoute(health: Health, secret: string | undefined): Route {
  return {
    method: 'GET',
    path: '/health',
    async answer(request, { deadline }) {
      const question = readOptions(request.query, healthOptions);
      if (question.reference) requireSecret(request, secret);
      else if (question.deep) authorize(request, secret);
      return jsonResponse(200, await health(question, deadline));
    },
  };
}
