import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { nodeHttp } from './http/node-http.ts';
import { answerBrokenRequest } from './local/answer-broken-request.ts';
import { answerRequest, bodyLimitFor, type Serving, type Shares } from './local/answer-request.ts';
import { createConnectionShares } from './local/connection-shares.ts';
import { createAdmission } from './local/create-admission.ts';
import { claimedSizeInBytes } from './local/read-upload.ts';
import { createUploadShares } from './local/upload-shares.ts';
import type { Service } from './wire.ts';

export interface ServeOptions {
  /** 0 chooses a free one. */
  readonly port: number;
  /** Every interface where it is undefined. */
  readonly host: string | undefined;
  /** Whether it takes raw events, as Lambda's emulator does: for developing. Not unless given. */
  readonly takesRawEvents?: boolean;
}

export interface RunningServer {
  readonly port: number;
  /** Takes no more connections and lets those at work finish, for so long at most. */
  close(graceInMilliseconds: number): Promise<void>;
}

export const maximumHeadersTimeoutInMilliseconds = 10_000;
const maximumHeaderSizeInBytes = 16_384;
const sweepIntervalInMilliseconds = 20;
/** Node.js asks the system for no more. */
const longestBacklog = 511;

/**
 * The service behind Node's own HTTP server: each request becomes the event of a function URL and goes to the same
 * handler. Rejects with Node's error when the address can't be listened on.
 */
export async function serve(
  service: Service,
  { port, host, takesRawEvents = false }: ServeOptions,
): Promise<RunningServer> {
  const { limits } = service;
  const { uploadTimeoutInMilliseconds } = limits;
  const shares: Shares = {
    connections: createConnectionShares(limits),
    admission: createAdmission(limits),
    uploads: createUploadShares(limits),
  };
  const serving: Serving = { service, shares, takesRawEvents };
  const waiting = new Set<ServerResponse>();
  let isStopping = false;
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    waiting.add(response);
    response.on('close', () => waiting.delete(response));
    if (isStopping) response.shouldKeepAlive = false;
    void answerRequest(serving, request, response);
  };
  const server = nodeHttp().createServer(
    {
      // Whoever sends byte by byte holds a connection for this long and nothing else.
      requestTimeout: uploadTimeoutInMilliseconds,
      headersTimeout: Math.min(uploadTimeoutInMilliseconds, maximumHeadersTimeoutInMilliseconds),
      // Node's own refusal of a request without the header has no body; nothing here needs the header.
      requireHostHeader: false,
      // Stated, so that no option of the process can loosen them.
      maxHeaderSize: maximumHeaderSizeInBytes,
      insecureHTTPParser: false,
      connectionsCheckingInterval: Math.min(1_000, uploadTimeoutInMilliseconds / 2),
    },
    listener,
  );
  server.on('connection', shares.connections.open);
  server.on('clientError', answerBrokenRequest);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    // A body that will be refused is not asked for; the connection then has no next request to wait for.
    if ((claimedSizeInBytes(request) ?? 0) > bodyLimitFor(request, serving)) response.shouldKeepAlive = false;
    else response.writeContinue();
    listener(request, response);
  });
  // Node would answer an expectation that it doesn't know without a body; it may be ignored (RFC 9110 §10.1.1).
  server.on('checkExpectation', listener);
  server.listen(port, host);
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    async close(graceInMilliseconds) {
      const closed = once(server, 'close');
      isStopping = true;
      // So that no caller sends a next request on a connection that is about to go; where the headers are sent, it is too late.
      for (const response of waiting) response.shouldKeepAlive = false;
      await acceptWhatWaits(server);
      server.close();
      // What had its headers sent already is kept alive after its answer, unless it is closed then.
      const sweeping = setInterval(() => server.closeIdleConnections(), sweepIntervalInMilliseconds);
      const timer = setTimeout(() => server.closeAllConnections(), graceInMilliseconds);
      await closed;
      clearInterval(sweeping);
      clearTimeout(timer);
    },
  };
}

/**
 * Accepts the connections that the system has taken for this server already and that it would reset otherwise. One comes a
 * turn; a turn without one is the end of them, or as many as the system keeps.
 */
async function acceptWhatWaits(server: Server): Promise<void> {
  let accepted = 0;
  const count = () => {
    accepted += 1;
  };
  server.on('connection', count);
  for (let before = -1; before !== accepted && accepted < longestBacklog; ) {
    before = accepted;
    await turn();
    await turn();
  }
  server.off('connection', count);
}
