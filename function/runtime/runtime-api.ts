import type { ErrorReport } from './error-report.ts';
import type { RuntimeResponse } from './response-reader.ts';
import { RuntimeConnection, type RuntimeMessage } from './runtime-connection.ts';

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

/**
 * Client of the Lambda Runtime API, version 2018-06-01
 * (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html), over one kept-alive connection.
 */
export class RuntimeApi {
  readonly #connection: RuntimeConnection;

  /** @param endpoint host:port, as Lambda puts it in AWS_LAMBDA_RUNTIME_API. */
  constructor(endpoint: string) {
    const url = URL.parse(`http://${endpoint}`);
    if (!url?.hostname) throw new TypeError(`AWS_LAMBDA_RUNTIME_API is ${JSON.stringify(endpoint)}, not host:port.`);
    this.#connection = new RuntimeConnection(url);
  }

  /**
   * Waits for the next event, for as long as it takes: Lambda freezes the process meanwhile, so there is no timeout.
   * Rejects with an AbortError once `signal` fires.
   */
  async next(signal: AbortSignal): Promise<Invocation> {
    const { status, headers, body } = await this.#exchange('GET', '/invocation/next', { signal });
    if (status !== 200) throw new RuntimeApiError('/invocation/next', status, body);
    const requestId = headers.get('lambda-runtime-aws-request-id');
    const deadlineAt = Number(headers.get('lambda-runtime-deadline-ms') ?? Number.NaN);
    if (!requestId || !Number.isFinite(deadlineAt)) {
      throw new Error('The Runtime API handed over an event without a request id or a deadline.');
    }
    return { requestId, deadlineAt, traceId: headers.get('lambda-runtime-trace-id'), event: body };
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
    this.#connection.close();
  }

  close(): void {
    this.#connection.close();
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

  #exchange(
    method: RuntimeMessage['method'],
    path: string,
    options: Omit<RuntimeMessage, 'method' | 'path'>,
  ): Promise<RuntimeResponse> {
    return this.#connection.exchange({ method, path: `/2018-06-01/runtime${path}`, ...options });
  }
}
