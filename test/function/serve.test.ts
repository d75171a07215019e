import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { serve } from '../../function/serve.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';
import { payload2Event } from '../helpers/events.ts';
import { converse, errorOf, photo, post, startService } from '../helpers/start-service.ts';
import { createTestService } from '../helpers/test-service.ts';

it('answers as the function does, whatever the method', async () => {
  const { url } = await startService();

  const answer = await post(url, photo);

  expect(answer.status).toBe(200);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(await answer.json()).toMatchObject({ photo: { format: 'jpeg', width: 16, height: 16 } });
  expect(await errorOf(await fetch(`${url}/predict?top=1`))).toEqual([405, 'method_not_allowed']);

  const head = await fetch(`${url}/health`, { method: 'HEAD' });

  expect([head.status, await head.text()]).toEqual([200, '']);
  expect((await fetch(`${url}/predict`, { method: 'OPTIONS' })).status).toBe(204);
});

it('passes on the query, also one with question marks', async () => {
  const { url } = await startService();

  expect(((await (await post(url, photo, '/predict?top=1')).json()) as { predictions: [] }).predictions).toHaveLength(
    1,
  );
  expect(await errorOf(await post(url, photo, '/predict?top=?'))).toEqual([400, 'bad_request']);
});

describe('the way of raw events', () => {
  const path = '/2015-03-31/functions/function/invocations';
  const image = photo.toString('base64');

  it('answers a direct event with what the function returns', async () => {
    const { url } = await startService();

    const answer = await post(url, JSON.stringify({ image }), path);

    expect(answer.headers.has('x-amz-function-error')).toBe(false);
    expect(await answer.json()).toEqual({ red: expect.any(Number), green: expect.any(Number) });
  });

  it('answers an HTTP event with the result for its gateway', async () => {
    const { url } = await startService();
    const event = payload2Event({ path: '/health' });

    expect(await (await post(url, JSON.stringify(event), path)).json()).toMatchObject({ statusCode: 200 });
  });

  it('answers a failed invocation as Lambda does', async () => {
    const { url } = await startService();

    const answer = await post(url, '{"image":"!"}', path);

    expect([answer.status, answer.headers.get('x-amz-function-error')]).toEqual([200, 'Unhandled']);
    expect(await answer.json()).toMatchObject({
      errorType: 'bad_request',
      errorMessage: expect.stringContaining('RFC 4648'),
    });
  });

  it('asks for the secret where there is one, since no AWS stands in front', async () => {
    const { url } = await startService({ secret: 'open-sesame' });

    expect(await errorOf(await post(url, JSON.stringify({ image }), path))).toEqual([401, 'unauthorized']);

    const headers = { authorization: 'Bearer open-sesame' };
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify({ image }) });

    expect(await answer.json()).toHaveProperty('red');
  });

  it('refuses an event that is no JSON, and one that Lambda would not take', async () => {
    const { url } = await startService();

    expect(await errorOf(await post(url, 'hello', path))).toEqual([400, 'bad_request']);
    expect(await errorOf(await post(url, Buffer.alloc(6_291_457), path))).toEqual([413, 'photo_too_large']);
  });
});

it.each([
  ['no HTTP', 'hello\r\n\r\n', 'not proper HTTP'],
  [
    'a length and chunks at once',
    'POST /predict HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    'not proper HTTP',
  ],
  ['headers without end', `GET / HTTP/1.1\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 'too long'],
])('answers %s by an error of the family', async (_case, bytes, words) => {
  const { server } = await startService();

  const said = await converse(server.port, bytes);

  expect(said).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(JSON.parse(said.slice(said.indexOf('{')))).toMatchObject({
    error: { code: 'bad_request', message: expect.stringContaining(words) },
  });
});

it.each([
  ['no host', 'GET /health HTTP/1.1\r\nconnection: close\r\n\r\n'],
  ['an expectation of its own', 'GET /health HTTP/1.1\r\nhost: a\r\nexpect: wonders\r\nconnection: close\r\n\r\n'],
])('answers a request with %s', async (_case, bytes) => {
  const { server } = await startService();

  expect(await converse(server.port, bytes)).toMatch(/^HTTP\/1\.1 200 /);
});

it('resets no connection that the system has taken for it when it closes, and keeps none', async () => {
  const server = await serve(createTestService(), { port: 0, host: '127.0.0.1' });
  const said = Array.from({ length: 20 }, () => converse(server.port, 'GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n'));
  // They are connected then, and the server has had no turn to accept one.
  await new Promise((resolve) => process.nextTick(resolve));
  await server.close(5_000);

  for (const answer of await Promise.all(said)) {
    expect(answer).toMatch(/^HTTP\/1\.1 204 /);
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
  }
});

it('finishes what it has begun when it closes, and takes no more', async () => {
  const decoding = Promise.withResolvers<void>();
  const { url, server } = await startService({
    decodePhoto: async (bytes, options) => {
      decoding.resolve();
      await sleep(50);
      return decodePhoto(bytes, options);
    },
  });
  const begun = post(url, photo);
  await decoding.promise;

  await server.close(5_000);

  const answer = await begun;
  expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});

it('rejects an address that is taken', async () => {
  const { server } = await startService();

  await expect(serve(createTestService(), { port: server.port, host: '127.0.0.1' })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

it('takes the absolute target that clients of a proxy send', async () => {
  const { server } = await startService();

  const said = await converse(server.port, 'GET http://a.example/health?deep=0 HTTP/1.1\r\nconnection: close\r\n\r\n');

  expect(said).toMatch(/^HTTP\/1\.1 200 /);
});

describe('a service for this machine alone', () => {
  const asked = (headers: Record<string, string>) =>
    [
      'POST /predict HTTP/1.1',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      'connection: close',
      'content-length: 0',
      '',
      '',
    ].join('\r\n');

  it('answers its own page, and says so to the browser', async () => {
    const { server } = await startService({ corsOrigins: 'loopback' });
    const origin = `http://localhost:${server.port}`;

    const said = await converse(server.port, asked({ host: `localhost:${server.port}`, origin }));

    expect(said).toMatch(/^HTTP\/1\.1 400 /);
    expect(said).toContain(`access-control-allow-origin: ${origin}\r\n`);
  });

  it.each([
    ['another website', { host: 'localhost', origin: 'https://evil.example' }],
    ['a name that leads here', { host: 'evil.example' }],
  ])('refuses %s, unread', async (_case, headers) => {
    const { server, service } = await startService({ corsOrigins: 'loopback' });

    const said = await converse(server.port, asked(headers));

    expect(said).toMatch(/^HTTP\/1\.1 403 /);
    expect(said).not.toContain('access-control-allow-origin');
    expect(service.lines).toMatchObject([{ code: 'url_not_allowed', door: 'local' }]);
  });
});
