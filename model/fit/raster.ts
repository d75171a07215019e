import type { PixelLayout, RgbPixels } from '../../photo/pixels/pixels.ts';

/** A picture of one or three bytes a pixel, those of a pixel side by side, laid out as its steps in bytes say. */
export interface Raster extends PixelLayout {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
  readonly isReduced: boolean;
}

export function toColourRaster({ width, height, data, layout, isReduced = false }: RgbPixels): Raster {
  const steps = layout ?? { start: 0, stepX: 3, stepY: 3 * width };
  return { width, height, channels: 3, data, isReduced, ...steps };
}

/** Brightness 0–255, the luma of ITU-R 601-2 in the 16-bit whole numbers of Pillow's `convert('L')`. */
export function toGreyRaster(pixels: RgbPixels): Raster {
  const colour = toColourRaster(pixels);
  const { width, height, data, start, stepX, stepY } = colour;
  const grey = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 3) {
    const red = data[at] as number;
    const green = data[at + 1] as number;
    const blue = data[at + 2] as number;
    grey[pixel] = (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
  }
  return { ...colour, channels: 1, data: grey, start: start / 3, stepX: stepX / 3, stepY: stepY / 3 };
}
