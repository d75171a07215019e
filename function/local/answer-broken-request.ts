import type { Duplex } from 'node:stream';
import { errorResponse } from '../http/http-message.ts';
import { nodeHttp } from '../http/node-http.ts';
import { ServiceError } from '../invocation/service-error.ts';

/** Long enough for the caller to read the last word; destroyed at once, a connection with bytes unread would lose it. */
const lingerInMilliseconds = 1_000;

/**
 * The last word to a connection whose request never became one: it is not HTTP, its headers are too long, or it took too
 * long to arrive. A connection that the caller has broken gets none. Either way it is gone a second later, whatever the
 * caller does with its own end.
 */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  // More of the same, while it lingers.
  if (socket.writableEnded && !socket.destroyed) return;
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const timer = setTimeout(() => socket.destroy(), lingerInMilliseconds);
  socket.on('close', () => clearTimeout(timer));
  const { status, headers, body } = errorResponse(toBadRequest(error));
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${nodeHttp().STATUS_CODES[status]}\r\n${head}\r\n${body}`);
}

function toBadRequest(cause: NodeJS.ErrnoException): ServiceError {
  switch (cause.code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ServiceError('bad_request', 'The request took too long to arrive.', 'Send it faster, or smaller.', {
        cause,
      });
    case 'HPE_HEADER_OVERFLOW':
      return new ServiceError('bad_request', 'The headers are too long.', 'Send fewer or shorter headers.', { cause });
    default:
      return new ServiceError('bad_request', 'The request is not proper HTTP/1.1.', 'Use an HTTP client.', { cause });
  }
}
