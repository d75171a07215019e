import type { RgbPixels } from '../../photo/pixels/pixels.ts';
import type { CardInput, ResizeMode } from '../card/card.ts';
import type { AxisPlacement } from './axis-placement.ts';
import { fillBorder } from './fill-border.ts';
import { placePhoto } from './placement.ts';
import { type Raster, toColourRaster, toGreyRaster } from './raster.ts';
import { resizeAntialias } from './resize-antialias.ts';
import { resizeBilinear } from './resize-bilinear.ts';
import { cubic, lanczos } from './resize-filters.ts';
import { resizeNearest } from './resize-nearest.ts';
import { scalePixels } from './scale-pixels.ts';

type Resize = (source: Raster, x: AxisPlacement, y: AxisPlacement) => Uint8Array | Float32Array;

const resizeByMode: Record<ResizeMode, Resize> = {
  nearest: resizeNearest,
  bilinear: resizeBilinear,
  'bilinear-antialias': resizeAntialias,
  'bicubic-antialias': (source, x, y) => resizeAntialias(source, x, y, cubic),
  lanczos: (source, x, y) => resizeAntialias(source, x, y, lanczos),
};

/**
 * A photo as the model's input: fitted, resized, then each pixel 0–255 × scale + offset, as the card says.
 * Returns height × width × channels values, the channels of a pixel side by side.
 */
export function fitPhoto(pixels: RgbPixels, input: CardInput): Float32Array {
  const source = input.channels === 'grey' ? toGreyRaster(pixels) : toColourRaster(pixels);
  const { x, y } = placePhoto(pixels, input, input.fit);
  const resized = resizeByMode[input.resize](source, x, y);
  if (input.fit === 'border') fillBorder(resized, input, x, y);
  return scalePixels(resized, input);
}
