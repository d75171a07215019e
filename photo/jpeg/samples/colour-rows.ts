import type { JpegWorkspace } from '../kernels/jpeg-workspace.ts';
import type { JpegColour } from '../markers/jpeg-header.ts';

/** Makes a row of `width` RGB pixels at `out` from the rows of all components, which lie at the addresses given. */
export type ColourRowWriter = (workspace: JpegWorkspace, rows: readonly number[], width: number, out: number) => void;

function writeGrey({ bytes }: JpegWorkspace, rows: readonly number[], width: number, out: number): void {
  const from = rows[0] as number;
  for (let x = 0, to = out; x < width; x++, to += 3) {
    const grey = bytes[from + x] as number;
    bytes[to] = grey;
    bytes[to + 1] = grey;
    bytes[to + 2] = grey;
  }
}

function writeRgb({ bytes }: JpegWorkspace, rows: readonly number[], width: number, out: number): void {
  for (let channel = 0; channel < 3; channel++) {
    const from = rows[channel] as number;
    for (let x = 0, to = out + channel; x < width; x++, to += 3) bytes[to] = bytes[from + x] as number;
  }
}

function writeYcbcr({ kernels }: JpegWorkspace, rows: readonly number[], width: number, out: number): void {
  const [luma, cb, cr] = rows as [number, number, number];
  kernels.writeYcbcr(luma, cb, cr, width, out);
}

/** Samples are 255 minus the ink, as Adobe's programs write them and every reader of note assumes. */
function writeCmyk(workspace: JpegWorkspace, rows: readonly number[], width: number, out: number): void {
  writeRgb(workspace, rows, width, out);
  multiplyByBlack(workspace, rows[3] as number, width, out);
}

/** YCCK codes the inverted inks' negative as YCbCr: converting gives 255 minus what CMYK would have stored. */
function writeYcck(workspace: JpegWorkspace, rows: readonly number[], width: number, out: number): void {
  const { bytes } = workspace;
  writeYcbcr(workspace, rows, width, out);
  for (let at = out; at < out + 3 * width; at++) bytes[at] = 255 - (bytes[at] as number);
  multiplyByBlack(workspace, rows[3] as number, width, out);
}

/** Light that an ink lets through times light that black lets through, of 255, rounded. */
function multiplyByBlack({ bytes }: JpegWorkspace, blackRow: number, width: number, out: number): void {
  for (let x = 0, at = out; x < width; x++, at += 3) {
    const black = bytes[blackRow + x] as number;
    bytes[at] = black - divideBy255((255 - (bytes[at] as number)) * black);
    bytes[at + 1] = black - divideBy255((255 - (bytes[at + 1] as number)) * black);
    bytes[at + 2] = black - divideBy255((255 - (bytes[at + 2] as number)) * black);
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
