import type { CardInput, ResizeMode } from '../card.ts';
import type { RgbPixels } from '../pixels.ts';
import { type AxisPlacement, placePhoto } from './placement.ts';
import { type Raster, toColourRaster, toGreyRaster } from './raster.ts';
import { resizeAntialias } from './resize-antialias.ts';
import { resizeBilinear } from './resize-bilinear.ts';
import { resizeNearest } from './resize-nearest.ts';

type Resize = (source: Raster, x: AxisPlacement, y: AxisPlacement) => Uint8Array | Float32Array;

const resizeByMode: Record<ResizeMode, Resize> = {
  nearest: resizeNearest,
  bilinear: resizeBilinear,
  'bilinear-antialias': resizeAntialias,
};

/**
 * A photo as the model's input: fitted, resized, then each pixel 0–255 × scale + offset, as the card says.
 * Returns height × width × channels values, the channels of a pixel side by side.
 */
export function fitPhoto(pixels: RgbPixels, input: CardInput): Float32Array {
  const source = input.channels === 'grey' ? toGreyRaster(pixels) : toColourRaster(pixels);
  const { x, y } = placePhoto(pixels, input, input.fit);
  const resized = resizeByMode[input.resize](source, x, y);
  const { channels } = source;
  const fitted = new Float32Array(resized.length);
  for (let channel = 0; channel < channels; channel++) {
    const scale = valueOfChannel(input.scale, channel);
    const offset = valueOfChannel(input.offset, channel);
    const sourceChannel = input.channels === 'bgr' ? channels - 1 - channel : channel;
    for (let pixel = 0; pixel < fitted.length; pixel += channels) {
      fitted[pixel + channel] = (resized[pixel + sourceChannel] as number) * scale + offset;
    }
  }
  return fitted;
}

function valueOfChannel(values: number | readonly number[], channel: number): number {
  return typeof values === 'number' ? values : (values[channel] as number);
}
