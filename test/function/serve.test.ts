import { once } from 'node:events';
import http from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningServer, serve } from '../../function/serve.ts';
import { readLimits } from '../../function/settings/limits.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import { payload2Event } from '../helpers/events.ts';
import { createTestService, type TestService } from '../helpers/test-service.ts';

const photo = drawnJpeg(16, 16);
const servers: RunningServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close(100)));
});

async function start(changes: Parameters<typeof createTestService>[0] = {}): Promise<{
  readonly service: TestService;
  readonly server: RunningServer;
  readonly url: string;
}> {
  const service = createTestService(changes);
  const server = await serve(service, { port: 0, host: '127.0.0.1' });
  servers.push(server);
  return { service, server, url: `http://127.0.0.1:${server.port}` };
}

function post(url: string, body: Uint8Array | string, path = '/predict'): Promise<Response> {
  return fetch(url + path, { method: 'POST', body: Buffer.from(body) });
}

async function errorOf(response: Response): Promise<unknown> {
  const { error } = (await response.json()) as { error: { code: string } };
  return [response.status, error.code];
}

/** Everything that the server says to these bytes on one connection until it closes it. */
async function converse(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}

it('answers as the function does, whatever the method', async () => {
  const { url } = await start();

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
  const { url } = await start();

  expect(((await (await post(url, photo, '/predict?top=1')).json()) as { predictions: [] }).predictions).toHaveLength(
    1,
  );
  expect(await errorOf(await post(url, photo, '/predict?top=?'))).toEqual([400, 'bad_request']);
});

describe('the way of raw events', () => {
  const path = '/2015-03-31/functions/function/invocations';
  const image = photo.toString('base64');

  it('answers a direct event with what the function returns', async () => {
    const { url } = await start();

    const answer = await post(url, JSON.stringify({ image }), path);

    expect(answer.headers.has('x-amz-function-error')).toBe(false);
    expect(await answer.json()).toEqual({ red: expect.any(Number), green: expect.any(Number) });
  });

  it('answers an HTTP event with the result for its gateway', async () => {
    const { url } = await start();
    const event = payload2Event({ path: '/health' });

    expect(await (await post(url, JSON.stringify(event), path)).json()).toMatchObject({ statusCode: 200 });
  });

  it('answers a failed invocation as Lambda does', async () => {
    const { url } = await start();

    const answer = await post(url, '{"image":"!"}', path);

    expect([answer.status, answer.headers.get('x-amz-function-error')]).toEqual([200, 'Unhandled']);
    expect(await answer.json()).toMatchObject({
      errorType: 'bad_request',
      errorMessage: expect.stringContaining('RFC 4648'),
    });
  });

  it('asks for the secret where there is one, since no AWS stands in front', async () => {
    const { url } = await start({ secret: 'open-sesame' });

    expect(await errorOf(await post(url, JSON.stringify({ image }), path))).toEqual([401, 'unauthorized']);

    const headers = { authorization: 'Bearer open-sesame' };
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify({ image }) });

    expect(await answer.json()).toHaveProperty('red');
  });

  it('refuses an event that is no JSON, and one that Lambda would not take', async () => {
    const { url } = await start();

    expect(await errorOf(await post(url, 'hello', path))).toEqual([400, 'bad_request']);
    expect(await errorOf(await post(url, Buffer.alloc(6_291_457), path))).toEqual([413, 'photo_too_large']);
  });
});

