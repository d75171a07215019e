import { clampToByte } from './clamp-to-byte.ts';
import type { JpegColour } from './jpeg-header.ts';

/** One row of one component at the picture's width: `samples` from `offset` on. */
export interface SampleRow {
  samples: Uint8Array;
  offset: number;
}

/** Writes one row of RGB pixels at `at` from the rows of all components. */
export type ColourRowWriter = (rows: readonly SampleRow[], width: number, pixels: Uint8Array, at: number) => void;

const FRACTION_BITS = 16;
const HALF = 1 << (FRACTION_BITS - 1);
const multiply = Math.imul;
/** ITU-T T.871 (JFIF), section 7, in sixteenths of four hexadecimal digits. */
const RED_FROM_CR = 91881;
const GREEN_FROM_CB = -22554;
const GREEN_FROM_CR = -46802;
const BLUE_FROM_CB = 116130;

function row(rows: readonly SampleRow[], index: number): SampleRow {
  const found = rows[index];
  if (found === undefined) throw new RangeError(`no component ${index}`);
  return found;
}

function writeGrey(rows: readonly SampleRow[], width: number, pixels: Uint8Array, at: number): void {
  const { samples, offset } = row(rows, 0);
  for (let x = 0, out = at; x < width; x++, out += 3) {
    const grey = samples[offset + x] as number;
    pixels[out] = grey;
    pixels[out + 1] = grey;
    pixels[out + 2] = grey;
  }
}

function writeRgb(rows: readonly SampleRow[], width: number, pixels: Uint8Array, at: number): void {
  for (let channel = 0; channel < 3; channel++) {
    const { samples, offset } = row(rows, channel);
    for (let x = 0, out = at + channel; x < width; x++, out += 3) pixels[out] = samples[offset + x] as number;
  }
}

function writeYcbcr(rows: readonly SampleRow[], width: number, pixels: Uint8Array, at: number): void {
  const { samples: lumas, offset: lumaOffset } = row(rows, 0);
  const { samples: blues, offset: blueOffset } = row(rows, 1);
  const { samples: reds, offset: redOffset } = row(rows, 2);
  for (let x = 0, out = at; x < width; x++, out += 3) {
    const luma = lumas[lumaOffset + x] as number;
    const cb = (blues[blueOffset + x] as number) - 128;
    const cr = (reds[redOffset + x] as number) - 128;
    pixels[out] = clampToByte(luma + ((multiply(RED_FROM_CR, cr) + HALF) >> FRACTION_BITS));
    pixels[out + 1] = clampToByte(
      luma + ((multiply(GREEN_FROM_CB, cb) + multiply(GREEN_FROM_CR, cr) + HALF) >> FRACTION_BITS),
    );
    pixels[out + 2] = clampToByte(luma + ((multiply(BLUE_FROM_CB, cb) + HALF) >> FRACTION_BITS));
  }
}

/** Samples are 255 minus the ink, as Adobe's programs write them and every reader of note assumes. */
function writeCmyk(rows: readonly SampleRow[], width: number, pixels: Uint8Array, at: number): void {
  writeRgb(rows, width, pixels, at);
  multiplyByBlack(row(rows, 3), width, pixels, at);
}

/** YCCK codes the inverted inks' negative as YCbCr: converting gives 255 minus what CMYK would have stored. */
function writeYcck(rows: readonly SampleRow[], width: number, pixels: Uint8Array, at: number): void {
  writeYcbcr(rows, width, pixels, at);
  for (let out = at; out < at + 3 * width; out++) pixels[out] = 255 - (pixels[out] as number);
  multiplyByBlack(row(rows, 3), width, pixels, at);
}

/** Light that an ink lets through times light that black lets through, of 255, rounded. */
function multiplyByBlack({ samples, offset }: SampleRow, width: number, pixels: Uint8Array, at: number): void {
  for (let x = 0, out = at; x < width; x++, out += 3) {
    const black = samples[offset + x] as number;
    pixels[out] = black - divideBy255((255 - (pixels[out] as number)) * black);
    pixels[out + 1] = black - divideBy255((255 - (pixels[out + 1] as number)) * black);
    pixels[out + 2] = black - divideBy255((255 - (pixels[out + 2] as number)) * black);
  }
}

function divideBy255(product: number): number {
  const rounded = product + 128;
  return ((rounded >> 8) + rounded) >> 8;
}

export const colourRowWriters: Readonly<Record<Exclude<JpegColour, 'unknown'>, ColourRowWriter>> = {
  grey: writeGrey,
  ycbcr: writeYcbcr,
  rgb: writeRgb,
  cmyk: writeCmyk,
  ycck: writeYcck,
};
