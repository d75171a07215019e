import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { decodePng } from '../../../photo/png/decode-png.ts';
import { photoErrorOf } from '../../helpers/photo-error.ts';
import {
  encodeLargePng,
  encodePng,
  encodeRgbPng,
  filteredRows,
  type PngPicture,
  pngChunk,
  pngHeader,
  pngSignature,
} from '../../helpers/png-file.ts';
import { drawQuadrants } from '../../helpers/quadrants.ts';

const options = { maximumPixels: 10_000 };
const greys = [1, 2, 4, 8, 16].map((depth) => ({ colourType: 0, depth, channels: 1 }));
const colours = [8, 16].flatMap((depth) => [
  { colourType: 2, depth, channels: 3 },
  { colourType: 4, depth, channels: 2 },
  { colourType: 6, depth, channels: 4 },
]);

/** A gradient over the whole range of the samples, another in each channel. */
function gradient(kind: { colourType: number; depth: number; channels: number }, interlaced: boolean): PngPicture {
  const largest = 2 ** kind.depth - 1;
  const samples = (x: number, y: number) =>
    Array.from({ length: kind.channels }, (_, c) => Math.round((((x * (c + 2) + y * 3) % 24) / 23) * largest));
  return { ...kind, width: 23, height: 17, interlaced, samples };
}

/** What pngjs makes of it, laid on white as the service does. */
function secondOpinion(png: Buffer): number[] {
  const { data } = PNG.sync.read(png);
  return Array.from({ length: (data.length / 4) * 3 }, (_, i) => {
    const pixel = 4 * Math.floor(i / 3);
    const alpha = data[pixel + 3] as number;
    return Math.round(255 - ((255 - (data[pixel + (i % 3)] as number)) * alpha) / 255);
  });
}

/** Decoded twice, the second time where it may be lent. */
async function decodedBytes(png: Buffer): Promise<Uint8Array> {
  const { data } = (await decodePng(png, options)).pixels;
  const { pixels: lent } = await decodePng(png, { ...options, mayLend: true });
  expect(Buffer.compare(lent.data, data)).toBe(0);
  lent.release?.();
  return data;
}

