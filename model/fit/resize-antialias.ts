import type { AxisPlacement } from './placement.ts';
import type { Raster } from './raster.ts';

// The fraction bits of Pillow's coefficients: 32 less 8 for the pixel and 2 to spare.
const fractionBits = 22;
const half = 1 << (fractionBits - 1);

/** For each target pixel: the source pixels that make it and how much of each, in 2^-22. */
interface Coefficients {
  /** First source pixel of each target pixel. */
  readonly first: Int32Array;
  /** How many source pixels each target pixel takes; may be 0 where it shows padding alone. */
  readonly count: Int32Array;
  /** `stride` places for each target pixel, `count` of them in use. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/**
 * Bilinear with antialiasing: each target pixel is the mean of the source pixels under a triangle as wide as the
 * reduction. The algorithm and the fixed-point arithmetic are those of Pillow's `Image.resize(size, BILINEAR)`, with the
 * result of the horizontal pass rounded to whole numbers before the vertical one, so the bytes are the same.
 */
export function resizeAntialias(source: Raster, x: AxisPlacement, y: AxisPlacement): Uint8Array {
  const rows = planCoefficients(y);
  const [firstRow, endRow] = rowsInUse(rows);
  const narrow = resizeRows(source, planCoefficients(x), x.targetSize, firstRow, endRow);
  return resizeColumns(narrow, rows, x.targetSize * source.channels, y.targetSize, firstRow);
}

function planCoefficients({ sourceSize, start, size, targetSize }: AxisPlacement): Coefficients {
  const scale = size / targetSize;
  const support = Math.max(scale, 1);
  const stride = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(targetSize);
  const count = new Int32Array(targetSize);
  const weights = new Int32Array(targetSize * stride);
  const triangle = new Float64Array(stride);
  for (let target = 0; target < targetSize; target++) {
    const centre = (target + 0.5) * scale;
    const begin = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(size, Math.trunc(centre + support + 0.5));
    let sum = 0;
    for (let at = begin; at < end; at++) {
      const weight = Math.max(0, 1 - Math.abs((at - centre + 0.5) * (1 / support)));
      triangle[at - begin] = weight;
      sum += weight;
    }
    // Padding is zero and adds nothing, so its weights count in the sum and are then left out.
    const firstKept = Math.max(begin, -start);
    const endKept = Math.min(end, sourceSize - start);
    first[target] = firstKept + start;
    count[target] = Math.max(0, endKept - firstKept);
    for (let at = firstKept; at < endKept; at++) {
      const share = (triangle[at - begin] as number) / sum;
      weights[target * stride + at - firstKept] = Math.trunc(share * 2 ** fractionBits + 0.5);
    }
  }
  return { first, count, weights, stride };
}

/** The source rows from the first to one past the last that any target row takes; the others are not worth a pass. */
function rowsInUse({ first, count }: Coefficients): [first: number, end: number] {
  let begin = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const [target, row] of first.entries()) {
    const rows = count[target] as number;
    if (rows === 0) continue;
    begin = Math.min(begin, row);
    end = Math.max(end, row + rows);
  }
  return [Math.min(begin, end), end];
}

function resizeRows(source: Raster, plan: Coefficients, width: number, firstRow: number, endRow: number): Uint8Array {
  const { data, channels } = source;
  const narrow = new Uint8Array((endRow - firstRow) * width * channels);
  let to = 0;
  for (let row = firstRow; row < endRow; row++) {
    const rowStart = row * source.width;
    for (let target = 0; target < width; target++) {
      const weightStart = target * plan.stride;
      const weightEnd = weightStart + (plan.count[target] as number);
      let from = (rowStart + (plan.first[target] as number)) * channels;
      if (channels === 1) {
        let grey = half;
        for (let at = weightStart; at < weightEnd; at++)
          grey += (data[from++] as number) * (plan.weights[at] as number);
        narrow[to++] = grey >> fractionBits;
        continue;
      }
      let red = half;
      let green = half;
      let blue = half;
      for (let at = weightStart; at < weightEnd; at++, from += 3) {
        const weight = plan.weights[at] as number;
        red += (data[from] as number) * weight;
        green += (data[from + 1] as number) * weight;
        blue += (data[from + 2] as number) * weight;
      }
      narrow[to] = red >> fractionBits;
      narrow[to + 1] = green >> fractionBits;
      narrow[to + 2] = blue >> fractionBits;
      to += 3;
    }
  }
  return narrow;
}

function resizeColumns(
  narrow: Uint8Array,
  plan: Coefficients,
  rowLength: number,
  height: number,
  firstRow: number,
): Uint8Array {
  const resized = new Uint8Array(height * rowLength);
  const sums = new Int32Array(rowLength);
  for (let target = 0; target < height; target++) {
    sums.fill(half);
    let from = ((plan.first[target] as number) - firstRow) * rowLength;
    const weightStart = target * plan.stride;
    const weightEnd = weightStart + (plan.count[target] as number);
    for (let at = weightStart; at < weightEnd; at++) {
      const weight = plan.weights[at] as number;
      for (let column = 0; column < rowLength; column++, from++) {
        sums[column] = (sums[column] as number) + (narrow[from] as number) * weight;
      }
    }
    const to = target * rowLength;
    for (let column = 0; column < rowLength; column++) {
      resized[to + column] = (sums[column] as number) >> fractionBits;
    }
  }
  return resized;
}
