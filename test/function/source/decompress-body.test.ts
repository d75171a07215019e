import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decompressBody } from '../../../function/source/decompress-body.ts';
import { drawnJpeg } from '../../helpers/drawn-jpeg.ts';
import { serviceErrorOf } from '../../helpers/service-error.ts';
import { createTestService, request } from '../../helpers/test-service.ts';

const body = Buffer.from('hello '.repeat(50));
const codings = [
  ['gzip', gzipSync(body)],
  ['GZip', gzipSync(body)],
  ['x-gzip', gzipSync(body)],
  ['deflate', deflateSync(body)],
  ['deflate', deflateRawSync(body)],
  ['br', brotliCompressSync(body)],
  ['zstd', zstdCompressSync(body)],
  ['identity', body],
  ['utf-8', body],
  ['', body],
  ['deflate, gzip', gzipSync(deflateSync(body))],
] as const;

describe.each(codings)('the coding "%s"', (coding, bytes) => {
  it('is undone', async () => {
    expect(Buffer.from(await decompressBody(bytes, coding, body.length))).toEqual(body);
  });
});

it.each(codings.slice(0, 7))('inflates no more than the limit of %s', async (coding, bytes) => {
  const error = await serviceErrorOf(() => decompressBody(bytes, coding, body.length - 1));

  expect(error.code).toBe('photo_too_large');
});

it.each([
  ['gzip', body],
  ['gzip', gzipSync(body).subarray(0, 20)],
  ['br', Buffer.alloc(10, 0xff)],
  ['gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(body)))],
])('refuses %s that is not what it says, or too much of it', async (coding, bytes) => {
  const error = await serviceErrorOf(() => decompressBody(bytes, coding, 10_000));

  expect(error.code).toBe('bad_request');
});

it('is undone on the way of a photo', async () => {
  const parts = { method: 'POST', path: '/predict', headers: { 'Content-Encoding': 'gzip' } };

  const { status } = await request(createTestService(), { ...parts, body: gzipSync(drawnJpeg(16, 16)) });

  expect(status).toBe(200);
});
