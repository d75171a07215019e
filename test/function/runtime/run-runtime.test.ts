import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { runRuntime } from '../../../function/runtime/run-runtime.ts';
import { bareEnvironment } from '../../helpers/bare-environment.ts';
import { RuntimeApiServer } from './runtime-api-server.ts';

let server: RuntimeApiServer;
let child: ChildProcess | undefined;

beforeEach(async () => {
  server = await new RuntimeApiServer().listen();
});

afterEach(async () => {
  child?.kill('SIGKILL');
  await server.die().catch(() => undefined);
});

function start(
  behaviour: string,
  endpoint = server.endpoint,
  environment = {},
): { ended: Promise<unknown[]>; log: Promise<string> } {
  child = spawn(process.execPath, [fileURLToPath(new URL('runtime-process.ts', import.meta.url)), behaviour], {
    env: { ...bareEnvironment, AWS_LAMBDA_RUNTIME_API: endpoint, ...environment },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  if (!child.stderr) throw new Error('no pipe');
  return { ended: once(child, 'exit'), log: text(child.stderr) };
}

it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s while it waits', async (signal) => {
  const { ended } = start('works');

  expect(await server.invoke('hello')).toMatchObject({ kind: 'response', body: '{"event":"hello"}' });

  await server.runtimeWaits();
  child?.kill(signal);

  expect(await ended).toEqual([0, null]);
});

it('hands in the answer at hand on TERM, then ends with 0', async () => {
  const { ended } = start('takes its time');
  await server.runtimeWaits();
  const answer = server.invoke('hello');
  child?.kill('SIGTERM');

  expect(await answer).toMatchObject({ kind: 'response', body: '{"event":"hello"}' });
  expect(await ended).toEqual([0, null]);
});

it('connects anew when the endpoint closed the idle connection while the thread was busy', async () => {
  start('blocks the thread');
  await server.runtimeWaits();
  const answer = server.invoke('hello');
  if (child) await once(child, 'message');
  for (const socket of server.connections) socket.destroy();

  expect(await answer).toMatchObject({ kind: 'response', body: '{"event":"hello"}' });
  expect(server.connectionCount).toBe(2);
});

it('waits to be restored from its snapshot before the first event, and connects anew after it', async () => {
  const { ended } = start('works', server.endpoint, { AWS_LAMBDA_INITIALIZATION_TYPE: 'snap-start' });
  await server.readyForSnapshot();
  const answer = server.invoke('hello');

  server.restore();

  expect(await answer).toMatchObject({ kind: 'response', body: '{"event":"hello"}' });
  expect(server.connectionCount).toBe(2);

  await server.runtimeWaits();
  child?.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

it('reports that it cannot start and ends with 1', async () => {
  const { ended, log } = start('fails to start');

  const { body, errorTypeHeader } = await server.initError();

  expect(errorTypeHeader).toBe('internal_error');
  expect(JSON.parse(body)).toMatchObject({
    errorType: 'internal_error',
    errorMessage: 'MAXIMUM_ITEMS is "many", which can\'t be used. It must be a number.',
  });
  expect(await ended).toEqual([1, null]);
  expect(await log).toContain('MAXIMUM_ITEMS');
});

it('ends with 1 when the endpoint dies', async () => {
  const { ended, log } = start('works');
  await server.runtimeWaits();

  await server.die();

  expect(await ended).toEqual([1, null]);
  expect(await log).toContain('is lost');
});

it('ends with 1 when there is no endpoint at its address', async () => {
  const { endpoint } = server;
  await server.die();
  const { ended, log } = start('works', endpoint);

  expect(await ended).toEqual([1, null]);
  expect(await log).toContain('ECONNREFUSED');
});

describe('runRuntime in this process', () => {
  const listenersBefore = (['SIGTERM', 'SIGINT'] as const).flatMap((signal) => process.listeners(signal));
  let log: MockInstance<typeof process.stderr.write>;
  beforeAll(() => {
    log = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterAll(() => log.mockRestore());

  const echo = async () => async (event: unknown) => ({ event });

  afterEach(() => {
    // What it listens for stays behind where no signal came.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      for (const listener of process.listeners(signal))
        if (!listenersBefore.includes(listener)) process.off(signal, listener);
    }
    log.mockClear();
  });

  it('serves until the endpoint is gone, and says so', async () => {
    const ended = runRuntime(server.endpoint, echo, false);
    const { endpoint } = server;

    expect(await server.invoke('hello')).toMatchObject({ kind: 'response', body: '{"event":"hello"}' });
    await server.runtimeWaits();
    await server.die();

    expect(await ended).toBe(1);
    expect(JSON.parse(String(log.mock.lastCall?.[0]))).toMatchObject({
      level: 'error',
      message: `The Runtime API at ${endpoint} is lost.`,
    });
  });

  it('waits to be restored where a snapshot is taken of it, and is asked for no event before', async () => {
    const ended = runRuntime(server.endpoint, echo, true);
    await server.readyForSnapshot();
    const answer = server.invoke('hello');

    server.restore();

    expect(await answer).toMatchObject({ kind: 'response' });
    expect(server.connectionCount).toBe(2);
    await server.runtimeWaits();
    await server.die();
    expect(await ended).toBe(1);
  });

  it('reports what keeps it from starting, and serves nothing', async () => {
    const ended = runRuntime(
      server.endpoint,
      async () => {
        throw new Error('no model');
      },
      false,
    );

    expect(JSON.parse((await server.initError()).body)).toMatchObject({ errorMessage: 'no model' });
    expect(await ended).toBe(1);
  });
});
