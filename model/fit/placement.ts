import type { FitMode } from '../card/card.ts';
import type { AxisPlacement, Size } from './axis-placement.ts';
import { placeAfterResizing } from './place-after-resizing.ts';
import { placeAsPillowFits } from './place-as-pillow-fits.ts';

/**
 * Which part of a photo the model's input shows. Stretch: all of it; center-crop: the largest part in the input's
 * proportions; letterbox: all of it with zeros around. The last two are `crop_to_aspect_ratio` and
 * `pad_to_aspect_ratio` of Keras's image resizing, down to its single-precision divisions and truncations.
 *
 * Pillow-fit: the largest part too, but to fractions of a pixel. With `resizeTo`, and for a border, the photo is resized before it is cropped or padded: see place-after-resizing.ts.
 */
export function placePhoto(photo: Size, input: Size & Fitting, fit: FitMode): { x: AxisPlacement; y: AxisPlacement } {
  if (fit === 'pillow-fit') return placeAsPillowFits(photo, input);
  if (fit === 'border' || (input.resizeTo !== undefined && fit !== 'letterbox')) {
    return placeAfterResizing(photo, input, fit, input.resizeTo);
  }
  const proportionalHeight = truncatedQuotient(photo.width * input.height, input.width);
  const proportionalWidth = truncatedQuotient(photo.height * input.width, input.height);
  const place = placeByFit[fit];
  return {
    x: { sourceSize: photo.width, ...place(photo.width, proportionalWidth), targetSize: input.width },
    y: { sourceSize: photo.height, ...place(photo.height, proportionalHeight), targetSize: input.height },
  };
}

interface Fitting {
  readonly resizeTo?: number;
}

const placeByFit: Record<
  Exclude<FitMode, 'border' | 'pillow-fit'>,
  (size: number, proportionalSize: number) => { start: number; size: number }
> = {
  stretch: (size) => ({ start: 0, size }),
  'center-crop': (size, proportionalSize) => {
    const cropped = Math.max(Math.min(size, proportionalSize), 1);
    return { start: Math.trunc((size - cropped) / 2), size: cropped };
  },
  letterbox: (size, proportionalSize) => {
    // Both sides get the same padding, so an odd remainder is dropped, as Keras does.
    const padding = Math.trunc((Math.max(size, proportionalSize) - size) / 2);
    return { start: -padding, size: size + 2 * padding };
  },
};

function truncatedQuotient(dividend: number, divisor: number): number {
  return Math.trunc(Math.fround(Math.fround(dividend) / divisor));
}
