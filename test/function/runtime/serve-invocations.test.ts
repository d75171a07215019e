import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Handler, InvocationContext } from '../../../function/invocation/invocation-context.ts';
import { ServiceError } from '../../../function/invocation/service-error.ts';
import { RuntimeApi } from '../../../function/runtime/runtime-api.ts';
import { maximumAnswerSizeInBytes, serveInvocations } from '../../../function/runtime/serve-invocations.ts';
import { RuntimeApiServer } from './runtime-api-server.ts';

let server: RuntimeApiServer;
let stopped: AbortController;
let ended: Promise<void>;

const log = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
afterAll(() => log.mockRestore());

beforeEach(async () => {
  log.mockClear();
  server = await new RuntimeApiServer().listen();
  stopped = new AbortController();
});

afterEach(async () => {
  stopped.abort();
  await ended.catch(() => undefined);
  await server.die();
});

function serve(handler: Handler): void {
  ended = serveInvocations(new RuntimeApi(server.endpoint), handler, stopped.signal);
  ended.catch(() => undefined);
}

it('answers thousands of events, each with its own answer, over one connection', async () => {
  serve(async (event) => ({ echo: event }));

  for (let round = 0; round < 20; round += 1) {
    const events = Array.from({ length: 150 }, (_, index) => ({ round, index, text: 'Größe 🧥' }));
    const answers = await Promise.all(events.map((event) => server.invoke(event)));
    expect(answers.map(({ kind, body }) => [kind, JSON.parse(body)])).toEqual(
      events.map((echo) => ['response', { echo }]),
    );
  }

  expect(server.connectionCount).toBe(1);
});

it('hands the request id and the deadline to the handler and the trace id to the environment', async () => {
  const seen: (InvocationContext & { trace: string | undefined })[] = [];
  serve(async (_event, context) => void seen.push({ ...context, trace: process.env._X_AMZN_TRACE_ID }));
  await server.invoke(
    {},
    {
      'lambda-runtime-aws-request-id': 'a-b-c',
      'lambda-runtime-deadline-ms': '1700000000123',
      'lambda-runtime-trace-id': 'Root=1-5bef4de7',
    },
  );

  await server.invoke({}, { 'lambda-runtime-aws-request-id': 'd', 'lambda-runtime-deadline-ms': '1700000000456' });

  expect(seen).toEqual([
    { requestId: 'a-b-c', deadlineAt: 1_700_000_000_123, trace: 'Root=1-5bef4de7', afterAnswer: expect.any(Function) },
    { requestId: 'd', deadlineAt: 1_700_000_000_456, trace: undefined, afterAnswer: expect.any(Function) },
  ]);
});

it('does what is left for after an answer then, and before the next event', async () => {
  const steps: string[] = [];
  serve(async (event, { afterAnswer }) => {
    steps.push(`answer ${event}`);
    afterAnswer?.(async () => {
      await Promise.resolve();
      steps.push(`after ${event}`);
    });
    return event;
  });

  await Promise.all([server.invoke('one'), server.invoke('two')]);
  await server.invoke('three');

  expect(steps.slice(0, 5)).toEqual(['answer one', 'after one', 'answer two', 'after two', 'answer three']);
});

it('answers null where the handler answers nothing', async () => {
  serve(async () => undefined);

  expect(await server.invoke({})).toMatchObject({ kind: 'response', body: 'null' });
});

