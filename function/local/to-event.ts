import type { IncomingMessage } from 'node:http';
import { readRequestTarget } from './request-target.ts';

/**
 * The event in which a function URL would hand over this request: payload format 2.0, as far as the function reads it, but for the
 * body, which no JSON has to carry here.
 */
export function toEvent(request: IncomingMessage, body: Uint8Array): unknown {
  const { path, query } = readRequestTarget(request.url);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: Object.fromEntries(
      Object.entries(request.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
    ),
    requestContext: {
      stage: '$default',
      http: { method: request.method ?? 'GET', path, sourceIp: request.socket.remoteAddress ?? '' },
    },
    body,
  };
}
