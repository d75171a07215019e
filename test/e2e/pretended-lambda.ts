import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Handler } from '../../function/invocation/invocation-context.ts';

/** What moto lacks of Lambda and CloudWatch: versions that answer, and metrics of them. Everything else is moto's. */
export interface PretendedLambda {
  readonly endpoint: string;
  /** What answers by a version's number. */
  readonly versions: Map<string, Handler>;
  /** A metric's values by its id, as GetMetricData gives them. */
  metrics: Readonly<Record<string, readonly number[]>>;
  /** Called at each look at the metrics. */
  onLook: () => unknown;
  readonly close: () => void;
}

export async function pretendLambda(moto: string): Promise<PretendedLambda> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => response.writeHead(502).end(error.message));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const pretended: PretendedLambda = {
    endpoint: `http://127.0.0.1:${port}`,
    versions: new Map(),
    metrics: {},
    onLook: () => undefined,
    close: () => server.close(),
  };
  return pretended;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const url = new URL(request.url ?? '/', moto);
    const handler = pretended.versions.get(url.searchParams.get('Qualifier') ?? '');
    if (url.pathname.endsWith('/invocations') && handler !== undefined) return invoke(handler, body, response);
    if (String(request.headers['x-amz-target']).endsWith('.GetMetricData')) {
      await pretended.onLook();
      const MetricDataResults = Object.entries(pretended.metrics).map(([Id, Values]) => ({ Id, Values }));
      response.end(JSON.stringify({ MetricDataResults }));
      return;
    }
    const forwarded = send(url, { method: request.method, headers: request.headers });
    forwarded.end(body);
    const [answered]: IncomingMessage[] = await once(forwarded, 'response');
    response.writeHead(answered?.statusCode ?? 502, answered?.headers);
    answered?.pipe(response);
  }
}

async function invoke(handler: Handler, body: Buffer, response: ServerResponse): Promise<void> {
  const context = { requestId: 'request-1', deadlineAt: Date.now() + 28_000 };
  try {
    response.end(JSON.stringify(await handler(JSON.parse(body.toString()), context)));
  } catch (error) {
    const { name: errorType, message: errorMessage } = error as Error;
    response.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end(JSON.stringify({ errorType, errorMessage }));
  }
}
