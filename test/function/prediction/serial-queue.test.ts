import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setImmediate as nextLoop } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createSerialQueue } from '../../../function/prediction/serial-queue.ts';

const { signal } = new AbortController();

it('runs one at a time, first come, first served', async () => {
  const inTurn = createSerialQueue();
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await nextLoop();
    seen.push(`${name} ends`);
  };

  await Promise.all(['a', 'b', 'c'].map((name) => inTurn(work(name), signal)));

  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

it('lets the event loop run between two turns', async () => {
  const inTurn = createSerialQueue();
  const seen: string[] = [];
  setImmediate(() => seen.push('loop'));

  await Promise.all(['a', 'b'].map((name) => inTurn(async () => seen.push(name), signal)));

  expect(seen).toEqual(['a', 'loop', 'b']);
});

it('lets everything that arrived during a turn in before the next one', async () => {
  const inTurn = createSerialQueue();
  let connections = 0;
  const server = createServer(() => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const callers = Array.from({ length: 20 }, () => connect(port, '127.0.0.1'));
  const first = inTurn(async () => connections, signal);
  const second = inTurn(async () => connections, signal);

  expect(await first).toBe(0);
  expect(await second).toBe(20);

  for (const caller of callers) caller.destroy();
  server.close();
});

it('goes on after a turn that failed', async () => {
  const inTurn = createSerialQueue();
  const failing = inTurn(async () => {
    throw new Error('broken');
  }, signal);

  await expect(failing).rejects.toThrow('broken');
  expect(await inTurn(async () => 1, signal)).toBe(1);
});

it('drops whoever leaves while waiting, and nobody else', async () => {
  const inTurn = createSerialQueue();
  const leaving = new AbortController();
  const first = inTurn(nextLoop, signal);
  const second = inTurn(async () => 'second', leaving.signal);
  const third = inTurn(async () => 'third', signal);
  leaving.abort(new Error('left'));

  await expect(second).rejects.toThrow('left');

  await first;

  expect(await third).toBe('third');
  await expect(inTurn(async () => 1, leaving.signal)).rejects.toThrow('left');
});
