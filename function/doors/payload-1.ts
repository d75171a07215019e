import type { JsonObject } from '../../facts/json-object.ts';
import { fieldsOf, type PayloadFormat, readBody, readHeaders, readRequestId, textOf, toResult } from './http-event.ts';

/** Payload format 1.0: a REST API with proxy integration. */
export const payload1: PayloadFormat = {
  accepts(value) {
    const event = fieldsOf(value);
    return typeof event.httpMethod === 'string' && typeof event.path === 'string';
  },
  toRequest(value) {
    const event = fieldsOf(value);
    return {
      method: textOf(event.httpMethod).toUpperCase(),
      path: readPath(event),
      query: readQuery(event),
      headers: readHeaders(event.headers, event.multiValueHeaders),
      gatewayRequestId: readRequestId(event),
      readBody: () => readBody(event),
    };
  },
  toResult,
};

/**
 * The path below the API's base: behind a custom domain `path` begins with the mapping's base path, which only the
 * greedy parameter of the resource leaves out.
 */
function readPath(event: JsonObject): string {
  const proxy = fieldsOf(event.pathParameters).proxy;
  if (textOf(event.resource).endsWith('/{proxy+}') && typeof proxy === 'string') {
    return textOf(event.resource).replace('{proxy+}', proxy);
  }
  return textOf(event.resource) === '/' ? '/' : textOf(event.path, '/') || '/';
}

/** REST APIs hand the query over decoded; the map of lists holds what the plain map drops. */
function readQuery(event: JsonObject): URLSearchParams {
  const lists = Object.entries(fieldsOf(event.multiValueQueryStringParameters));
  if (lists.length === 0) {
    return toQuery(Object.entries(fieldsOf(event.queryStringParameters)));
  }
  return toQuery(
    lists.flatMap(([name, values]) => (Array.isArray(values) ? values : []).map((value) => [name, value] as const)),
  );
}

function toQuery(pairs: readonly (readonly [name: string, value: unknown])[]): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of pairs) query.append(name, String(value));
  return query;
}
