import { crc32, deflateSync } from 'node:zlib';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';

export const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

const channelsByColourType: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const adam7 = ['0,0,8,8', '4,0,8,8', '0,4,4,8', '2,0,4,4', '0,2,2,4', '1,0,2,2', '0,1,1,2'];

export interface PngPicture {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: number;
  readonly interlaced?: boolean;
  /** Filter of each row in turn, all five by default. */
  readonly filters?: readonly number[];
  /** The samples of one pixel, as many as the colour type has. */
  readonly samples: (x: number, y: number) => readonly number[];
}

export function pngChunk(name: string, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(name, 4, 'latin1');
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

export function pngHeader({
  width,
  height,
  depth,
  colourType,
  interlaced = false,
}: Omit<PngPicture, 'samples'>): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colourType, 0, 0, interlaced ? 1 : 0], 8);
  return pngChunk('IHDR', data);
}

/** A PNG with chunks put in front of its picture. */
export function encodePng(picture: PngPicture, ...chunks: Buffer[]): Buffer {
  const compressed = pngChunk('IDAT', deflateSync(filteredRows(picture)));
  return Buffer.concat([pngSignature, pngHeader(picture), ...chunks, compressed, pngChunk('IEND')]);
}

/** A PNG of eight-bit RGB. */
export function encodeRgbPng(pixels: RgbPixels, ...chunks: Buffer[]): Buffer {
  const { width, height, data } = pixels;
  const samples = (x: number, y: number) => Array.from(data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3));
  return encodePng({ width, height, depth: 8, colourType: 2, samples }, ...chunks);
}

/** The same for a large picture: unfiltered, so that it takes no time to speak of. */
export function encodeLargePng({ width, height, data }: RgbPixels, ...chunks: Buffer[]): Buffer {
  const rowInBytes = 3 * width;
  const rows = Buffer.alloc(height * (1 + rowInBytes));
  for (let y = 0; y < height; y++)
    rows.set(data.subarray(y * rowInBytes, (y + 1) * rowInBytes), y * (1 + rowInBytes) + 1);
  const header = pngHeader({ width, height, depth: 8, colourType: 2 });
  const image = pngChunk('IDAT', deflateSync(rows, { level: 1 }));
  return Buffer.concat([pngSignature, header, ...chunks, image, pngChunk('IEND')]);
}

/** What a PNG compresses: each row behind the number of its filter, pass after pass. */
export function filteredRows(picture: PngPicture): Buffer {
  const { width, height, filters = [0, 1, 2, 3, 4] } = picture;
  const step = Math.max(1, ((channelsByColourType[picture.colourType] as number) * picture.depth) / 8);
  const rows: Buffer[] = [];
  for (const pass of picture.interlaced ? adam7 : ['0,0,1,1']) {
    const [startX, startY, stepX, stepY] = pass.split(',').map(Number) as [number, number, number, number];
    let above: Buffer | undefined;
    for (let y = startY; y < height && startX < width; y += stepY) {
      const pixels: (readonly number[])[] = [];
      for (let x = startX; x < width; x += stepX) pixels.push(picture.samples(x, y));
      const row = packSamples(pixels.flat(), picture.depth);
      rows.push(
        filterRow(row, above ?? Buffer.alloc(row.length), step, filters[rows.length % filters.length] as number),
      );
      above = row;
    }
  }
  return Buffer.concat(rows);
}

function packSamples(samples: readonly number[], depth: number): Buffer {
  const bits = samples.map((sample) => sample.toString(2).padStart(depth, '0')).join('');
  const bytes = bits.padEnd(8 * Math.ceil(bits.length / 8), '0').match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

function filterRow(row: Buffer, above: Buffer, step: number, filter: number): Buffer {
  const filtered = Buffer.alloc(1 + row.length, filter);
  for (let i = 0; i < row.length; i++) {
    const left = row[i - step] ?? 0;
    const up = above[i] as number;
    const upperLeft = i < step ? 0 : (above[i - step] as number);
    const predictions = [0, left, up, (left + up) >> 1, nearest(left + up - upperLeft, [left, up, upperLeft])];
    filtered[1 + i] = (row[i] as number) - (predictions[filter] ?? 0);
  }
  return filtered;
}

function nearest(target: number, candidates: readonly number[]): number {
  return candidates.reduce((best, value) => (Math.abs(target - value) < Math.abs(target - best) ? value : best));
}