describe('a body over the limit', () => {
  const limits = readLimits({ MAXIMUM_BODY_SIZE_IN_BYTES: '1000' });

  it('is refused by its length before it is sent', async () => {
    const { server } = await start({ limits });
    const request = http.request({
      port: server.port,
      method: 'POST',
      path: '/predict',
      headers: { 'content-length': 9_999_999 },
    });
    request.flushHeaders();

    const [response] = await once(request, 'response');

    expect(response.statusCode).toBe(413);
    expect(await text(response)).toMatch(/9,999,999.*1,000/);

    request.on('error', () => undefined);
    request.destroy();
  });

  it('is not asked for where the caller waits for a word', async () => {
    const { server } = await start({ limits });
    const lines = ['POST /predict HTTP/1.1', 'host: a', 'expect: 100-continue', 'content-length: 5000', '', ''];

    const said = await converse(server.port, lines.join('\r\n'));

    expect(said).toMatch(/^HTTP\/1\.1 413 /);
    expect(said).toContain('photo_too_large');
  });

  it('that does not say its length is refused while it is sent', async () => {
    const { server } = await start({ limits });
    const request = http.request({ port: server.port, method: 'POST', path: '/predict' });
    request.on('error', () => undefined);
    request.write(Buffer.alloc(1001));

    const [response] = await once(request, 'response');

    expect(response.statusCode).toBe(413);
    expect(await text(response)).toMatch(/more than 1,000/);

    request.destroy();
  });

  it('is refused in words also to a caller who wants the connection closed', async () => {
    const { url } = await start({ limits });
    for (let time = 0; time < 10; time++) {
      const request = http.request(`${url}/predict`, {
        method: 'POST',
        agent: false,
        headers: { connection: 'close' },
      });
      request.end(Buffer.alloc(5_000_000));
      const [response] = await once(request, 'response');
      expect(await text(response)).toContain('photo_too_large');
    }
  });

  it('leaves the connection fit for the next request', async () => {
    const { url } = await start({ limits });

    for (let time = 0; time < 3; time++) {
      expect(await errorOf(await post(url, Buffer.alloc(300_000)))).toEqual([413, 'photo_too_large']);
    }

    expect((await fetch(`${url}/health`)).status).toBe(200);
  });
});

it('asks for a body where the caller waits for a word', async () => {
  const { server } = await start();
  const request = http.request({
    port: server.port,
    method: 'POST',
    path: '/predict',
    headers: { expect: '100-continue' },
  });
  request.flushHeaders();
  await once(request, 'continue');
  request.end(photo);

  const [response] = await once(request, 'response');

  expect(response.statusCode).toBe(200);

  response.resume();
});

describe('many requests', () => {
  /** Decoding that waits for a word, and counts. */
  function heldDecoding() {
    const gate = Promise.withResolvers<void>();
    const counted = { begun: 0 };
    const decode: typeof decodePhoto = async (bytes, options) => {
      counted.begun += 1;
      await gate.promise;
      return decodePhoto(bytes, options);
    };
    return { decode, counted, open: () => gate.resolve() };
  }

  it('past the bound are busy at once, while those inside are answered and health goes on', async () => {
    const gate = Promise.withResolvers<void>();
    let begun = 0;
    const fetchPhoto = async () => {
      begun += 1;
      await gate.promise;
      return photo;
    };
    const limits = readLimits({ MAXIMUM_QUEUED_REQUESTS: '3' });
    const { url } = await start({ limits, fetchPhoto });
    const inside = Array.from({ length: 3 }, () => post(url, '{"url":"https://a.example/b.jpg"}'));
    while (begun < 3) await sleep(1);

    const refused = await post(url, photo);

    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    expect(await errorOf(refused)).toEqual([503, 'busy']);
    expect((await fetch(`${url}/health`)).status).toBe(200);

    gate.resolve();

    expect((await Promise.all(inside)).map((response) => response.status)).toEqual([200, 200, 200]);
    expect((await post(url, photo)).status).toBe(200);
  });

  it('that wait past their deadline are too slow', async () => {
    const held = heldDecoding();
    const limits = readLimits({ ANSWER_TIMEOUT_IN_MILLISECONDS: '2100' });
    const { url } = await start({ limits, decodePhoto: held.decode });
    const answers = await Promise.all([post(url, photo), post(url, photo)]);
    held.open();

    expect(await Promise.all(answers.map(errorOf))).toEqual(Array(2).fill([504, 'too_slow']));
  });

  it('lose the one whose caller hung up, before any work on it', async () => {
    const held = heldDecoding();
    const { url, service } = await start({ decodePhoto: held.decode });
    const first = post(url, photo);
    while (held.counted.begun === 0) await sleep(1);
    const impatient = new AbortController();
    const second = fetch(`${url}/predict`, { method: 'POST', body: photo, signal: impatient.signal });
    await sleep(30);
    impatient.abort();

    await expect(second).rejects.toThrow();

    while (service.lines.length === 0) await sleep(1);
    held.open();

    expect((await first).status).toBe(200);
    expect(held.counted.begun).toBe(1);
    expect(service.lines[0]).toMatchObject({ error: expect.stringMatching(/hung up|broke/) });
  });
});

