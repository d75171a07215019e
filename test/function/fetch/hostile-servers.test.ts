import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createPhotoFetcher } from '../../../function/fetch/fetch-photo.ts';
import { type Script, startScriptedServer } from '../../helpers/scripted-server.ts';

const maximumSizeInBytes = 100_000;
const ok = 'HTTP/1.1 200 OK\r\n';
/** 10 kB that stand for 10 MB. */
const bomb = gzipSync(Buffer.alloc(10_000_000));

/** Sends `text` again and again until the other side has had enough. */
function repeat(text: string, { everyMilliseconds = 1 } = {}): (socket: Socket) => void {
  return (socket) => {
    const timer = setInterval(() => socket.write(text), everyMilliseconds);
    socket.on('close', () => clearInterval(timer));
  };
}

function startThenRepeat(start: string, text: string, options?: { everyMilliseconds: number }): Script {
  return (socket) => {
    socket.write(start);
    repeat(text, options)(socket);
  };
}

/** What the fetcher makes of a server, once every connection to it is closed. */
async function fetchFrom(script: Script, timeoutInMilliseconds = 2_000) {
  const server = await startScriptedServer(script);
  try {
    const fetchPhoto = createPhotoFetcher({
      enabled: true,
      allowedHosts: [`127.0.0.1:${server.port}`],
      maximumSizeInBytes,
      maximumRedirects: 3,
      timeoutInMilliseconds,
      userAgent: 'lambda-lens/test',
    });
    const { signal } = new AbortController();
    const outcome = await fetchPhoto(`http://127.0.0.1:${server.port}/`, { signal }).catch((error: unknown) => error);
    expect(await server.openConnections()).toBe(0);
    return outcome;
  } finally {
    await server.close();
  }
}

