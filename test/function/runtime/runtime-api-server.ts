import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a runtime handed in for one event, as it came. */
export interface HandedIn {
  readonly kind: 'response' | 'error';
  readonly body: string;
  readonly errorTypeHeader: string | undefined;
}

interface Pending {
  readonly event: string;
  readonly headers: Record<string, string>;
  readonly resolve: (handedIn: HandedIn) => void;
}

/** The server half of Lambda's Runtime API: queues events for the runtime under test and gives back what it hands in. */
export class RuntimeApiServer {
  readonly connections = new Set<Socket>();
  connectionCount = 0;
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #queue: Pending[] = [];
  readonly #working = new Map<string, Pending>();
  readonly #initError = Promise.withResolvers<HandedIn>();
  readonly #snapshot = Promise.withResolvers<void>();
  readonly #restored = Promise.withResolvers<void>();
  #waiting: ServerResponse | undefined;
  #onWaiting = Promise.withResolvers<void>();
  #lastRequestNumber = 0;
  /** Status for the next message of the runtime instead of 202. */
  refuseNextWith: number | undefined;

  async listen(host = '127.0.0.1', port = 0): Promise<this> {
    this.#server.on('connection', (socket) => {
      this.connectionCount += 1;
      this.connections.add(socket);
      socket.on('close', () => this.connections.delete(socket));
    });
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    return this;
  }

  get endpoint(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Queues an event (any value as JSON, or raw text) and waits for what the runtime hands in. */
  invoke(event: unknown, headers: Record<string, string> = {}): Promise<HandedIn> {
    return this.invokeRaw(JSON.stringify(event), headers);
  }

  invokeRaw(event: string, headers: Record<string, string> = {}): Promise<HandedIn> {
    return new Promise((resolve) => {
      this.#lastRequestNumber += 1;
      this.#queue.push({
        event,
        headers: {
          'lambda-runtime-aws-request-id': `request-${this.#lastRequestNumber}`,
          'lambda-runtime-deadline-ms': String(Date.now() + 28_000),
          ...headers,
        },
        resolve,
      });
      this.#dispatch();
    });
  }

  /** Resolves once the runtime has nothing to do and asks for the next event. */
  runtimeWaits(): Promise<void> {
    return this.#onWaiting.promise;
  }

  /** Resolves once the runtime is ready for its snapshot. */
  readyForSnapshot(): Promise<void> {
    return this.#snapshot.promise;
  }

  /** Lets it go on, as in a process restored from the snapshot. */
  restore(): void {
    this.#restored.resolve();
  }

  initError(): Promise<HandedIn> {
    return this.#initError.promise;
  }

  /** Ends like an endpoint that dies: every connection cut, none taken. */
  async die(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.connections) socket.destroy();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const path = (request.url ?? '').replace('/2018-06-01/runtime/', '');
    if (path === 'restore/next') {
      this.#snapshot.resolve();
      await this.#restored.promise;
      response.writeHead(200).end();
      return;
    }
    if (path === 'invocation/next') {
      this.#waiting = response;
      this.#onWaiting.resolve();
      this.#dispatch();
      return;
    }
    const errorTypeHeader = request.headers['lambda-runtime-function-error-type'] as string | undefined;
    const refusal = this.refuseNextWith;
    this.refuseNextWith = undefined;
    response.writeHead(refusal ?? 202).end('{"status":"OK"}');
    if (path === 'init/error') return this.#initError.resolve({ kind: 'error', body, errorTypeHeader });
    const [, requestId = '', kind] = path.split('/');
    const pending = this.#working.get(requestId);
    if (pending && refusal !== 413) {
      this.#working.delete(requestId);
      pending.resolve({ kind: kind === 'response' ? 'response' : 'error', body, errorTypeHeader });
    }
  }

  #dispatch(): void {
    const pending = this.#waiting && this.#queue.shift();
    if (!pending || !this.#waiting) return;
    this.#working.set(pending.headers['lambda-runtime-aws-request-id'] ?? '', pending);
    const response = this.#waiting;
    this.#waiting = undefined;
    this.#onWaiting = Promise.withResolvers<void>();
    response.writeHead(200, { 'content-type': 'application/json', ...pending.headers }).end(pending.event);
  }
}