describe('every kind of PNG', () => {
  const kinds = [...greys, ...colours].flatMap((kind) => [false, true].map((interlaced) => ({ ...kind, interlaced })));
  it.each(kinds)('colour type $colourType, $depth bits, interlaced $interlaced: as pngjs decodes it', async (kind) => {
    const png = encodePng(gradient(kind, kind.interlaced));
    const actual = await decodedBytes(png);
    const expected = secondOpinion(png);
    expect(actual.length).toBe(expected.length);
    // pngjs rounds 16 bits to eight where this decoder takes the upper eight: 1 apart at most, 2 with such an alpha.
    const allowed = kind.depth === 16 ? 2 : 0;
    expect(Math.max(...expected.map((value, i) => Math.abs(value - (actual[i] as number))))).toBeLessThanOrEqual(
      allowed,
    );
  });

  it.each([1, 2, 4, 8])('palette of %i bits, with and without transparent entries', async (depth) => {
    const entries = 2 ** Math.min(depth, 4);
    const palette = pngChunk('PLTE', Buffer.from(Array.from({ length: 3 * entries }, (_, i) => (i * 37) % 256)));
    const picture: PngPicture = { width: 9, height: 7, depth, colourType: 3, samples: (x, y) => [(x + y) % entries] };
    const opaque = encodePng(picture, palette);
    expect(Array.from(await decodedBytes(opaque))).toEqual(secondOpinion(opaque));
    const transparent = encodePng(picture, palette, pngChunk('tRNS', Buffer.of(0, 128)));
    expect(Array.from(await decodedBytes(transparent))).toEqual(secondOpinion(transparent));
  });

  it.each([
    ['grey of 2 bits', { colourType: 0, depth: 2 }, [1], [85, 85, 85], Buffer.of(0, 1)],
    ['grey of 8 bits', { colourType: 0, depth: 8 }, [200], [200, 200, 200], Buffer.of(0, 200)],
    ['grey of 16 bits', { colourType: 0, depth: 16 }, [0x1234], [0x12, 0x12, 0x12], Buffer.of(0x12, 0x34)],
    ['RGB of 8 bits', { colourType: 2, depth: 8 }, [1, 2, 3], [1, 2, 3], Buffer.of(0, 1, 0, 2, 0, 3)],
    ['RGB of 16 bits', { colourType: 2, depth: 16 }, [256, 512, 768], [1, 2, 3], Buffer.of(1, 0, 2, 0, 3, 0)],
  ])('shows the one transparent colour of %s white, and its neighbour as it is', async (_, kind, sample, shown, trns) => {
    const other = sample.map((value, i) => (i === sample.length - 1 ? value + 1 : value));
    const samples = (x: number) => (x === 0 ? sample : other);
    const picture = { ...kind, width: 2, height: 1, samples };
    const plain = await decodedBytes(encodePng(picture));
    expect(Array.from(plain.subarray(0, 3))).toEqual(shown);
    const withTransparency = await decodedBytes(encodePng(picture, pngChunk('tRNS', trns)));
    expect(Array.from(withTransparency)).toEqual([255, 255, 255, ...plain.subarray(3)]);
  });

  it.each([
    1, 2, 3, 4, 5, 7, 8, 9,
  ])('an interlaced picture %i pixels wide and high, with its empty passes', async (side) => {
    const samples = (x: number, y: number) => [x * 20, y * 20, x * y];
    const picture = { width: side, height: side, depth: 8, colourType: 2, samples };
    const plain = await decodedBytes(encodePng(picture));
    expect(await decodedBytes(encodePng({ ...picture, interlaced: true }))).toEqual(plain);
  });

  it('the first frame of an animation, and no gamma', async () => {
    const still = drawQuadrants(8, 8);
    const control = pngChunk('acTL', Buffer.of(0, 0, 0, 2, 0, 0, 0, 0));
    const gamma = pngChunk('gAMA', Buffer.of(0, 0, 0x10, 0));
    expect(await decodedBytes(encodeRgbPng(still, control, gamma))).toEqual(still.data);
  });

  it('a picture in many small chunks, with data behind its end', async () => {
    const { data } = drawQuadrants(8, 8);
    const samples = (x: number, y: number) => Array.from(data.subarray(3 * (y * 8 + x), 3 * (y * 8 + x) + 3));
    const picture = { width: 8, height: 8, depth: 8, colourType: 2, samples };
    const compressed = deflateSync(filteredRows(picture));
    const parts = Array.from(compressed, (byte) => pngChunk('IDAT', Buffer.of(byte)));
    const png = Buffer.concat([pngSignature, pngHeader(picture), ...parts, pngChunk('IEND'), Buffer.from('behind')]);
    expect(await decodedBytes(png)).toEqual(data);
  });
});

describe('reduced PNG', () => {
  const [width, height] = [2001, 2000];
  const data = new Uint8Array(3 * width * height);
  for (let at = 0; at < data.length; at += 3) {
    const pixel = at / 3;
    data[at] = (pixel % width) % 2 === 0 ? 10 : 20;
    data[at + 1] = Math.floor(pixel / width) % 2 === 0 ? 100 : 200;
  }
  const png = encodeLargePng({ width, height, data });

  it('is the mean of squares', async () => {
    const minimumSize = { width: 500, height: 500 };
    const { pixels, storedWidth, storedHeight } = await decodePng(png, { maximumPixels: 5_000_000, minimumSize });
    expect([storedWidth, storedHeight]).toEqual([width, height]);
    expect(pixels).toMatchObject({ width: 1001, height: 1000 });
    const row = [...Array.from({ length: 1000 }, () => [15, 150, 0]).flat(), 10, 150, 0];
    expect(Array.from(pixels.data.subarray(0, row.length))).toEqual(row);
    expect(Array.from(pixels.data.subarray(-row.length))).toEqual(row);
  });

  it('is the whole picture where no smaller one will do', async () => {
    const minimumSize = { width: 501, height: 500 };
    const { pixels } = await decodePng(png, { maximumPixels: 5_000_000, minimumSize });
    expect(pixels).toMatchObject({ width, height });
  });
});

