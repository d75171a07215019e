import { describe, expect, it } from 'vitest';
import { decodeWebp } from '../../../photo/webp/decode-webp.ts';
import { photoErrorOf } from '../../helpers/photo-error.ts';
import { type Colour, drawQuadrants, farthest, quadrantColours, quadrantMeans } from '../../helpers/quadrants.ts';
import { encodeWebp, extendedHeader, type Rgba, riffChunk, webpChunks, webpFile } from '../../helpers/webp-file.ts';

const options = { maximumPixels: 10_000 };

function quadrantsWithAlpha(width: number, height: number, alpha: number): Rgba {
  const { data: rgb } = drawQuadrants(width, height);
  const data = Buffer.alloc(4 * width * height, alpha);
  for (let i = 0; i < width * height; i++) data.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
  return { width, height, data };
}

const lossless = await encodeWebp(quadrantsWithAlpha(32, 24, 255), { lossless: true });
const lossy = await encodeWebp(quadrantsWithAlpha(32, 24, 255), { lossless: false });

/** ANMF: where the frame lies, its size, its duration, its flags, then its own chunks. */
function animationFrame(x: number, y: number, width: number, height: number, picture: Buffer): Buffer {
  const header = Buffer.alloc(16);
  header.writeUIntLE(x / 2, 0, 3);
  header.writeUIntLE(y / 2, 3, 3);
  header.writeUIntLE(width - 1, 6, 3);
  header.writeUIntLE(height - 1, 9, 3);
  return riffChunk('ANMF', Buffer.concat([header, ...webpChunks(picture).map(({ bytes }) => bytes)]));
}

describe('decodeWebp', () => {
  it('decodes lossless to the very pixels', async () => {
    const { pixels, decoder } = await decodeWebp(lossless, options);

    expect(pixels).toEqual(drawQuadrants(32, 24));
    expect(decoder).toBe('libwebp');
  });

  it('decodes lossy', async () => {
    const file = await encodeWebp(quadrantsWithAlpha(96, 96, 255), { lossless: false });

    const { pixels } = await decodeWebp(file, options);

    expect(farthest(quadrantMeans(pixels), quadrantColours)).toBeLessThan(3);
  });

  it.each([true, false])('lays transparent parts on white, lossless %s', async (isLossless) => {
    const half = await encodeWebp(quadrantsWithAlpha(96, 96, 128), { lossless: isLossless });
    const { pixels } = await decodeWebp(half, options);
    const onWhite = (value: number) => 255 - ((255 - value) * 128) / 255;
    const expected = quadrantColours.map(([r, g, b]): Colour => [onWhite(r), onWhite(g), onWhite(b)]);

    expect(farthest(quadrantMeans(pixels), expected)).toBeLessThan(3);
  });

  it('shows the first frame of an animation where it lies on the white canvas', async () => {
    const first = animationFrame(4, 2, 32, 24, lossless);
    const second = animationFrame(0, 0, 32, 24, lossy);
    const file = webpFile(extendedHeader(40, 30, 0x02), riffChunk('ANIM', Buffer.alloc(6)), first, second);

    const { pixels, storedWidth, storedHeight } = await decodeWebp(file, options);

    expect([storedWidth, storedHeight]).toEqual([40, 30]);

    const at = (x: number, y: number) => Array.from(pixels.data.subarray(3 * (y * 40 + x), 3 * (y * 40 + x) + 3));

    expect(at(0, 0)).toEqual([255, 255, 255]);
    expect(at(39, 29)).toEqual([255, 255, 255]);
    expect(at(4, 2)).toEqual(quadrantColours[0]);
    expect(at(35, 25)).toEqual(quadrantColours[3]);
  });

  it('reduces a large canvas', async () => {
    const frame = animationFrame(0, 0, 32, 24, lossless);
    const file = webpFile(extendedHeader(2400, 2000, 0x02), riffChunk('ANIM', Buffer.alloc(6)), frame);
    const minimumSize = { width: 100, height: 100 };

    const { pixels } = await decodeWebp(file, { maximumPixels: 5_000_000, minimumSize });

    expect(pixels).toMatchObject({ width: 240, height: 200 });
  });

  it('decodes one photo after another that was damaged', async () => {
    const damaged = Buffer.from(lossless);
    damaged.fill(0xff, 30);

    await expect(decodeWebp(damaged, options)).rejects.toMatchObject({ kind: 'corrupt' });
    await expect(decodeWebp(lossless, options)).resolves.toBeDefined();
  });

  const picture = webpChunks(lossless)[0]?.bytes as Buffer;
  it.each([
    ['nothing behind its name', Buffer.from('RIFF\x04\0\0\0WEBP', 'latin1')],
    ['a size larger than the file', lossless.subarray(0, -2)],
    ['a chunk larger than the file', webpFile(Buffer.from('VP8L\xff\xff\xff\0/abcd', 'latin1'))],
    ['an extended header and no picture', webpFile(extendedHeader(4, 4, 0))],
    ['an extended header of 4 bytes', webpFile(riffChunk('VP8X', Buffer.alloc(4)), picture)],
    ['a canvas of another size', webpFile(extendedHeader(40, 30, 0), picture)],
    ['a frame outside its canvas', webpFile(extendedHeader(32, 24, 2), animationFrame(2, 0, 32, 24, lossless))],
    ['a frame header cut short', webpFile(extendedHeader(32, 24, 2), riffChunk('ANMF', Buffer.alloc(10)))],
    ['a lossy picture without its start code', webpFile(riffChunk('VP8 ', Buffer.alloc(20)))],
    ['a lossless picture without its signature', webpFile(riffChunk('VP8L', Buffer.alloc(20)))],
  ])('refuses a file with %s', async (_, file) => {
    expect(await photoErrorOf(() => decodeWebp(file, options))).toMatchObject({ kind: 'corrupt' });
  });
});
