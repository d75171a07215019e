import { parseJson } from '../../files/parse-json.ts';
import { type HttpResponse, jsonResponse } from '../http/http-message.ts';
import type { Handler, InvocationContext } from '../invocation/invocation-context.ts';
import { ServiceError } from '../invocation/service-error.ts';
import { toErrorReport } from '../runtime/error-report.ts';

/** Where Lambda's own emulator takes events. */
export const invocationPath = '/2015-03-31/functions/function/invocations';

/**
 * Hands a raw event to the handler and answers as Lambda's Invoke does: what the handler returned, or its error with
 * status 200 and a header that says so.
 *
 * @throws ServiceError `bad_request` for a body that is no JSON
 */
export async function invokeRaw(handler: Handler, body: Uint8Array, context: InvocationContext): Promise<HttpResponse> {
  const event = parseEvent(body);
  try {
    return jsonResponse(200, (await handler(event, context)) ?? null);
  } catch (error) {
    const failed = jsonResponse(200, toErrorReport(error));
    return { ...failed, headers: { ...failed.headers, 'x-amz-function-error': 'Unhandled' } };
  }
}

function parseEvent(body: Uint8Array): unknown {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new ServiceError(
      'bad_request',
      'The event is not readable JSON.',
      'Send an event such as {"url": "https://…"}.',
      {
        cause,
      },
    );
  }
}
