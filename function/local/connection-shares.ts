import type { Socket } from 'node:net';
import { callerOf } from './caller-of.ts';

export interface ConnectionLimits {
  readonly maximumConnections: number;
  readonly maximumConnectionsPerAddress: number;
}

/** Bounds how many connections there are at a time, in all and for each caller. */
export interface ConnectionShares {
  /** Counts a new connection, and destroys one where that makes too many: see {@link createConnectionShares}. */
  open(socket: Socket): void;
  /** Its request is whole: the service is at work on it, and won't destroy it for another. */
  begin(socket: Socket): void;
  /** It waits for its caller again, to take the answer or to send the next request. */
  end(socket: Socket): void;
}

interface Connection {
  readonly socket: Socket;
  /** Requests of it that are at work; several where a caller doesn't wait for one answer before the next request. */
  requestsAtWork: number;
  /** In the order in which they began to wait. */
  waitingSince: number;
}

/**
 * Where there are too many, the one goes that has waited longest for its caller: of the caller who opens one more than a
 * share, or in all, of the caller who has most. So that half a request, or none, never locks out a whole one. Where all
 * are at work, the new one goes.
 */
export function createConnectionShares({
  maximumConnections,
  maximumConnectionsPerAddress,
}: ConnectionLimits): ConnectionShares {
  const byCaller = new Map<string, Set<Connection>>();
  const bySocket = new WeakMap<Socket, Connection>();
  let count = 0;
  let clock = 0;

  const close = (caller: string, connection: Connection) => {
    const own = byCaller.get(caller);
    if (!own?.delete(connection)) return;
    count -= 1;
    if (own.size === 0) byCaller.delete(caller);
  };
  const destroyOneOf = (caller: string, own: ReadonlySet<Connection>) => {
    const waiting = [...own].filter(({ requestsAtWork }) => requestsAtWork === 0);
    const [longest] = waiting.sort((one, other) => one.waitingSince - other.waitingSince);
    if (longest === undefined) return false;
    close(caller, longest);
    longest.socket.destroy();
    return true;
  };
  const callerWithMost = () => [...byCaller].reduce((most, other) => (other[1].size > most[1].size ? other : most));

  return {
    open(socket) {
      const caller = callerOf(socket.remoteAddress);
      const connection: Connection = { socket, requestsAtWork: 0, waitingSince: clock++ };
      const own = byCaller.get(caller) ?? new Set();
      byCaller.set(caller, own.add(connection));
      bySocket.set(socket, connection);
      count += 1;
      socket.once('close', () => close(caller, connection));
      // The new one waits too, so that there is always one to destroy of the first.
      if (own.size > maximumConnectionsPerAddress) destroyOneOf(caller, own);
      if (count > maximumConnections && !destroyOneOf(...callerWithMost())) destroyOneOf(caller, own);
    },
    begin(socket) {
      const connection = bySocket.get(socket);
      if (connection !== undefined) connection.requestsAtWork += 1;
    },
    end(socket) {
      const connection = bySocket.get(socket);
      if (connection === undefined) return;
      connection.requestsAtWork -= 1;
      connection.waitingSince = clock++;
    },
  };
}
