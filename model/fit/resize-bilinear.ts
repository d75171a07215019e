import { type AxisPlacement, shownPart } from './axis-placement.ts';
import type { Raster } from './raster.ts';

/** For each target pixel the two source pixels around its centre and the share of each. */
interface Neighbours {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly lowerShare: Float64Array;
  readonly upperShare: Float64Array;
}

/**
 * Bilinear between the four nearest pixels, no antialiasing, not rounded: `tf.image.resize(photo, size, 'bilinear')`,
 * whose pixel centres lie at halves and whose coordinates are in single precision.
 */
export function resizeBilinear(source: Raster, x: AxisPlacement, y: AxisPlacement): Float32Array {
  const { data, channels, start, stepX, stepY } = source;
  const columns = findNeighbours(x);
  const rows = findNeighbours(y);
  const resized = new Float32Array(y.targetSize * x.targetSize * channels);
  let to = 0;
  for (let row = 0; row < y.targetSize; row++) {
    const top = start + (rows.lower[row] as number) * stepY;
    const bottom = start + (rows.upper[row] as number) * stepY;
    const topShare = rows.lowerShare[row] as number;
    const bottomShare = rows.upperShare[row] as number;
    for (let column = 0; column < x.targetSize; column++) {
      const left = (columns.lower[column] as number) * stepX;
      const right = (columns.upper[column] as number) * stepX;
      const leftShare = columns.lowerShare[column] as number;
      const rightShare = columns.upperShare[column] as number;
      for (let channel = 0; channel < channels; channel++) {
        const above =
          (data[top + left + channel] as number) * leftShare + (data[top + right + channel] as number) * rightShare;
        const below =
          (data[bottom + left + channel] as number) * leftShare +
          (data[bottom + right + channel] as number) * rightShare;
        resized[to++] = above * topShare + below * bottomShare;
      }
    }
  }
  return resized;
}

function findNeighbours(axis: AxisPlacement): Neighbours {
  const { sourceSize, start, size, targetSize } = axis;
  const { resizedSize, first } = shownPart(axis);
  const lower = new Int32Array(targetSize);
  const upper = new Int32Array(targetSize);
  const lowerShare = new Float64Array(targetSize);
  const upperShare = new Float64Array(targetSize);
  const scale = Math.fround(size / resizedSize);
  for (let target = 0; target < targetSize; target++) {
    const centre = Math.fround(Math.fround((target + first + 0.5) * scale) - 0.5);
    // Beyond what was resized there is padding.
    if (target + first < 0 || target + first >= resizedSize) continue;
    const share = centre - Math.floor(centre);
    const below = Math.max(Math.floor(centre), 0) + start;
    const above = Math.min(Math.ceil(centre), size - 1) + start;
    // A neighbour in the padding is zero: any pixel of the photo with no share stands in for it.
    lower[target] = clamp(below, sourceSize);
    upper[target] = clamp(above, sourceSize);
    lowerShare[target] = lower[target] === below ? 1 - share : 0;
    upperShare[target] = upper[target] === above ? share : 0;
  }
  return { lower, upper, lowerShare, upperShare };
}

function clamp(position: number, size: number): number {
  return Math.min(Math.max(position, 0), size - 1);
}
