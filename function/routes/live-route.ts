import type { Route } from '../http/router.ts';

/** `GET /health/live`: that the process answers, whatever its model does. For whoever restarts one that does not. */
export const liveRoute: Route = {
  method: 'GET',
  path: '/health/live',
  answer: async () => ({ status: 204, headers: { 'cache-control': 'no-store' }, body: '' }),
};
