import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from '../http/node-http.ts';
import type { ErrorReport } from './error-report.ts';

/** One event as the Runtime API hands it over; `event` is the undecoded JSON text. */
export interface Invocation {
  readonly requestId: string;
  /** In milliseconds since the epoch. */
  readonly deadlineAt: number;
  /** The X-Ray trace header, absent where tracing is off and the gateway sent none. */
  readonly traceId: string | undefined;
  readonly event: string;
}

/** What the Runtime API answered to a message that it did not take; `status` is its HTTP status. */
export class RuntimeApiError extends Error {
  override readonly name = 'RuntimeApiError';
  readonly status: number;

  constructor(path: string, status: number, body: string) {
    super(`The Runtime API answered ${status} to ${path}: ${body.slice(0, 500)}`);
    this.status = status;
  }
}

interface RuntimeResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * Client of the Lambda Runtime API, version 2018-06-01
 * (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html), over one kept-alive connection.
 */
export class RuntimeApi {
  readonly #host: string;
  readonly #port: number;
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  /** @param endpoint host:port, as Lambda puts it in AWS_LAMBDA_RUNTIME_API. */
  constructor(endpoint: string) {
    const url = URL.parse(`http://${endpoint}`);
    if (!url?.hostname) throw new TypeError(`AWS_LAMBDA_RUNTIME_API is ${JSON.stringify(endpoint)}, not host:port.`);
    this.#host = url.hostname.replace(/^\[|\]$/g, '');
    this.#port = Number(url.port || 80);
  }

  /**
   * Waits for the next event, for as long as it takes: Lambda freezes the process meanwhile, so there is no timeout.
   * Rejects with an AbortError once `signal` fires.
   */
  async next(signal: AbortSignal): Promise<Invocation> {
    const { status, headers, body } = await this.#exchange('GET', '/invocation/next', { signal });
    if (status !== 200) throw new RuntimeApiError('/invocation/next', status, body);
    const requestId = headers['lambda-runtime-aws-request-id'];
    const deadlineAt = Number(headers['lambda-runtime-deadline-ms']);
    if (typeof requestId !== 'string' || requestId === '' || !Number.isFinite(deadlineAt)) {
      throw new Error('The Runtime API handed over an event without a request id or a deadline.');
    }
    const traceId = headers['lambda-runtime-trace-id'];
    return { requestId, deadlineAt, traceId: typeof traceId === 'string' ? traceId : undefined, event: body };
  }

  /** Hands in the answer (JSON text). */
  async respond(requestId: string, answer: string): Promise<void> {
    await this.#post(`/invocation/${encodeURIComponent(requestId)}/response`, answer);
  }

  /** Says that this one invocation failed; the next may come. */
  async reportError(requestId: string, report: ErrorReport): Promise<void> {
    await this.#postReport(`/invocation/${encodeURIComponent(requestId)}/error`, report);
  }

  /** Says that the function cannot start; Lambda expects the process to end after it. */
  async reportInitError(report: ErrorReport): Promise<void> {
    await this.#postReport('/init/error', report);
  }

  /**
   * Says that the function is ready for its snapshot, and waits, however long: what is answered comes in a process that was
   * restored from it. No connection outlives a snapshot.
   * (https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks.html)
   */
  async awaitRestore(): Promise<void> {
    const { status, body } = await this.#exchange('GET', '/restore/next', {});
    if (status !== 200) throw new RuntimeApiError('/restore/next', status, body);
    this.#agent.destroy();
    this.#agent = new Agent({ keepAlive: true, maxSockets: 1 });
  }

  close(): void {
    this.#agent.destroy();
  }

  async #postReport(path: string, report: ErrorReport): Promise<void> {
    await this.#post(path, JSON.stringify(report), {
      'content-type': 'application/vnd.aws.lambda.error+json',
      'lambda-runtime-function-error-type': report.errorType,
    });
  }

  async #post(path: string, content: string, headers: Record<string, string> = {}): Promise<void> {
    const { status, body } = await this.#exchange('POST', path, {
      content,
      headers: { 'content-type': 'application/json', ...headers },
    });
    if (status < 200 || status > 299) throw new RuntimeApiError(path, status, body);
  }

  async #exchange(method: string, path: string, options: ExchangeOptions): Promise<RuntimeResponse> {
    try {
      return await this.#send(method, path, options);
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error;
      return await this.#send(method, path, options);
    }
  }

  #send(method: string, path: string, { content, headers, signal }: ExchangeOptions): Promise<RuntimeResponse> {
    return new Promise((resolve, reject) => {
      const body = content === undefined ? undefined : Buffer.from(content);
      const outgoing = request(
        {
          host: this.#host,
          port: this.#port,
          path: `/2018-06-01/runtime${path}`,
          method,
          agent: this.#agent,
          headers: { ...headers, ...(body && { 'content-length': body.length }) },
          ...(signal && { signal }),
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          // 'end' comes only with the whole body; a connection cut in the middle is an error.
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode as number,
              headers: incoming.headers,
              body: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        const isStale = outgoing.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '');
        reject(isStale ? new StaleConnection(error.message, { cause: error }) : error);
      });
      outgoing.end(body);
    });
  }
}

interface ExchangeOptions {
  readonly content?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * A kept-alive connection that the endpoint had closed while the thread was busy with a photo, too long to notice.
 * A new connection tells whether the endpoint is still there.
 */
class StaleConnection extends Error {
  override readonly name = 'StaleConnection';
}
