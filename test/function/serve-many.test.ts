import { once } from 'node:events';
import http from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { readLimits } from '../../function/settings/limits.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';
import { errorOf, photo, post, startService } from '../helpers/start-service.ts';

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
    const { url } = await startService({ limits, fetchPhoto });
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
    const { url } = await startService({ limits, decodePhoto: held.decode });
    const answers = await Promise.all([post(url, photo), post(url, photo)]);
    held.open();

    expect(await Promise.all(answers.map(errorOf))).toEqual(Array(2).fill([504, 'too_slow']));
  });

  it('lose the one whose caller hung up, before any work on it', async () => {
    const held = heldDecoding();
    const { url, service } = await startService({ decodePhoto: held.decode });
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
    const { server } = await startService({ limits: readLimits({ UPLOAD_TIMEOUT_IN_MILLISECONDS: '100' }) });

    await isGone(await hold(server.port, bytes));
  });

  it('ends a connection whose caller does not take the answer', async () => {
    const page = 'x'.repeat(30_000_000);
    const limits = readLimits({ UPLOAD_TIMEOUT_IN_MILLISECONDS: '100' });
    const { server } = await startService({ limits, readPage: async () => page });
    const socket = await hold(server.port, 'GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    socket.pause();

    await isGone(socket);
  });

  it('answers a whole request while half ones take all connections', async () => {
    const limits = readLimits({ MAXIMUM_CONNECTIONS: '8', MAXIMUM_CONNECTIONS_PER_ADDRESS: '8' });
    const { url, server } = await startService({ limits });

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
    const { url, server } = await startService({ limits, fetchPhoto });
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
    const { url, server } = await startService({ limits });
    const large = Buffer.alloc(2_000_000, 1);
    const socket = await hold(server.port, halfBody(2_000_001));
    socket.write(large);

    while (String(await errorOf(await post(url, Buffer.alloc(1_500_000)))) !== '503,busy') await sleep(10);

    expect((await post(url, photo)).status).toBe(200);

    socket.destroy();
    while (String(await errorOf(await post(url, Buffer.alloc(1_500_000)))) === '503,busy') await sleep(10);
  });
});