it.each([
  {
    what: 'a service error by its code, with its hint and without frames',
    thrown: new ServiceError('fetch_failed', 'The other server answered 503.', 'Try again later.'),
    errorType: 'fetch_failed',
    errorMessage: 'The other server answered 503. Try again later.',
    logged: [],
  },
  {
    what: 'anything else as internal_error, its details kept from the caller',
    thrown: new TypeError('secret detail'),
    errorType: 'internal_error',
    errorMessage: expect.not.stringContaining('secret detail'),
    logged: [[expect.stringMatching(/"requestId":"request-1".*TypeError: secret detail/)]],
  },
])('reports a failure and goes on: $what', async ({ thrown, errorType, errorMessage, logged }) => {
  serve(async (event) => {
    if (event === 'fail') throw thrown;
    return 'fine';
  });

  const failed = await server.invoke('fail');

  expect(failed).toMatchObject({ kind: 'error', errorTypeHeader: errorType });
  expect(JSON.parse(failed.body)).toEqual({ errorType, errorMessage, stackTrace: [] });
  expect(await server.invoke('work')).toMatchObject({ kind: 'response', body: '"fine"' });
  expect(log.mock.calls).toEqual(logged);
});

it('reports an event that is not JSON, as an emulator may pass it on, and goes on', async () => {
  serve(async (event) => event);

  expect(await server.invokeRaw('{"url":')).toMatchObject({ kind: 'error', errorTypeHeader: 'bad_request' });
  expect(await server.invokeRaw('')).toMatchObject({ kind: 'error', errorTypeHeader: 'bad_request' });
  expect(await server.invoke(1)).toMatchObject({ kind: 'response', body: '1' });
});

it('reports an answer that cannot be written as JSON', async () => {
  serve(async () => ({ big: 1n }));

  expect(await server.invoke({})).toMatchObject({ kind: 'error', errorTypeHeader: 'internal_error' });
});

it('hands in the largest answer that Lambda passes on and reports a larger one with both sizes', async () => {
  serve(async (length) => 'x'.repeat(Number(length)));

  const largest = await server.invoke(maximumAnswerSizeInBytes - 2);

  expect(largest).toMatchObject({ kind: 'response' });
  expect(largest.body).toHaveLength(maximumAnswerSizeInBytes);

  const oversized = await server.invoke(maximumAnswerSizeInBytes - 1);

  expect(oversized).toMatchObject({ kind: 'error', errorTypeHeader: 'Function.ResponseSizeTooLarge' });
  expect(JSON.parse(oversized.body).errorMessage).toContain('6291557 bytes, and Lambda passes on 6291556');
});

it('reports an answer that the Runtime API itself finds too large', async () => {
  serve(async () => 'an answer');
  server.refuseNextWith = 413;

  expect(await server.invoke({})).toMatchObject({ kind: 'error', errorTypeHeader: 'Function.ResponseSizeTooLarge' });
});

it('goes on when an answer comes too late for its invocation', async () => {
  serve(async () => 'an answer');
  server.refuseNextWith = 403;

  await server.invoke({});

  expect(await server.invoke({})).toMatchObject({ kind: 'response' });
});

it('ends an idle wait as soon as it is told to stop', async () => {
  serve(async () => 'an answer');
  await server.runtimeWaits();
  stopped.abort();

  await expect(ended).resolves.toBeUndefined();
});

it('answers the event at hand before it stops', async () => {
  const started = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<string>();
  serve(() => {
    started.resolve();
    return finish.promise;
  });
  const answer = server.invoke({});
  await started.promise;
  stopped.abort();
  finish.resolve('late but whole');

  expect(await answer).toMatchObject({ kind: 'response', body: '"late but whole"' });
  await expect(ended).resolves.toBeUndefined();
});

it.each([
  ['dies while the runtime waits', () => server.die()],
  [
    'says that it cannot go on',
    async () => {
      server.refuseNextWith = 500;
      await server.invoke({});
    },
  ],
])('ends with an error when the endpoint %s', async (_what, happen) => {
  serve(async () => 'an answer');
  await server.runtimeWaits();

  await happen();

  await expect(ended).rejects.toThrow();
});

it.each([
  ['a request id', { 'lambda-runtime-aws-request-id': '' }],
  ['a deadline', { 'lambda-runtime-deadline-ms': 'soon' }],
])('ends with an error when an event comes without %s', async (_what, headers) => {
  serve(async () => 'an answer');
  void server.invoke({}, headers);

  await expect(ended).rejects.toThrow(/without a request id or a deadline/);
});
