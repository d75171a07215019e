import { type AxisPlacement, shownPart } from './axis-placement.ts';
import type { Raster } from './raster.ts';

const padding = -1;

/** The pixel under each target pixel's centre: `tf.image.resize(photo, size, 'nearest')`. */
export function resizeNearest(source: Raster, x: AxisPlacement, y: AxisPlacement): Uint8Array {
  const { data, channels, start, stepX, stepY } = source;
  const columns = findNearest(x);
  const resized = new Uint8Array(y.targetSize * x.targetSize * channels);
  let to = 0;
  for (const row of findNearest(y)) {
    for (const column of columns) {
      if (row !== padding && column !== padding) {
        const from = start + row * stepY + column * stepX;
        for (let channel = 0; channel < channels; channel++) resized[to + channel] = data[from + channel] as number;
      }
      to += channels;
    }
  }
  return resized;
}

function findNearest(axis: AxisPlacement): Int32Array {
  const { sourceSize, start, size, targetSize } = axis;
  const { resizedSize, first } = shownPart(axis);
  const scale = Math.fround(size / resizedSize);
  return Int32Array.from({ length: targetSize }, (_, target) => {
    const at = target + first;
    if (at < 0 || at >= resizedSize) return padding;
    const nearest = Math.min(Math.floor(Math.fround((at + 0.5) * scale)), size - 1) + start;
    return nearest >= 0 && nearest < sourceSize ? nearest : padding;
  });
}
