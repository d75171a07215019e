import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ExplainedError } from '../../facts/explained-error.ts';
import { nodeHttp } from '../../function/http/node-http.ts';
import { contentSecurityPolicy } from '../../function/page/content-security-policy.ts';
import { explainRefusal, pathBehindToken, type ReviewDoor } from './review-guard.ts';
import type { ReviewSession } from './review-session.ts';
import type { SaidOfPhoto } from './review-state.ts';

export interface RunningReview {
  /** The only address that opens the page. */
  readonly address: string;
  /** Resolves when the page says that the person is done. */
  readonly finished: Promise<void>;
  close(): Promise<void>;
}

type Session = Pick<ReviewSession, 'state' | 'preview' | 'say' | 'undo' | 'again'>;

const tokenSizeInBytes = 16;
const largestBodyInBytes = 4_096;

/** The page and what it asks, on this machine alone; port 0 chooses a free one. */
export async function serveReview(session: Session, page: string, port = 0): Promise<RunningReview> {
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const door = { port: 0, token: randomBytes(tokenSizeInBytes).toString('base64url') };
  const server = nodeHttp().createServer((request, response) => {
    void answer(request, response, { door, session, page, finish });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  door.port = (server.address() as AddressInfo).port;
  return {
    address: `http://127.0.0.1:${door.port}/${door.token}/`,
    finished,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Serving {
  readonly door: ReviewDoor;
  readonly session: Session;
  readonly page: string;
  readonly finish: () => void;
}

async function answer(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const path = (request.url ?? '').replace(/\?.*$/s, '');
  const method = request.method ?? '';
  for (const [name, value] of Object.entries(commonHeaders)) response.setHeader(name, value);
  const refusal = explainRefusal({ method, path, headers: request.headers }, serving.door);
  if (refusal !== undefined) {
    sendProblem(
      response,
      403,
      `This request is refused: ${refusal}.`,
      'Open the address that lambda-lens review shows.',
    );
    request.resume();
    return;
  }
  try {
    await route(request, response, { ...serving, method, path: pathBehindToken(path, serving.door.token) });
  } catch (error) {
    if (error instanceof ExplainedError) sendProblem(response, 409, error.message, error.hint);
    else
      sendProblem(
        response,
        500,
        `lambda-lens failed: ${error instanceof Error ? error.message : error}`,
        'Please report it.',
      );
  }
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  { session, page, finish, method, path }: Serving & { readonly method: string; readonly path: string },
): Promise<void> {
  const [, id] = /^\/photos\/(\d{1,9})$/.exec(path) ?? [];
  switch (`${method} ${id === undefined ? path : '/photos'}`) {
    case 'GET /':
      response.setHeader('content-security-policy', contentSecurityPolicy(page));
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(page);
      return;
    case 'GET /state':
      return sendJson(response, 200, { state: await session.state(), done: '' });
    case 'GET /photos': {
      const preview = await session.preview(Number(id));
      if (preview === undefined) return sendProblem(response, 404, 'There is no such photo.', 'Load the page anew.');
      response.setHeader('content-type', 'image/jpeg');
      response.end(preview);
      return;
    }
    case 'POST /said': {
      const said = readSaid(await readBody(request));
      if (said === undefined)
        return sendProblem(response, 400, 'That is nothing to say of a photo.', 'Load the page anew.');
      return sendJson(response, 200, await session.say(said));
    }
    case 'POST /undo':
      return sendJson(response, 200, await session.undo());
    case 'POST /again':
      return sendJson(response, 200, await session.again());
    case 'POST /finish':
      sendJson(response, 200, {});
      response.once('close', finish);
      return;
    default:
      sendProblem(response, 404, 'There is nothing here.', 'Load the page anew.');
  }
}

const commonHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** Undefined for what is too long, or no JSON. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestBodyInBytes) return undefined;
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function readSaid(body: unknown): SaidOfPhoto | undefined {
  const { id, label, none, skip } = (body ?? {}) as Partial<Record<string, unknown>>;
  if (!Number.isSafeInteger(id) || [label, none, skip].filter((one) => one !== undefined).length !== 1)
    return undefined;
  if (typeof label === 'string') return { id: id as number, label };
  if (none === true) return { id: id as number, none };
  return skip === true ? { id: id as number, skip } : undefined;
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

function sendProblem(response: ServerResponse, status: number, message: string, hint: string): void {
  sendJson(response, status, { error: { message, hint } });
}
