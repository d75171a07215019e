import type { CardInput } from '../../model/card/card.ts';
import { fitPhoto } from '../../model/fit/fit-photo.ts';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';
import { encodeJpeg } from './encode-jpeg.ts';

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
  return encodeJpeg({ width, height, data: Uint8Array.from(values, Math.round) }, quality);
}
