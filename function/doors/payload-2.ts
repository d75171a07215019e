import { fieldsOf, type PayloadFormat, readBody, readHeaders, readRequestId, textOf, toResult } from './http-event.ts';

/** Payload format 2.0: a function URL, or an HTTP API. */
export const payload2: PayloadFormat = {
  accepts(value) {
    const event = fieldsOf(value);
    return event.version === '2.0' && typeof fieldsOf(fieldsOf(event.requestContext).http).method === 'string';
  },
  toRequest(value) {
    const event = fieldsOf(value);
    const { http, stage } = fieldsOf(event.requestContext);
    return {
      method: textOf(fieldsOf(http).method).toUpperCase(),
      path: withoutStage(textOf(event.rawPath, '/'), textOf(stage, '$default')),
      query: new URLSearchParams(textOf(event.rawQueryString)),
      headers: readHeaders(event.headers),
      gatewayRequestId: readRequestId(event),
      readBody: () => readBody(event),
    };
  },
  toResult,
};

/** An HTTP API with a named stage leaves its name in the path; `$default` never stands in one. */
function withoutStage(path: string, stage: string): string {
  const prefix = `/${stage}`;
  return path === prefix || path.startsWith(`${prefix}/`) ? path.slice(prefix.length) || '/' : path || '/';
}
