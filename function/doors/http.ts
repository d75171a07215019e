import type { Router } from '../http/router.ts';
import type { Door } from './door.ts';
import { payload1 } from './payload-1.ts';
import { payload2 } from './payload-2.ts';

const formats = [payload2, payload1];

/** A request that came through a function URL, an HTTP API or a REST API: answered in the form that it came in. */
export function createHttpDoor(router: Router): Door {
  const formatOf = (event: unknown) => formats.find((format) => format.accepts(event));
  return {
    name: 'http',
    accepts: (event) => formatOf(event) !== undefined,
    async answer(event, context) {
      const format = formatOf(event);
      if (format === undefined) throw new TypeError('The event is not one of HTTP.');
      const request = format.toRequest(event);
      context.record.note({ method: request.method.slice(0, 20), path: request.path.slice(0, 200) });
      const response = await router(request, context);
      context.record.note({ status: response.status });
      return format.toResult(response);
    },
  };
}
