import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { setImmediate as nextLoop } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createConnectionShares } from '../../../function/local/connection-shares.ts';

/** As far as shares look at it: where it comes from, and that it can be destroyed. */
function connect(remoteAddress: string): Socket {
  return Object.assign(new PassThrough(), { remoteAddress }) as unknown as Socket;
}

function openShares(maximumConnections: number, maximumConnectionsPerAddress: number) {
  const shares = createConnectionShares({ maximumConnections, maximumConnectionsPerAddress });
  const open = (address: string) => {
    const socket = connect(address);
    shares.open(socket);
    return socket;
  };
  return { ...shares, open };
}

const areOpen = (...sockets: readonly Socket[]) => sockets.map((socket) => !socket.destroyed);

describe('one connection more than an address may have', () => {
  it('ends the one that has waited longest for its caller', () => {
    const { open } = openShares(10, 2);
    const sockets = [open('a'), open('b'), open('a'), open('a')];

    expect(areOpen(...sockets)).toEqual([false, true, true, true]);
  });

  it('ends none on which the service is at work', () => {
    const { open, begin, end } = openShares(10, 2);
    const first = open('a');
    begin(first);
    begin(first);
    end(first);
    const second = open('a');
    const third = open('a');

    expect(areOpen(first, second, third)).toEqual([true, false, true]);
  });

  it('is ended itself where the service is at work on all others', () => {
    const { open, begin } = openShares(10, 1);
    const first = open('a');
    begin(first);

    expect(areOpen(first, open('a'))).toEqual([true, false]);
  });

  it('waits from its last answer on', () => {
    const { open, begin, end } = openShares(10, 2);
    const first = open('a');
    const second = open('a');
    begin(first);
    end(first);
    const third = open('a');

    expect(areOpen(first, second, third)).toEqual([true, false, true]);
  });
});

describe('one connection more than there may be', () => {
  it('ends one of the address that has most', () => {
    const { open } = openShares(3, 2);
    const sockets = [open('b'), open('a'), open('a'), open('c')];

    expect(areOpen(...sockets)).toEqual([true, false, true, true]);
  });

  it('is ended itself where the service is at work on all of those', () => {
    const { open, begin } = openShares(2, 2);
    const sockets = [open('a'), open('a')];
    for (const socket of sockets) begin(socket);

    expect(areOpen(...sockets, open('b'))).toEqual([true, true, false]);
  });
});

it('gives the place back of a connection that closes', async () => {
  const { open } = openShares(2, 1);
  const first = open('a');
  first.destroy();
  await nextLoop();
  const second = open('a');

  expect(areOpen(second, open('b'))).toEqual([true, true]);
});
