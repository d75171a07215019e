import type { JpegWorkspace } from '../kernels/jpeg-workspace.ts';
import type { JpegColour } from '../markers/jpeg-header.ts';

/** Makes the workspace's row of `width` RGB pixels from the rows of all components, which lie at the addresses given. */
export type ColourRowWriter = (workspace: JpegWorkspace, rows: readonly number[], width: number) => void;

function writeGrey({ bytes, pixelRow }: JpegWorkspace, rows: readonly number[], width: number): void {
  const from = rows[0] as number;
  for (let x = 0, out = pixelRow; x < width; x++, out += 3) {
    const grey = bytes[from + x] as number;
    bytes[out] = grey;
    bytes[out + 1] = grey;
    bytes[out + 2] = grey;
  }
}

function writeRgb({ bytes, pixelRow }: JpegWorkspace, rows: readonly number[], width: number): void {
  for (let channel = 0; channel < 3; channel++) {
    const from = rows[channel] as number;
    for (let x = 0, out = pixelRow + channel; x < width; x++, out += 3) bytes[out] = bytes[from + x] as number;
  }
}

function writeYcbcr({ kernels, pixelRow }: JpegWorkspace, rows: readonly number[], width: number): void {
  const [luma, cb, cr] = rows as [number, number, number];
  kernels.writeYcbcr(luma, cb, cr, width, pixelRow);
}

/** Samples are 255 minus the ink, as Adobe's programs write them and every reader of note assumes. */
function writeCmyk(workspace: JpegWorkspace, rows: readonly number[], width: number): void {
  writeRgb(workspace, rows, width);
  multiplyByBlack(workspace, rows[3] as number, width);
}

/** YCCK codes the inverted inks' negative as YCbCr: converting gives 255 minus what CMYK would have stored. */
function writeYcck(workspace: JpegWorkspace, rows: readonly number[], width: number): void {
  const { bytes, pixelRow } = workspace;
  writeYcbcr(workspace, rows, width);
  for (let out = pixelRow; out < pixelRow + 3 * width; out++) bytes[out] = 255 - (bytes[out] as number);
  multiplyByBlack(workspace, rows[3] as number, width);
}

/** Light that an ink lets through times light that black lets through, of 255, rounded. */
function multiplyByBlack({ bytes, pixelRow }: JpegWorkspace, blackRow: number, width: number): void {
  for (let x = 0, out = pixelRow; x < width; x++, out += 3) {
    const black = bytes[blackRow + x] as number;
    bytes[out] = black - divideBy255((255 - (bytes[out] as number)) * black);
    bytes[out + 1] = black - divideBy255((255 - (bytes[out + 1] as number)) * black);
    bytes[out + 2] = black - divideBy255((255 - (bytes[out + 2] as number)) * black);
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
