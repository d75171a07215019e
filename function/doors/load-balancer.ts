import { nodeHttp } from '../http/node-http.ts';
import { fieldsOf, type PayloadFormat, readBody, readHeaders, textOf, toResultBody } from './http-event.ts';

/**
 * The event of an Application Load Balancer
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html). Unlike API Gateway it hands
 * the query over undecoded, and where its target group has multi-value headers on, they come in lists and the answer's
 * must too.
 */
export const loadBalancer: PayloadFormat = {
  accepts(value) {
    const event = fieldsOf(value);
    return typeof event.httpMethod === 'string' && typeof fieldsOf(event.requestContext).elb === 'object';
  },
  toRequest(value) {
    const event = fieldsOf(value);
    const headers = readHeaders(event.headers, event.multiValueHeaders);
    return {
      method: textOf(event.httpMethod).toUpperCase(),
      path: textOf(event.path, '/') || '/',
      query: readQuery(event.queryStringParameters, event.multiValueQueryStringParameters),
      headers,
      gatewayRequestId: headers.get('x-amzn-trace-id'),
      readBody: () => readBody(event),
    };
  },
  toResult({ status, headers, body }, event) {
    const result = {
      statusCode: status,
      statusDescription: `${status} ${nodeHttp().STATUS_CODES[status] ?? ''}`.trim(),
      ...toResultBody(body),
    };
    if (fieldsOf(event).multiValueHeaders === undefined) return { ...result, headers };
    const lists = Object.entries(headers).map(([name, header]) => [name, [header]]);
    return { ...result, multiValueHeaders: Object.fromEntries(lists) };
  },
};

/** Put together again as it was in the address, and decoded as one. */
function readQuery(single: unknown, multiple: unknown): URLSearchParams {
  const pairs = Object.entries({ ...fieldsOf(single), ...fieldsOf(multiple) }).flatMap(([name, values]) =>
    (Array.isArray(values) ? values : [values]).map((value) => `${name}=${String(value)}`),
  );
  return new URLSearchParams(pairs.join('&'));
}
