import type { IncomingMessage } from 'node:http';

/** The event in which a function URL would hand over this request: payload format 2.0, as far as the function reads it. */
export function toEvent(request: IncomingMessage, body: Uint8Array, requestId: string): unknown {
  const target = request.url ?? '/';
  const queryAt = target.indexOf('?');
  const rawPath = queryAt === -1 ? target : target.slice(0, queryAt);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: queryAt === -1 ? '' : target.slice(queryAt + 1),
    headers: Object.fromEntries(
      Object.entries(request.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
    ),
    requestContext: {
      requestId,
      stage: '$default',
      http: { method: request.method ?? 'GET', path: rawPath, sourceIp: request.socket.remoteAddress ?? '' },
    },
    body: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64'),
    isBase64Encoded: true,
  };
}
