import { connect, type Socket } from 'node:net';
import { ResponseReader, type RuntimeResponse } from './response-reader.ts';

export interface RuntimeMessage {
  readonly method: 'GET' | 'POST';
  /** Nothing in it needs escaping any more. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly content?: string;
  readonly signal?: AbortSignal;
}

/**
 * One kept-alive connection to the Runtime API, for one message after the other. Node's own HTTP client takes longer to load
 * than a start has for it, and does far more than talk to one server that Lambda itself put there.
 */
export class RuntimeConnection {
  readonly #url: URL;
  #socket: Socket | undefined;
  #isWaiting = false;

  constructor(url: URL) {
    this.#url = url;
  }

  /**
   * Sends a message and waits for the answer, for as long as it takes. Rejects with the system's error where the connection
   * fails, with one of its kind where it is cut before the answer is whole, and with an AbortError once `signal` fires.
   */
  async exchange(message: RuntimeMessage): Promise<RuntimeResponse> {
    try {
      return await this.#send(message);
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error;
      return await this.#send(message);
    }
  }

  /** The next message goes over a new connection. */
  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  async #send(message: RuntimeMessage): Promise<RuntimeResponse> {
    const hasServed = this.#socket !== undefined;
    this.#socket ??= this.#open();
    const socket = this.#socket;
    const reader = new ResponseReader();
    const { promise, resolve, reject } = Promise.withResolvers<RuntimeResponse>();
    const onData = (piece: Buffer) => {
      try {
        const response = reader.take(piece);
        if (response !== undefined) resolve(response);
      } catch (error) {
        reject(error);
      }
    };
    const onClose = () => {
      const response = reader.end();
      if (response === undefined) reject(new ConnectionCut());
      else resolve(response);
    };
    const onAbort = () => reject(message.signal?.reason);
    socket.on('data', onData).on('error', reject).on('close', onClose);
    message.signal?.addEventListener('abort', onAbort);
    this.#isWaiting = true;
    try {
      message.signal?.throwIfAborted();
      socket.write(this.#compose(message));
      const response = await promise;
      if (response.headers.get('connection')?.toLowerCase() === 'close') this.close();
      return response;
    } catch (error) {
      this.close();
      throw hasServed && !reader.hasBegun && isCut(error) ? new StaleConnection(undefined, { cause: error }) : error;
    } finally {
      this.#isWaiting = false;
      socket.off('data', onData).off('error', reject).off('close', onClose);
      message.signal?.removeEventListener('abort', onAbort);
    }
  }

  #open(): Socket {
    const { hostname, port } = this.#url;
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({ host, port: Number(port || 80), noDelay: true, keepAlive: true });
    // The server may also close it between two messages.
    return socket
      .on('error', () => undefined)
      .on('data', () => {
        // What nobody has asked for would be taken for the answer to the next message.
        if (!this.#isWaiting) this.close();
      })
      .on('close', () => {
        if (this.#socket === socket) this.#socket = undefined;
      });
  }

  #compose({ method, path, headers = {}, content }: RuntimeMessage): string {
    const fields = {
      host: this.#url.host,
      ...headers,
      ...(content !== undefined && { 'content-length': Buffer.byteLength(content) }),
    };
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${String(value).replace(unprintable, '?')}`);
    return [`${method} ${path} HTTP/1.1`, ...lines, '', content ?? ''].join('\r\n');
  }
}

/** A line break would begin another header. */
const unprintable = /[^\x20-\x7e]/g;

/** As Node.js says it of a connection that the other side has closed. */
class ConnectionCut extends Error {
  override readonly name = 'ConnectionCut';
  override readonly message = 'The Runtime API closed the connection before its answer was whole.';
  readonly code = 'ECONNRESET';
}

/**
 * A kept-alive connection that the endpoint had closed while the thread was busy with a photo, too long to notice.
 * A new connection tells whether the endpoint is still there.
 */
class StaleConnection extends Error {
  override readonly name = 'StaleConnection';
}

function isCut(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}