it('a slow upload keeps nobody waiting, and one that breaks off is dropped', async () => {
  const limits = readLimits({ MAXIMUM_QUEUED_REQUESTS: '1' });
  const { url, server, service } = await start({ limits });
  const slow = http.request({
    port: server.port,
    method: 'POST',
    path: '/predict',
    headers: { 'content-length': photo.length, expect: '100-continue' },
  });
  slow.on('error', () => undefined);
  slow.flushHeaders();
  await once(slow, 'continue');
  slow.write(photo.subarray(0, 100));

  expect((await post(url, photo)).status).toBe(200);

  slow.destroy();
  while (service.lines.length < 2) await sleep(1);

  expect(service.lines[1]).toMatchObject({ code: 'bad_request', error: expect.stringContaining('broke') });
  expect((await post(url, photo)).status).toBe(200);
});

it.each([
  ['headers', 'POST /predict HTTP/1.1\r\nhost: a\r\nx: '],
  ['a body', 'POST /predict HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nabc'],
])('hangs up on a caller who drips %s', async (_case, bytes) => {
  const { server } = await start({ limits: readLimits({ UPLOAD_TIMEOUT_IN_MILLISECONDS: '100' }) });

  const said = await converse(server.port, bytes);

  expect(said).toMatch(/^HTTP\/1\.1 400 /);
  expect(said).toContain('took too long');
});

