import type { AxisPlacement, Size } from './axis-placement.ts';

/**
 * The largest part of a photo in the input's proportions, from its centre and to fractions of a pixel: Pillow's
 * `ImageOps.fit`, whose edges `Image.resize` takes in single precision as its `box`.
 */
export function placeAsPillowFits(photo: Size, input: Size): { x: AxisPlacement; y: AxisPlacement } {
  const ratio = input.width / input.height;
  const isWider = photo.width / photo.height >= ratio;
  const width = isWider ? ratio * photo.height : photo.width;
  const height = isWider ? photo.height : photo.width / ratio;
  return { x: placeBox(photo.width, width, input.width), y: placeBox(photo.height, height, input.height) };
}

function placeBox(sourceSize: number, boxSize: number, targetSize: number): AxisPlacement {
  const exactStart = (sourceSize - boxSize) * 0.5;
  const start = Math.fround(exactStart);
  const size = Math.fround(Math.fround(exactStart + boxSize) - start);
  return { sourceSize, start, size, targetSize, isBox: true };
}
