import jpeg from 'jpeg-js';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';
import { shrinkPicture } from './shrink-picture.ts';

/** A picture as a JPEG, whole, its longer side of so many pixels. */
export function encodeSmaller(
  pixels: RgbPixels,
  { longerSide, quality }: { readonly longerSide: number; readonly quality: number },
): Uint8Array {
  return encodeJpeg(shrinkPicture(pixels, longerSide), quality);
}

/** @param quality from 1 to 100 */
export function encodeJpeg({ width, height, data }: RgbPixels, quality: number): Uint8Array {
  const withAlpha = Buffer.alloc(4 * width * height, 255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      withAlpha[4 * pixel + channel] = data[3 * pixel + channel] as number;
    }
  }
  return jpeg.encode({ data: withAlpha, width, height }, quality).data;
}
