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

/** A raw stream of stored blocks, the first byte of which may have anything in its unused bits. */
function storedBlocks(...blocks: readonly (readonly [first: number, bytes: Buffer])[]): Buffer {
  return Buffer.concat(
    blocks.flatMap(([first, bytes]) => [Buffer.of(first, bytes.length, 0, 255 - bytes.length, 255), bytes]),
  );
}

it.each([
  [
    'has the method of zlib in its first byte',
    storedBlocks([0x08, Buffer.alloc(20, 'a')], [0x01, Buffer.alloc(3, 'a')]),
  ],
  ['begins with a multiple of 31', storedBlocks([0x01, Buffer.alloc(23, 'a')])],
])('is not taken for zlib where a raw stream %s', async (_what, raw) => {
  expect(Buffer.from(await decompressBody(raw, 'deflate', 100))).toEqual(Buffer.alloc(23, 'a'));
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
