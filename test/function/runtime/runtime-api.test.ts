import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { RuntimeApi } from '../../../function/runtime/runtime-api.ts';

interface Scripted {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const servers: Server[] = [];
const apis: RuntimeApi[] = [];
afterEach(() => {
  for (const api of apis.splice(0)) api.close();
  for (const server of servers.splice(0)) server.close();
});

/** A client of an endpoint that answers everything alike. */
function clientOf({ status, headers = {}, body = '' }: Scripted): Promise<RuntimeApi> {
  return clientOfServer(createServer((_request, response) => response.writeHead(status, headers).end(body)));
}

async function clientOfServer(server: Server): Promise<RuntimeApi> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const api = new RuntimeApi(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  apis.push(api);
  return api;
}

const never = new AbortController().signal;
const event = { 'lambda-runtime-aws-request-id': 'one', 'lambda-runtime-deadline-ms': '1000' };

describe('the next event', () => {
  it('comes with its id, its deadline and its trace', async () => {
    const headers = { ...event, 'lambda-runtime-trace-id': 'Root=1' };
    const api = await clientOf({ status: 200, headers, body: '{"url":"ü"}' });

    expect(await api.next(never)).toEqual({
      requestId: 'one',
      deadlineAt: 1000,
      traceId: 'Root=1',
      event: '{"url":"ü"}',
    });
  });

  it.each([201, 204, 301, 403, 500])('is none where the endpoint answers %i', async (status) => {
    const api = await clientOf({ status, headers: event, body: status === 204 ? '' : 'no' });

    await expect(api.next(never)).rejects.toMatchObject({ name: 'RuntimeApiError', status });
  });

  it.each([
    ['no id', { 'lambda-runtime-deadline-ms': '1000' }],
    ['an empty id', { ...event, 'lambda-runtime-aws-request-id': '' }],
    ['no deadline', { 'lambda-runtime-aws-request-id': 'one' }],
    ['a deadline that is no number', { ...event, 'lambda-runtime-deadline-ms': 'soon' }],
  ])('is refused with %s', async (_case, headers) => {
    const api = await clientOf({ status: 200, headers, body: '{}' });

    await expect(api.next(never)).rejects.toThrow('without a request id or a deadline');
  });
});

describe('an answer', () => {
  it.each([200, 202, 299])('is taken by %i', async (status) => {
    const api = await clientOf({ status });

    await expect(api.respond('one', '{}')).resolves.toBeUndefined();
  });

  it.each([300, 400, 413, 500])('is not taken by %i, and says what was answered', async (status) => {
    const api = await clientOf({ status, body: `${'x'.repeat(499)}ab` });

    await expect(api.respond('one', '{}')).rejects.toMatchObject({
      status,
      message: `The Runtime API answered ${status} to /invocation/one/response: ${'x'.repeat(499)}a`,
    });
  });
});

describe('a restore from a snapshot', () => {
  it('is waited for', async () => {
    const api = await clientOf({ status: 200 });

    await expect(api.awaitRestore()).resolves.toBeUndefined();
  });

  it.each([202, 403, 500])('is none where the endpoint answers %i', async (status) => {
    const api = await clientOf({ status, body: 'no' });

    await expect(api.awaitRestore()).rejects.toMatchObject({ name: 'RuntimeApiError', status });
  });
});

describe('a connection that is cut', () => {
  /** A client of an endpoint that hangs up on some of its requests, counted from 1. */
  async function clientCutAt(...cut: readonly number[]) {
    let asked = 0;
    const api = await clientOfServer(
      createServer((request, response) => {
        asked++;
        if (cut.includes(asked)) request.socket.destroy();
        else response.writeHead(200, event).end('{}');
      }),
    );
    return { api, asked: () => asked };
  }

  it('fails where it was new', async () => {
    const { api, asked } = await clientCutAt(1);

    await expect(api.next(never)).rejects.toMatchObject({ code: 'ECONNRESET' });

    expect(asked()).toBe(1);
  });

  it('is made anew where it had served before', async () => {
    const { api, asked } = await clientCutAt(2);
    await api.next(never);

    expect(await api.next(never)).toMatchObject({ requestId: 'one' });
    expect(asked()).toBe(3);
  });

  it('fails where the new one is cut as well', async () => {
    const { api, asked } = await clientCutAt(2, 3);
    await api.next(never);

    await expect(api.next(never)).rejects.toMatchObject({ code: 'ECONNRESET' });

    expect(asked()).toBe(3);
  });
});

it.each(['', ':80', 'a b'])('refuses the endpoint "%s"', (endpoint) => {
  expect(() => new RuntimeApi(endpoint)).toThrow('not host:port');
});
