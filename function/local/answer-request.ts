import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { authorize } from '../http/authorize.ts';
import { completeResponse } from '../http/complete-response.ts';
import { errorResponse, type HttpResponse } from '../http/http-message.ts';
import type { InvocationContext } from '../invocation/invocation-context.ts';
import { openRecord } from '../invocation/request-log.ts';
import { ServiceError, toServiceError } from '../invocation/service-error.ts';
import type { Limits } from '../settings/limits.ts';
import type { Service } from '../wire.ts';
import type { Admission } from './create-admission.ts';
import { invocationPath, invokeRaw, maximumEventSizeInBytes } from './invoke-raw.ts';
import { readUpload } from './read-upload.ts';
import { toEvent } from './to-event.ts';

/** From a request of Node's server to its response; never rejects. */
export async function answerRequest(
  service: Service,
  admission: Admission,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomUUID();
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort(hungUp());
  });
  try {
    send(response, request, await answer(service, admission, request, { requestId, signal: gone.signal }));
  } catch (thrown) {
    const error = toServiceError(thrown);
    const record = openRecord(service.log, requestId);
    record.note({ door: 'local', method: request.method, path: pathOf(request).slice(0, 200), status: error.status });
    record.fail(error);
    record.write();
    const { origin } = request.headers;
    const { corsOrigins } = service;
    // Closed with a body on its way, the connection would be reset and the caller lose this answer; kept alive, it lasts
    // until the body is through or too late. Where the caller waits for a word before the body, there is none.
    if (!request.complete && request.headers.expect === undefined) response.shouldKeepAlive = true;
    send(response, request, completeResponse(errorResponse(error), { corsOrigins, origin, requestId }));
  }
}

/** The most bytes that a body may have: on the way of raw events as many as Lambda takes. */
export function bodyLimitFor(request: IncomingMessage, limits: Limits): number {
  return pathOf(request) === invocationPath ? maximumEventSizeInBytes : limits.maximumBodySizeInBytes;
}

async function answer(
  { handler, limits, secret }: Service,
  admission: Admission,
  request: IncomingMessage,
  caller: { readonly requestId: string; readonly signal: AbortSignal },
): Promise<HttpResponse> {
  const isPost = request.method === 'POST';
  const isRaw = isPost && pathOf(request) === invocationPath;
  // On Lambda, AWS decides who may hand in a raw event; here nobody else would.
  if (isRaw) authorize({ headers: headersOf(request) }, secret);
  // What would be refused after its upload is refused before.
  if (isPost) admission.requireRoom();
  const body = await readUpload(request, bodyLimitFor(request, limits));
  const context: InvocationContext = { ...caller, deadlineAt: Date.now() + limits.answerTimeoutInMilliseconds };
  const work = async () =>
    isRaw
      ? invokeRaw(handler, body, context)
      : fromResult(await handler(toEvent(request, body, caller.requestId), context));
  return isPost ? admission.admit(work) : work();
}

function headersOf(request: IncomingMessage): ReadonlyMap<string, string> {
  return new Map(Object.entries(request.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]));
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

/** What the HTTP door returns for payload format 2.0. */
interface PayloadResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function fromResult(result: unknown): HttpResponse {
  const { statusCode, headers, body } = result as PayloadResult;
  return { status: statusCode, headers, body };
}

function send(response: ServerResponse, request: IncomingMessage, { status, headers, body }: HttpResponse): void {
  if (response.destroyed) return;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (request.method !== 'HEAD' && status !== 204) response.setHeader('content-length', Buffer.byteLength(body));
  response.statusCode = status;
  response.end(body);
}

function hungUp(): ServiceError {
  return new ServiceError('bad_request', 'The caller hung up before the answer.', 'Wait for the answer.');
}