it.each([
  ['no HTTP', 'hello\r\n\r\n', 'not proper HTTP'],
  ['headers without end', `GET / HTTP/1.1\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 'too long'],
])('answers %s by an error of the family', async (_case, bytes, words) => {
  const { server } = await start();

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
  const { server } = await start();

  expect(await converse(server.port, bytes)).toMatch(/^HTTP\/1\.1 200 /);
});

it('finishes what it has begun when it closes, and takes no more', async () => {
  const decoding = Promise.withResolvers<void>();
  const { url, server } = await start({
    decodePhoto: async (bytes, options) => {
      decoding.resolve();
      await sleep(50);
      return decodePhoto(bytes, options);
    },
  });
  const begun = post(url, photo);
  await decoding.promise;

  await server.close(5_000);

  expect((await begun).status).toBe(200);
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});

it('rejects an address that is taken', async () => {
  const { server } = await start();

  await expect(serve(createTestService(), { port: server.port, host: '127.0.0.1' })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

describe('what a caller may have of the server', () => {
  /** A connection whose caller keeps its own end open, whatever the server does. */
  async function hold(port: number, bytes: string, localAddress = '127.0.0.1'): Promise<Socket> {
    const socket = connect({ port, host: '127.0.0.1', localAddress, allowHalfOpen: true });
    held.push(socket);
    socket.on('error', () => undefined);
    socket.write(bytes);
    await once(socket, 'connect');
    return socket;
  }
  const held: Socket[] = [];
  afterEach(() => {
    for (const socket of held.splice(0)) socket.destroy();
  });

  /** Writes until the other side is gone: a connection that was only ended would take it all. */
  async function isGone(socket: Socket): Promise<void> {
    // An error of the socket is one way to learn it.
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const writing = setInterval(() => socket.write('x'), 10);
    await closed;
    clearInterval(writing);
  }
  const halfHeader = 'POST /predict HTTP/1.1\r\nhost: a\r\nx: ';
  const halfBody = (size: number) => `POST /predict HTTP/1.1\r\nhost: a\r\ncontent-length: ${size}\r\n\r\n`;

  it.each([
    ['half a header', halfHeader],
    ['half a body', `${halfBody(100)}abc`],
    ['no HTTP', 'hello\r\n\r\n'],
    ['nothing', ''],
  ])('ends a connection with %s for good, though the caller keeps it open', async (_case, bytes) => {
    const { server } = await start({ limits: readLimits({ UPLOAD_TIMEOUT_IN_MILLISECONDS: '100' }) });

    await isGone(await hold(server.port, bytes));
  });

  it('ends a connection whose caller does not take the answer', async () => {
    const page = 'x'.repeat(30_000_000);
    const limits = readLimits({ UPLOAD_TIMEOUT_IN_MILLISECONDS: '100' });
    const { server } = await start({ limits, readPage: async () => page });
    const socket = await hold(server.port, 'GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    socket.pause();

    await isGone(socket);
  });

  it('answers a whole request while half ones take all connections', async () => {
    const limits = readLimits({ MAXIMUM_CONNECTIONS: '8', MAXIMUM_CONNECTIONS_PER_ADDRESS: '8' });
    const { url, server } = await start({ limits });

    for (let count = 0; count < 12; count += 1) await hold(server.port, halfHeader);

    expect((await post(url, photo)).status).toBe(200);
  });

  it('keeps places in the queue for other addresses', async () => {
    const gate = Promise.withResolvers<void>();
    const asked: string[] = [];
    const fetchPhoto = async (url: string) => {
      asked.push(url);
      await gate.promise;
      return photo;
    };
    const limits = readLimits({ MAXIMUM_QUEUED_REQUESTS: '3', MAXIMUM_QUEUED_REQUESTS_PER_ADDRESS: '2' });
    const { url, server } = await start({ limits, fetchPhoto });
    const inside = Array.from({ length: 2 }, () => post(url, '{"url":"https://a.example/b.jpg"}'));

    while (asked.length < 2) await sleep(1);

    expect(await errorOf(await post(url, photo))).toEqual([503, 'busy']);
    expect(await errorOf(await fetch(`${url}/health?deep=1`))).toEqual([503, 'busy']);

    const other = http.request({
      port: server.port,
      host: '127.0.0.1',
      localAddress: '127.0.0.2',
      method: 'POST',
      path: '/predict',
    });
    other.end(photo);
    const [response] = await once(other, 'response');

    expect(response.statusCode).toBe(200);

    response.resume();
    gate.resolve();
    await Promise.all(inside);
  });

  it('holds no more bytes for an address than its share, and gives them back', async () => {
    const limits = readLimits({ MAXIMUM_UPLOADS_PER_ADDRESS_IN_BYTES: '3000000' });
    const { url, server } = await start({ limits });
    const large = Buffer.alloc(2_000_000, 1);
    const socket = await hold(server.port, halfBody(2_000_001));
    socket.write(large);

    while (String(await errorOf(await post(url, Buffer.alloc(1_500_000)))) !== '503,busy') await sleep(10);

    expect((await post(url, photo)).status).toBe(200);

    socket.destroy();
    while (String(await errorOf(await post(url, Buffer.alloc(1_500_000)))) === '503,busy') await sleep(10);
  });
});

it('takes the absolute target that clients of a proxy send', async () => {
  const { server } = await start();

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
    const { server } = await start({ corsOrigins: 'loopback' });
    const origin = `http://localhost:${server.port}`;

    const said = await converse(server.port, asked({ host: `localhost:${server.port}`, origin }));

    expect(said).toMatch(/^HTTP\/1\.1 400 /);
    expect(said).toContain(`access-control-allow-origin: ${origin}\r\n`);
  });

  it.each([
    ['another website', { host: 'localhost', origin: 'https://evil.example' }],
    ['a name that leads here', { host: 'evil.example' }],
  ])('refuses %s, unread', async (_case, headers) => {
    const { server, service } = await start({ corsOrigins: 'loopback' });

    const said = await converse(server.port, asked(headers));

    expect(said).toMatch(/^HTTP\/1\.1 403 /);
    expect(said).not.toContain('access-control-allow-origin');
    expect(service.lines).toMatchObject([{ code: 'url_not_allowed', door: 'local' }]);
  });
});
