import { onWhite } from '../pixels/on-white.ts';
import type { PngChunks } from './png-chunks.ts';
import { colourTypes, type PngHeader } from './png-header.ts';

/** The first `width` pixels of an unfiltered row, three bytes a pixel: the row itself or `out`, written over. */
export type RowToRgb = (row: Uint8Array, width: number, out: Uint8Array) => Uint8Array;

/**
 * How rows of this picture become RGB. Whatever is transparent is laid on white. Of 16-bit samples the upper byte counts.
 * gAMA and colour profiles are left aside, as Pillow leaves them.
 */
export function rowToRgbFor(header: PngHeader, chunks: PngChunks): RowToRgb {
  const bytes = header.depth === 16 ? 2 : 1;
  switch (header.colourType) {
    case colourTypes.palette:
      return byTable(header.depth, paletteTable(chunks));
    case colourTypes.grey:
      return bytes === 1
        ? byTable(header.depth, greyTable(header.depth, chunks.transparency))
        : grey16(transparentSamples(chunks.transparency, 1));
    case colourTypes.rgb:
      return rgb(bytes, transparentSamples(chunks.transparency, 3));
    case colourTypes.greyAlpha:
      return withAlpha(bytes, 1);
    default:
      return withAlpha(bytes, 3);
  }
}

/** An index past the palette's end is shown black, as libpng shows it. */
function paletteTable(chunks: PngChunks): Uint8Array {
  const table = new Uint8Array(3 * 256);
  for (let i = 0; i < chunks.palette.length; i++) {
    const alpha = chunks.transparency[Math.floor(i / 3)] ?? 255;
    table[i] = onWhite(chunks.palette[i] as number, alpha);
  }
  return table;
}

function greyTable(depth: number, transparency: Uint8Array): Uint8Array {
  const table = new Uint8Array(3 * 256);
  const largest = 2 ** depth - 1;
  for (let value = 0; value <= largest; value++)
    table.fill(Math.round((value * 255) / largest), 3 * value, 3 * value + 3);
  const [transparent] = transparentSamples(transparency, 1) ?? [];
  // One beyond the depth names no sample, and fills what is never looked up.
  if (transparent !== undefined) table.fill(255, 3 * transparent, 3 * transparent + 3);
  return table;
}

/** The 16-bit samples of tRNS, undefined where the chunk is missing or does not fit the colour type. */
function transparentSamples(transparency: Uint8Array, channels: number): number[] | undefined {
  if (transparency.length !== 2 * channels) return undefined;
  return Array.from({ length: channels }, (_, i) => pair(transparency, 2 * i));
}

function pair(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

/** Palette indices or grey values of 1, 2, 4 or 8 bits, leftmost pixel in the high bits. */
function byTable(depth: number, table: Uint8Array): RowToRgb {
  const mask = (1 << depth) - 1;
  return (row, width, out) => {
    for (let x = 0, bit = 0, to = 0; x < width; x++, bit += depth, to += 3) {
      const value = ((row[bit >> 3] as number) >> (8 - depth - (bit & 7))) & mask;
      out[to] = table[3 * value] as number;
      out[to + 1] = table[3 * value + 1] as number;
      out[to + 2] = table[3 * value + 2] as number;
    }
    return out;
  };
}

function grey16(transparent: readonly number[] | undefined): RowToRgb {
  return (row, width, out) => {
    for (let x = 0, from = 0, to = 0; x < width; x++, from += 2, to += 3) {
      const grey = transparent?.[0] === pair(row, from) ? 255 : (row[from] as number);
      out[to] = grey;
      out[to + 1] = grey;
      out[to + 2] = grey;
    }
    return out;
  };
}

function rgb(bytes: 1 | 2, transparent: readonly number[] | undefined): RowToRgb {
  if (transparent === undefined) return bytes === 1 ? (row) => row : rgb16;
  const sample = (row: Uint8Array, at: number) => (bytes === 1 ? (row[at] as number) : pair(row, at));
  const step = 3 * bytes;
  return (row, width, out) => {
    for (let x = 0, from = 0, to = 0; x < width; x++, from += step, to += 3) {
      const isTransparent = transparent.every((value, i) => value === sample(row, from + i * bytes));
      for (let i = 0; i < 3; i++) out[to + i] = isTransparent ? 255 : (row[from + i * bytes] as number);
    }
    return out;
  };
}

function rgb16(row: Uint8Array, width: number, out: Uint8Array): Uint8Array {
  for (let to = 0; to < 3 * width; to++) out[to] = row[2 * to] as number;
  return out;
}

function withAlpha(bytes: 1 | 2, colours: 1 | 3): RowToRgb {
  const step = (colours + 1) * bytes;
  const green = colours === 3 ? bytes : 0;
  return (row, width, out) => {
    for (let x = 0, from = 0, to = 0; x < width; x++, from += step, to += 3) {
      const alpha = row[from + colours * bytes] as number;
      out[to] = onWhite(row[from] as number, alpha);
      out[to + 1] = onWhite(row[from + green] as number, alpha);
      out[to + 2] = onWhite(row[from + 2 * green] as number, alpha);
    }
    return out;
  };
}
