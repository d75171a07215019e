import type { Router } from '../http/router.ts';
import type { Door } from './door.ts';
import { loadBalancer } from './load-balancer.ts';
import { payload1 } from './payload-1.ts';
import { payload2 } from './payload-2.ts';

/** Most often used first; a load balancer's events would pass for payload format 1.0 as well. */
const formats = [payload2, loadBalancer, payload1];

const knownMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A request through a function URL, an HTTP API, a REST API or a load balancer: answered in the form that it came in. */
export function createHttpDoor(router: Router): Door {
  const formatOf = (event: unknown) => formats.find((format) => format.accepts(event));
  return {
    name: 'http',
    accepts: (event) => formatOf(event) !== undefined,
    async answer(event, context) {
      const format = formatOf(event);
      if (format === undefined) throw new TypeError('The event is not one of HTTP.');
      const request = format.toRequest(event);
      context.record.note({
        method: knownMethods.has(request.method) ? request.method : 'other',
        // The gateway's own log knows the request by this id.
        ...(request.gatewayRequestId === undefined ? {} : { apiRequestId: request.gatewayRequestId.slice(0, 100) }),
      });
      const response = await router(request, context);
      context.record.note({ status: response.status });
      return format.toResult(response, event);
    },
  };
}
