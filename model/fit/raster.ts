import type { RgbPixels } from '../pixels.ts';

/** A picture of one or three values a pixel, rows from the top, values of a pixel side by side. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

export function toColourRaster({ width, height, data }: RgbPixels): Raster {
  return { width, height, channels: 3, data };
}

/** Brightness 0–255, the luma of ITU-R 601-2 in the 16-bit whole numbers of Pillow's `convert('L')`. */
export function toGreyRaster({ width, height, data }: RgbPixels): Raster {
  const grey = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 3) {
    const red = data[at] as number;
    const green = data[at + 1] as number;
    const blue = data[at + 2] as number;
    grey[pixel] = (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
  }
  return { width, height, channels: 1, data: grey };
}
