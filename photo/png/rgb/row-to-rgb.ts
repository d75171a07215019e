import { onWhite } from '../../pixels/on-white.ts';
import type { PngWorkspace } from '../kernels/png-workspace.ts';
import type { PngChunks } from '../png-chunks.ts';
import { colourTypes, type PngHeader } from '../png-header.ts';

/**
 * The first `width` pixels of an unfiltered row, three bytes a pixel, put at address `out` of the workspace's memory. Up to three
 * pixels and a byte behind them may be written over.
 */
export type RowToRgb = (row: number, width: number, out: number) => void;

const levels = 256;
const entryInBytes = 4;
/** What `rowToRgbFor` needs of the workspace for itself. */
export const colourTableSizeInBytes = levels * entryInBytes;

/**
 * How rows of this picture become RGB. Whatever is transparent is laid on white. Of 16-bit samples the upper byte counts.
 * gAMA and colour profiles are left aside, as Pillow leaves them.
 * @param tableAt where in the workspace's memory a table of colours may lie
 */
export function rowToRgbFor(
  header: PngHeader,
  chunks: PngChunks,
  workspace: PngWorkspace,
  tableAt: number,
): RowToRgb | undefined {
  const { kernels, bytes } = workspace;
  const isWide = header.depth === 16;
  switch (header.colourType) {
    case colourTypes.palette:
      return byTable(header.depth, paletteTable(chunks), workspace, tableAt);
    case colourTypes.grey:
      return isWide
        ? grey16(bytes, transparentSamples(chunks.transparency, 1))
        : byTable(header.depth, greyTable(header.depth, chunks.transparency), workspace, tableAt);
    case colourTypes.rgb:
      return rgb(bytes, isWide ? 2 : 1, transparentSamples(chunks.transparency, 3));
    case colourTypes.greyAlpha:
      return withAlpha(bytes, isWide ? 2 : 1, 1);
    default:
      if (isWide) return withAlpha(bytes, 2, 3);
      return (row, width, out) => {
        kernels.layOnWhite(row, out, out + 3 * width);
      };
  }
}

/** An index past the palette's end is shown black, as libpng shows it. */
function paletteTable({ palette, transparency }: PngChunks): Uint8Array {
  const table = new Uint8Array(colourTableSizeInBytes);
  for (let entry = 0, from = 0; from < palette.length; entry++, from += 3) {
    const alpha = transparency[entry] ?? 255;
    for (let i = 0; i < 3; i++) table[entryInBytes * entry + i] = onWhite(palette[from + i] as number, alpha);
  }
  return table;
}

function greyTable(depth: number, transparency: Uint8Array): Uint8Array {
  const table = new Uint8Array(colourTableSizeInBytes);
  const largest = 2 ** depth - 1;
  const show = (value: number, grey: number) => table.fill(grey, entryInBytes * value, entryInBytes * (value + 1));
  for (let value = 0; value <= largest; value++) show(value, Math.round((value * 255) / largest));
  const [transparent] = transparentSamples(transparency, 1) ?? [];
  // One beyond the depth names no sample, and fills what is never looked up.
  if (transparent !== undefined) show(transparent, 255);
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
function byTable(depth: number, table: Uint8Array, { kernels, bytes }: PngWorkspace, tableAt: number): RowToRgb {
  bytes.set(table, tableAt);
  if (depth === 8) {
    return (row, width, out) => {
      kernels.lookUp(row, tableAt, out, out + 3 * width);
    };
  }
  const mask = (1 << depth) - 1;
  return (row, width, out) => {
    for (let x = 0, bit = 0, to = out; x < width; x++, bit += depth, to += 3) {
      const entry = entryInBytes * (((bytes[row + (bit >> 3)] as number) >> (8 - depth - (bit & 7))) & mask);
      bytes[to] = table[entry] as number;
      bytes[to + 1] = table[entry + 1] as number;
      bytes[to + 2] = table[entry + 2] as number;
    }
  };
}

function grey16(bytes: Uint8Array, transparent: readonly number[] | undefined): RowToRgb {
  return (row, width, out) => {
    for (let x = 0, from = row, to = out; x < width; x++, from += 2, to += 3) {
      bytes.fill(transparent?.[0] === pair(bytes, from) ? 255 : (bytes[from] as number), to, to + 3);
    }
  };
}

/** Undefined where the row is RGB as it is. */
function rgb(
  bytes: Uint8Array,
  sampleInBytes: 1 | 2,
  transparent: readonly number[] | undefined,
): RowToRgb | undefined {
  if (transparent === undefined) return sampleInBytes === 1 ? undefined : rgb16(bytes);
  const sample = (at: number) => (sampleInBytes === 1 ? (bytes[at] as number) : pair(bytes, at));
  const step = 3 * sampleInBytes;
  return (row, width, out) => {
    for (let x = 0, from = row, to = out; x < width; x++, from += step, to += 3) {
      const isTransparent = transparent.every((value, i) => value === sample(from + i * sampleInBytes));
      for (let i = 0; i < 3; i++) bytes[to + i] = isTransparent ? 255 : (bytes[from + i * sampleInBytes] as number);
    }
  };
}

function rgb16(bytes: Uint8Array): RowToRgb {
  return (row, width, out) => {
    for (let at = 0; at < 3 * width; at++) bytes[out + at] = bytes[row + 2 * at] as number;
  };
}

function withAlpha(bytes: Uint8Array, sampleInBytes: 1 | 2, colours: 1 | 3): RowToRgb {
  const step = (colours + 1) * sampleInBytes;
  const green = colours === 3 ? sampleInBytes : 0;
  return (row, width, out) => {
    for (let x = 0, from = row, to = out; x < width; x++, from += step, to += 3) {
      const alpha = bytes[from + colours * sampleInBytes] as number;
      bytes[to] = onWhite(bytes[from] as number, alpha);
      bytes[to + 1] = onWhite(bytes[from + green] as number, alpha);
      bytes[to + 2] = onWhite(bytes[from + 2 * green] as number, alpha);
    }
  };
}
