import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import tls, { type TLSSocket } from 'node:tls';

/** What a server sends once a request's first bytes are there: raw bytes and then the end, or whatever it likes. */
export type Script = string | Buffer | ((socket: Socket, request: string) => unknown);

export interface ScriptedServer {
  readonly port: number;
  /** The first bytes of each request, in order. */
  readonly requests: string[];
  /** Connections accepted so far. */
  readonly connections: () => number;
  /** Waits until the client has closed every connection, for at most a second, and says how many are left. */
  readonly openConnections: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** A server on 127.0.0.1 that says exactly what its script says, proper HTTP or not. */
export async function startScriptedServer(
  script: Script,
  { host = '127.0.0.1', pem }: { readonly host?: string; readonly pem?: string } = {},
): Promise<ScriptedServer> {
  const open = new Set<Socket>();
  const requests: string[] = [];
  let connectionCount = 0;
  const serve = (socket: Socket | TLSSocket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (request) => {
      requests.push(request.toString('latin1'));
      if (typeof script === 'function') script(socket, request.toString('latin1'));
      else socket.end(script);
    });
  };
  const server = pem === undefined ? net.createServer(serve) : tls.createServer({ key: pem, cert: pem }, serve);
  server.on('connection', (socket: Socket) => {
    connectionCount += 1;
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
  });
  server.listen(0, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    connections: () => connectionCount,
    openConnections: async () => {
      for (let waits = 0; open.size > 0 && waits < 100; waits += 1) await sleep(10);
      return open.size;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
