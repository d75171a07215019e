import { describe, expect, it } from 'vitest';
import { readWebpContainer } from '../../../photo/webp/webp-container.ts';
import { photoErrorOf } from '../../helpers/photo-error.ts';
import { extendedHeader, riffChunk, webpFile } from '../../helpers/webp-file.ts';

/** The header of a lossy picture, all that a container is read by. */
function lossy(width: number, height: number, first = 0x10): Buffer {
  const frame = Buffer.from([first, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0]);
  frame.writeUInt16LE(width, 6);
  frame.writeUInt16LE(height, 8);
  return frame;
}

function lossless(width: number, height: number): Buffer {
  const frame = Buffer.from([0x2f, 0, 0, 0, 0]);
  frame.writeUInt32LE(width - 1 + 2 ** 14 * (height - 1), 1);
  return frame;
}

/** An animation's frame with its upper left corner at twice these numbers. */
function animationFrame(x: number, y: number, picture: Buffer): Buffer {
  const header = Buffer.alloc(16);
  header.writeUIntLE(x, 0, 3);
  header.writeUIntLE(y, 3, 3);
  return riffChunk('ANMF', Buffer.concat([header, picture]));
}

const kindOf = async (file: Uint8Array): Promise<unknown> => (await photoErrorOf(() => readWebpContainer(file))).kind;
const sizeOf = (file: Uint8Array) => {
  const { width, height, frame } = readWebpContainer(file);
  return [width, height, frame.width, frame.height, frame.x, frame.y];
};

describe('the size in a WebP', () => {
  it.each([
    ['lossy', riffChunk('VP8 ', lossy(0x3fff, 1)), 0x3fff, 1],
    // The upper two bits say how a player may scale it.
    ['lossy, to be scaled', riffChunk('VP8 ', lossy(0xc003, 0x4002)), 3, 2],
    ['lossless', riffChunk('VP8L', lossless(0x4000, 1)), 0x4000, 1],
    ['lossless and high', riffChunk('VP8L', lossless(1, 0x4000)), 1, 0x4000],
  ])('is read from a picture that is %s', (_, picture, width, height) => {
    expect(sizeOf(webpFile(picture))).toEqual([width, height, width, height, 0, 0]);
  });

  it.each([
    ['a lossy header of 9 bytes', riffChunk('VP8 ', lossy(4, 4).subarray(0, 9))],
    ['a lossless header of 4 bytes', riffChunk('VP8L', lossless(4, 4).subarray(0, 4))],
    ['no byte', riffChunk('VP8 ', Buffer.alloc(0))],
    ['a frame that is no key frame', riffChunk('VP8 ', lossy(4, 4, 0x11))],
    ['no width', riffChunk('VP8 ', lossy(0, 4))],
    ['no height', riffChunk('VP8 ', lossy(4, 0))],
    ...[3, 4, 5].map((at): [string, Buffer] => {
      const changed = lossy(4, 4);
      changed[at] = 0;
      return [`byte ${at} of its start code changed`, riffChunk('VP8 ', changed)];
    }),
  ])('is damaged where there is %s', async (_, picture) => {
    expect(await kindOf(webpFile(picture, riffChunk('NONE', Buffer.alloc(8))))).toBe('corrupt');
  });
});

