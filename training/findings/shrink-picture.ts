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

/** A picture, whole, its longer side of so many pixels. */
export function shrinkPicture(pixels: RgbPixels, longerSide: number): RgbPixels {
  const scale = longerSide / Math.max(pixels.width, pixels.height);
  const [width, height] = [pixels.width, pixels.height].map((size) => Math.max(1, Math.round(size * scale))) as [
    number,
    number,
  ];
  return { width, height, data: Uint8Array.from(fitPhoto(pixels, { ...input, width, height }), Math.round) };
}