describe('damaged PNG', () => {
  const picture: PngPicture = { width: 4, height: 4, depth: 8, colourType: 2, samples: (x, y) => [x, y, 0] };
  const rows = filteredRows(picture);
  const header = pngHeader(picture);
  const image = pngChunk('IDAT', deflateSync(rows));
  const end = pngChunk('IEND');
  const file = (...chunks: Buffer[]) => Buffer.concat([pngSignature, ...chunks]);
  const badCheck = (chunk: Buffer) => Buffer.concat([chunk.subarray(0, -1), Buffer.of((chunk.at(-1) as number) ^ 1)]);
  const rawHeader = (...fields: number[]) => pngChunk('IHDR', Buffer.from([0, 0, 0, 4, 0, 0, 0, 4, ...fields]));

  it.each([
    ['no header first', file(image, end)],
    ['two headers', file(header, header, image, end)],
    ['a header of 12 bytes', file(pngChunk('IHDR', Buffer.alloc(12)), image, end)],
    ['no pixels by its header', file(pngHeader({ ...picture, width: 0 }), image, end)],
    ['colour type 1', file(rawHeader(8, 1, 0, 0, 0), image, end)],
    ['3 bits a sample', file(rawHeader(3, 0, 0, 0, 0), image, end)],
    ['4 bits a sample in RGB', file(rawHeader(4, 2, 0, 0, 0), image, end)],
    ['an unknown compression', file(rawHeader(8, 2, 1, 0, 0), image, end)],
    ['an unknown filter method', file(rawHeader(8, 2, 0, 1, 0), image, end)],
    ['an unknown interlace method', file(rawHeader(8, 2, 0, 0, 2), image, end)],
    ['no picture', file(header, end)],
    ['a wrong check value in its header', file(badCheck(header), image, end)],
    ['a wrong check value in its picture', file(header, badCheck(image), end)],
    ['a wrong check value in its transparency', file(header, badCheck(pngChunk('tRNS', Buffer.alloc(6))), image, end)],
    ['its picture cut off before the check value', file(header, image.subarray(0, -1))],
    ['a chunk name with a digit', file(header, pngChunk('te1t'), image, end)],
    ['a chunk that claims 2 GB', file(header, Buffer.from('\x7f\xff\xff\xfftEXtabcdefgh', 'latin1'), image, end)],
    ['its picture in two places', file(header, image, pngChunk('tEXt'), image, end)],
    ['colour type 3 and no palette', file(rawHeader(8, 3, 0, 0, 0), image, end)],
    ['a palette of 4 bytes', file(header, pngChunk('PLTE', Buffer.alloc(4)), image, end)],
    ['a palette behind its picture', file(header, image, pngChunk('PLTE', Buffer.alloc(3)), end)],
    ['a filter 5', file(header, pngChunk('IDAT', deflateSync(Buffer.concat([Buffer.of(5), rows.subarray(1)]))), end)],
    ['one byte too few', file(header, pngChunk('IDAT', deflateSync(rows.subarray(0, -1))), end)],
    ['a zlib stream that is none', file(header, pngChunk('IDAT', Buffer.from('no zlib stream')), end)],
    ['a zlib stream cut off', file(header, pngChunk('IDAT', deflateSync(rows, { level: 0 }).subarray(0, 30)), end)],
  ])('with %s is corrupt', async (_, png) => {
    const error = await photoErrorOf(() => decodePng(png, options));
    expect(error.kind).toBe('corrupt');
  });

  it.each([
    ['an unknown critical chunk', file(header, pngChunk('ABCD'), image, end), 'ABCD'],
    ["Apple's variant", file(pngChunk('CgBI', Buffer.alloc(4)), header, image, end), 'CgBI'],
  ])('of %s is unsupported', async (_, png, word) => {
    const error = await photoErrorOf(() => decodePng(png, options));
    expect(error.kind).toBe('unsupported');
    expect(error.message).toContain(word);
  });

  it('inflates no more of a bomb than the rows that the header claims', async () => {
    const bomb = Buffer.concat([rows, Buffer.alloc(60_000_000)]);
    const png = file(header, pngChunk('IDAT', deflateSync(bomb, { level: 1 })), end);
    const before = process.memoryUsage().arrayBuffers;
    const { pixels } = await decodePng(png, options);
    expect(pixels).toMatchObject({ width: 4, height: 4 });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it('walks past 50,000 empty comments in no more time than a large photo takes', async () => {
    const comments = Array.from({ length: 50_000 }, () => pngChunk('tEXt'));
    const start = performance.now();
    await decodePng(file(header, ...comments, image, end), options);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