describe('the canvas of a WebP', () => {
  const picture = riffChunk('VP8 ', lossy(4, 6));

  it.each([
    ['a still picture of its own size', webpFile(extendedHeader(4, 6, 0), picture), [4, 6, 4, 6, 0, 0]],
    [
      'a frame in its last corner',
      webpFile(extendedHeader(0x12345, 0x23456, 2), animationFrame(0x91a0, 0x11a28, picture)),
      [0x12345, 0x23456, 4, 6, 0x12340, 0x23450],
    ],
  ])('holds %s', (_, file, sizes) => {
    expect(sizeOf(file)).toEqual(sizes);
  });

  it.each([
    ['a still picture that is narrower', webpFile(extendedHeader(5, 6, 0), picture)],
    ['a still picture that is lower', webpFile(extendedHeader(4, 7, 0), picture)],
    ['a frame one pixel too far right', webpFile(extendedHeader(9, 16, 2), animationFrame(3, 5, picture))],
    ['a frame one pixel too low', webpFile(extendedHeader(10, 15, 2), animationFrame(3, 5, picture))],
  ])('does not hold %s', async (_, file) => {
    expect(await kindOf(file)).toBe('corrupt');
  });

  it('takes ten bytes of a header, which may be longer', async () => {
    const header = Buffer.from([0, 0, 0, 0, 3, 0, 0, 5, 0, 0, 0]);

    expect(sizeOf(webpFile(riffChunk('VP8X', header), picture))).toEqual([4, 6, 4, 6, 0, 0]);
    expect(await kindOf(webpFile(riffChunk('VP8X', header.subarray(0, 9)), picture))).toBe('corrupt');
  });
});

describe('the chunks of a WebP', () => {
  const picture = riffChunk('VP8 ', lossy(4, 4));
  const alpha = riffChunk('ALPH', Buffer.alloc(3, 7));

  it('end where the file says so', async () => {
    const file = webpFile(picture);

    expect(readWebpContainer(Buffer.concat([file, alpha])).frame.chunks).toHaveLength(1);
    expect(await kindOf(file.subarray(0, -1))).toBe('corrupt');
  });

  it('need a header of 20 bytes', async () => {
    const whole = webpFile(riffChunk('VP8 ', Buffer.alloc(0)));

    expect((await photoErrorOf(() => readWebpContainer(whole))).message).toContain('header is damaged');
    expect((await photoErrorOf(() => readWebpContainer(whole.subarray(0, 19)))).message).toContain('inside its header');
  });

  it('may lack the byte that fills up the last one', () => {
    const odd = riffChunk('EXIF', Buffer.alloc(3));
    const file = webpFile(extendedHeader(4, 4, 8), picture, odd.subarray(0, -1));

    expect(sizeOf(file)).toEqual([4, 4, 4, 4, 0, 0]);
  });

  it('are the first alpha and the first picture, or a lossless picture alone', () => {
    const first = readWebpContainer(
      webpFile(extendedHeader(4, 4, 16), alpha, riffChunk('ALPH', Buffer.alloc(5)), picture),
    );
    const alone = readWebpContainer(webpFile(extendedHeader(4, 4, 16), alpha, riffChunk('VP8L', lossless(4, 4))));

    expect(first.frame.chunks.map(({ name, data }) => [name, data.length])).toEqual([
      ['ALPH', 3],
      ['VP8 ', 10],
    ]);
    expect(alone.frame.chunks.map(({ name }) => name)).toEqual(['VP8L']);
  });

  it('of a frame begin behind its 16 bytes', async () => {
    const header = extendedHeader(4, 4, 2);
    const short = riffChunk('ANMF', Buffer.alloc(15));
    const bare = riffChunk('ANMF', Buffer.alloc(16));

    expect((await photoErrorOf(() => readWebpContainer(webpFile(header, short)))).message).toContain('cut short');
    expect((await photoErrorOf(() => readWebpContainer(webpFile(header, bare)))).kind).toBe('unsupported');
  });

  it('are 100,000 at most', async () => {
    const comments = (count: number) => Buffer.alloc(8 * count, riffChunk('NOTE', Buffer.alloc(0)));

    expect(sizeOf(webpFile(picture, comments(99_999)))).toEqual([4, 4, 4, 4, 0, 0]);
    expect(await kindOf(webpFile(picture, comments(100_000)))).toBe('corrupt');
  });

  it('without a picture are of an unknown kind, or damage where a canvas promises one', async () => {
    expect(await kindOf(webpFile(riffChunk('NOTE', Buffer.alloc(8))))).toBe('unsupported');
    expect(await kindOf(webpFile(extendedHeader(4, 4, 0), alpha))).toBe('corrupt');
  });
});
