import jpeg from 'jpeg-js';
import type { CardInput } from '../../model/card/card.ts';
import { fitPhoto } from '../../model/fit/fit-photo.ts';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';

const input: Omit<CardInput, 'width' | 'height'> = {
  channels: 'rgb',
  resize: 'bilinear-antialias',
  fit: 'stretch',
  scale: 1,
  offset: 0,
};

/** A picture as a JPEG, whole, its longer side of so many pixels. */
export function encodeSmaller(
  pixels: RgbPixels,
  { longerSide, quality }: { readonly longerSide: number; readonly quality: number },
): Uint8Array {
  const scale = longerSide / Math.max(pixels.width, pixels.height);
  const [width, height] = [pixels.width, pixels.height].map((size) => Math.max(1, Math.round(size * scale))) as [
    number,
    number,
  ];
  const values = fitPhoto(pixels, { ...input, width, height });
  const data = Buffer.alloc(4 * width * height, 255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      data[4 * pixel + channel] = Math.round(values[3 * pixel + channel] as number);
    }
  }
  return jpeg.encode({ data, width, height }, quality).data;
}