describe('a photo fetcher that meets a hostile server', () => {
  it.each<[string, Script]>([
    ['without a length', `${ok}\r\nphoto`],
    [
      'in chunks of one byte',
      `${ok}Transfer-Encoding: chunked\r\n\r\n${[...'photo'].map((c) => `1\r\n${c}\r\n`).join('')}0\r\n\r\n`,
    ],
    ['behind informational answers', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n${ok}\r\nphoto`],
    ['on a connection that stays open', (socket) => socket.write(`${ok}Content-Length: 5\r\n\r\nphoto`)],
    ['with more bytes than its length says', `${ok}Content-Length: 5\r\n\r\nphoto and a second answer`],
  ])('takes a photo sent %s', async (_how, script) => {
    const outcome = await fetchFrom(script);

    expect(outcome).toEqual(Uint8Array.from(Buffer.from('photo')));
  });

  it('takes a photo of exactly the maximum size, whole', async () => {
    const body = Buffer.alloc(maximumSizeInBytes, 'lens');

    const outcome = await fetchFrom(Buffer.concat([Buffer.from(`${ok}\r\n`), body]));

    expect(Buffer.compare(outcome as Uint8Array, body)).toBe(0);
  });

  it.each<[string, Script, string]>([
    ['a length past the limit', `${ok}Content-Length: 100001\r\n\r\n`, 'has 100,001 bytes; the limit is 100,000 bytes'],
    ['a body without end', startThenRepeat(`${ok}\r\n`, 'x'.repeat(9_000)), 'goes on past the limit'],
    [
      'chunks without end',
      startThenRepeat(`${ok}Transfer-Encoding: chunked\r\n\r\n`, `2000\r\n${'x'.repeat(0x2000)}\r\n`),
      'goes on past the limit',
    ],
    ['one byte too many', `${ok}\r\n${'x'.repeat(maximumSizeInBytes + 1)}`, 'the limit is 100,000 bytes'],
  ])('stops at %s', async (_what, script, message) => {
    expect(await fetchFrom(script)).toMatchObject({
      code: 'photo_too_large',
      message: expect.stringContaining(message),
    });
  });

  it.each<[string, Script, string]>([
    ['fewer bytes than its length says', `${ok}Content-Length: 50\r\n\r\nphoto`, 'broke off'],
    ['chunks without the last one', `${ok}Transfer-Encoding: chunked\r\n\r\n5\r\nphoto\r\n`, 'broke off'],
    ['two lengths', `${ok}Content-Length: 5\r\nContent-Length: 6\r\n\r\nphoto!`, 'not proper HTTP'],
    ['a negative length', `${ok}Content-Length: -5\r\n\r\nphoto`, 'not proper HTTP'],
    ['a length past every number', `${ok}Content-Length: ${'9'.repeat(40)}\r\n\r\nphoto`, 'not proper HTTP'],
    ['a length and chunks', `${ok}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 'not proper HTTP'],
    ['no bytes', `${ok}Content-Length: 0\r\n\r\n`, 'zero bytes'],
    ['no answer', '', 'broke off'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n', 'not proper HTTP'],
    ['a switch of protocols', 'HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n', 'broke off'],
    ['a header line too long', `${ok}A: ${'x'.repeat(20_000)}\r\n\r\nphoto`, 'header that is too long'],
    ['header lines too many', `${ok}${'A: x\r\n'.repeat(10_000)}\r\nphoto`, 'header that is too long'],
    ['a header field with a line feed', `${ok}A: x\ny\r\n\r\nphoto`, 'not proper HTTP'],
    ['a redirect to nowhere', 'HTTP/1.1 302 Found\r\n\r\n', 'redirect, but not where to'],
    ['status 304', 'HTTP/1.1 304 Not Modified\r\n\r\n', 'status 304'],
    ['status 404', 'HTTP/1.1 404 Not Found\r\nContent-Length: 6\r\n\r\nsecret', 'status 404'],
    ['status 206', `HTTP/1.1 206 Partial\r\nContent-Length: 5\r\n\r\nphoto`, 'status 206'],
    ['status 500', 'HTTP/1.1 500 Oops secret\r\n\r\nsecret', 'status 500'],
  ])('reports %s', async (_what, script, message) => {
    const outcome = await fetchFrom(script);

    expect(outcome).toMatchObject({ code: 'fetch_failed', status: 424, message: expect.stringContaining(message) });
    expect((outcome as Error).message).not.toContain('secret');
  });

  it.each([
    'gzip',
    'GZIP, gzip',
    'br',
    'deflate',
    'zstd',
    'aws-chunked',
  ])('inflates nothing of type %s', async (coding) => {
    const header = `${ok}Content-Encoding: ${coding}\r\nContent-Length: ${bomb.length}\r\n\r\n`;

    expect(await fetchFrom(Buffer.concat([Buffer.from(header), bomb]))).toMatchObject({
      code: 'fetch_failed',
      message: expect.stringContaining('compressed'),
    });
  });

  it.each<[string, Script]>([
    ['never answers', () => undefined],
    ['drips its header', startThenRepeat(`${ok}A: `, 'x', { everyMilliseconds: 20 })],
    ['drips its body', startThenRepeat(`${ok}Content-Length: 9000\r\n\r\n`, 'x', { everyMilliseconds: 20 })],
    ['sends informational answers for ever', repeat('HTTP/1.1 102 Processing\r\n\r\n')],
  ])('ends at the deadline with a server that %s', async (_what, script) => {
    const startedAt = performance.now();

    expect(await fetchFrom(script, 250)).toMatchObject({
      code: 'fetch_failed',
      message: "The photo's server did not deliver the photo within 0.25 seconds.",
    });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it("closes its connection the moment the caller's signal fires", async () => {
    const controller = new AbortController();
    const server = await startScriptedServer((socket) => {
      socket.write(`${ok}Content-Length: 9000\r\n\r\nx`);
      setTimeout(() => controller.abort(new Error('the caller has left')), 20);
    });
    const fetchPhoto = createPhotoFetcher({
      enabled: true,
      allowedHosts: [`127.0.0.1:${server.port}`],
      maximumSizeInBytes,
      maximumRedirects: 3,
      timeoutInMilliseconds: 5_000,
      userAgent: 'lambda-lens/test',
    });
    const promise = fetchPhoto(`http://127.0.0.1:${server.port}/`, { signal: controller.signal });

    await expect(promise).rejects.toThrow('the caller has left');
    expect(await server.openConnections()).toBe(0);

    await server.close();
  });
});
