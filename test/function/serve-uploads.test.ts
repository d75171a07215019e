import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readLimits } from '../../function/settings/limits.ts';
import { converse, errorOf, photo, post, startService } from '../helpers/start-service.ts';

describe('a body over the limit', () => {
  const limits = readLimits({ MAXIMUM_BODY_SIZE_IN_BYTES: '1000' });

  it('is refused by its length before it is sent', async () => {
    const { server } = await startService({ limits });
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
    const { server } = await startService({ limits });
    const lines = ['POST /predict HTTP/1.1', 'host: a', 'expect: 100-continue', 'content-length: 5000', '', ''];

    const said = await converse(server.port, lines.join('\r\n'));

    expect(said).toMatch(/^HTTP\/1\.1 413 /);
    expect(said).toContain('photo_too_large');
  });

  it('that does not say its length is refused while it is sent', async () => {
    const { server } = await startService({ limits });
    const request = http.request({ port: server.port, method: 'POST', path: '/predict' });
    request.on('error', () => undefined);
    request.write(Buffer.alloc(1001));

    const [response] = await once(request, 'response');

    expect(response.statusCode).toBe(413);
    expect(await text(response)).toMatch(/more than 1,000/);

    request.destroy();
  });

  it('is refused in words also to a caller who wants the connection closed', async () => {
    const { url } = await startService({ limits });
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
    const { url } = await startService({ limits });

    for (let time = 0; time < 3; time++) {
      expect(await errorOf(await post(url, Buffer.alloc(300_000)))).toEqual([413, 'photo_too_large']);
    }

    expect((await fetch(`${url}/health`)).status).toBe(200);
  });
});

it('asks for a body where the caller waits for a word', async () => {
  const { server } = await startService();
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

it('a slow upload keeps nobody waiting, and one that breaks off is dropped', async () => {
  const limits = readLimits({ MAXIMUM_QUEUED_REQUESTS: '1' });
  const { url, server, service } = await startService({ limits });
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
  const { server } = await startService({ limits: readLimits({ UPLOAD_TIMEOUT_IN_MILLISECONDS: '100' }) });

  const said = await converse(server.port, bytes);

  expect(said).toMatch(/^HTTP\/1\.1 400 /);
  expect(said).toContain('took too long');
});
