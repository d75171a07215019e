import type { RgbPixels } from '../../photo/pixels/pixels.ts';
import type { CardInput } from '../card/card.ts';
import { asPartOfPhoto } from '../fit/part-of-photo.ts';
import { placePhoto } from '../fit/placement.ts';
import { toColourRaster } from '../fit/raster.ts';
import { resizeAntialias } from '../fit/resize-antialias.ts';

/**
 * The part of a photo that the model sees, with the padding that its fit adds, in the photo's own proportions and at most
 * so many pixels long: what a grid of an explanation may be laid over.
 */
export function showAsFitted(pixels: RgbPixels, input: CardInput, longestSideInPixels: number): RgbPixels {
  const placed = placePhoto(pixels, input, input.fit);
  const [x, y] = [asPartOfPhoto(placed.x), asPartOfPhoto(placed.y)];
  const scale = Math.min(1, longestSideInPixels / Math.max(x.size, y.size));
  const [width, height] = [x.size, y.size].map((size) => Math.max(1, Math.round(size * scale))) as [number, number];
  const resized = resizeAntialias(toColourRaster(pixels), { ...x, targetSize: width }, { ...y, targetSize: height });
  return { width, height, data: resized };
}
