import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { maximumEventSizeInBytes } from '../../facts/lambda.ts';
import { authorize } from '../http/authorize.ts';
import { completeResponse } from '../http/complete-response.ts';
import { errorResponse, type HttpResponse } from '../http/http-message.ts';
import type { InvocationContext } from '../invocation/invocation-context.ts';
import { openRecord } from '../invocation/request-log.ts';
import { ServiceError, toServiceError } from '../invocation/service-error.ts';
import type { Service } from '../wire.ts';
import { callerOf } from './caller-of.ts';
import type { ConnectionShares } from './connection-shares.ts';
import type { Admission } from './create-admission.ts';
import { invocationPath, invokeRaw } from './invoke-raw.ts';
import { readUpload, type Upload } from './read-upload.ts';
import { readRequestTarget } from './request-target.ts';
import { requireLocal } from './require-local.ts';
import { toEvent } from './to-event.ts';
import type { UploadShares } from './upload-shares.ts';

/** What callers have of the server, each no more than a share. */
export interface Shares {
  readonly connections: ConnectionShares;
  readonly admission: Admission;
  readonly uploads: UploadShares;
}

/** What answers, and on which terms. */
export interface Serving {
  readonly service: Service;
  readonly shares: Shares;
  readonly takesRawEvents: boolean;
}

/** From a request of Node's server to its response; never rejects. */
export async function answerRequest(
  serving: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { service } = serving;
  const requestId = randomUUID();
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort(hungUp());
  });
  const sendInTime = (answered: HttpResponse) =>
    send(response, request, answered, service.limits.uploadTimeoutInMilliseconds);
  try {
    sendInTime(await answer(serving, request, { requestId, signal: gone.signal }));
  } catch (thrown) {
    const error = toServiceError(thrown);
    const record = openRecord(service.log, requestId);
    record.note({ door: 'local', status: error.status });
    record.fail(error);
    record.write();
    const { origin } = request.headers;
    const { corsOrigins } = service;
    // Closed with a body on its way, the connection would be reset and the caller lose this answer; kept alive, it lasts
    // until the body is through or too late. Where the caller waits for a word before the body, there is none.
    if (!request.complete && request.headers.expect === undefined) response.shouldKeepAlive = true;
    sendInTime(completeResponse(errorResponse(error), { corsOrigins, origin, requestId }));
  }
}

/** The most bytes that a body may have: on the way of raw events as many as Lambda takes. */
export function bodyLimitFor(request: IncomingMessage, { service, takesRawEvents }: Serving): number {
  const isRaw = takesRawEvents && readRequestTarget(request.url).path === invocationPath;
  return isRaw ? maximumEventSizeInBytes : service.limits.maximumBodySizeInBytes;
}

async function answer(
  serving: Serving,
  request: IncomingMessage,
  invoker: { readonly requestId: string; readonly signal: AbortSignal },
): Promise<HttpResponse> {
  const { handler, limits, secret, corsOrigins } = serving.service;
  const { connections, admission, uploads } = serving.shares;
  if (corsOrigins === 'loopback') requireLocal(request);
  const { path, query } = readRequestTarget(request.url);
  const isPost = request.method === 'POST';
  const isRaw = serving.takesRawEvents && isPost && path === invocationPath;
  // A look at the health that runs the model takes a turn as a photo does.
  const takesTurn = isPost || new URLSearchParams(query).has('deep');
  const caller = callerOf(request.socket.remoteAddress);
  // On Lambda, AWS decides who may hand in a raw event; here nobody else would.
  if (isRaw) authorize({ headers: headersOf(request) }, secret);
  // What would be refused after its upload is refused before.
  if (takesTurn) admission.requireRoom(caller);
  const held = uploads.open(caller);
  let upload: Upload | undefined;
  try {
    upload = await readUpload(request, bodyLimitFor(request, serving), held);
    const { bytes } = upload;
    connections.begin(request.socket);
    const context: InvocationContext = { ...invoker, deadlineAt: Date.now() + limits.answerTimeoutInMilliseconds };
    const work = async () =>
      isRaw ? invokeRaw(handler, bytes, context) : fromResult(await handler(toEvent(request, bytes), context));
    return await (takesTurn ? admission.admit(caller, work) : work());
  } finally {
    held.release();
    if (upload !== undefined) {
      upload.free();
      connections.end(request.socket);
    }
  }
}

function headersOf(request: IncomingMessage): ReadonlyMap<string, string> {
  return new Map(Object.entries(request.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]));
}

/** What the HTTP door returns for payload format 2.0. */
interface PayloadResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

function fromResult(result: unknown): HttpResponse {
  const { statusCode, headers, body, isBase64Encoded } = result as PayloadResult;
  return { status: statusCode, headers, body: isBase64Encoded ? Buffer.from(body, 'base64') : body };
}

/** @param timeoutInMilliseconds for the caller to take the answer; a connection whose caller does not is destroyed */
function send(
  response: ServerResponse,
  request: IncomingMessage,
  { status, headers, body }: HttpResponse,
  timeoutInMilliseconds: number,
): void {
  if (response.destroyed) return;
  const timer = setTimeout(() => response.destroy(), timeoutInMilliseconds);
  response.on('close', () => clearTimeout(timer));
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (request.method !== 'HEAD' && status !== 204) response.setHeader('content-length', Buffer.byteLength(body));
  response.statusCode = status;
  response.end(body);
}

function hungUp(): ServiceError {
  return new ServiceError('bad_request', 'The caller hung up before the answer.', 'Wait for the answer.');
}
