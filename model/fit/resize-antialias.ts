import { type AntialiasPlan, mirrorPlan, planAntialias } from './antialias-plan.ts';
import { type AxisPlacement, shownPart } from './axis-placement.ts';
import { FitWorkspace, wholeVectors } from './kernels/fit-workspace.ts';
import type { Raster } from './raster.ts';
import { type ResizeFilter, triangle } from './resize-filters.ts';

const wordInBytes = Int32Array.BYTES_PER_ELEMENT;
/** In front of each target pixel's weights, where the kernel finds them. */
const planHeaderInWords = 2;

/**
 * Pillow's `Image.resize(size, BILINEAR)`, or another filter's, to the very bytes: the first pass is rounded to whole numbers before the
 * second. The lines of `data` are rows of the picture or, where it lies on its side, columns; they go through a window that
 * holds as many as one line of the target is made of.
 */
export function resizeAntialias(
  source: Raster,
  x: AxisPlacement,
  y: AxisPlacement,
  filter: ResizeFilter = triangle,
): Uint8Array {
  const { channels, data, start, stepX, stepY, isReduced } = source;
  const liesUpright = Math.abs(stepX) === channels;
  // Whether a line is made shorter before it is mixed with its neighbours, or after.
  const shortensFirst = liesUpright !== goesDownFirst(x, y);
  const [across, down] = [planAntialias(x, isReduced, filter), planAntialias(y, isReduced, filter)];
  const [along, lines] = liesUpright ? [across, down] : [down, across];
  const [step, lineStep] = liesUpright ? [stepX, stepY] : [stepY, stepX];
  const begin = start + Math.min(0, step * (along.sourceSize - 1));

  const sourceLength = along.sourceSize * channels;
  const targetLength = along.targetSize * channels;
  const windowStep = wholeVectors(shortensFirst ? targetLength : sourceLength);
  const planStep = planHeaderInWords * wordInBytes + wholeVectors(along.stride * wordInBytes);
  const windowLines = 2 * lines.count.reduce((most, count) => Math.max(most, count), 1);
  const workspace = new FitWorkspace([
    along.targetSize * planStep,
    lines.weights.byteLength,
    sourceLength,
    targetLength,
    windowLines * windowStep,
  ]);
  const [plan, weights, line, out, window] = workspace.addresses as [number, number, number, number, number];
  const { bytes, words, kernels } = workspace;
  layOutPlan(step < 0 ? mirrorPlan(along) : along, channels, words, plan, planStep);
  kernels.splitWeights(plan, planStep, along.targetSize);
  words.set(lines.weights, weights / wordInBytes);

  const resizeLine = (from: number, to: number) =>
    kernels.resizeRow(from, channels, plan, planStep, along.targetSize, to);
  const bring = (number: number, to: number): void => {
    const from = begin + number * lineStep;
    bytes.set(data.subarray(from, from + sourceLength), shortensFirst ? line : to);
    if (shortensFirst) resizeLine(line, to);
  };
  const merge = (target: number, from: number): void => {
    const share = weights + target * lines.stride * wordInBytes;
    const shareEnd = share + (lines.count[target] as number) * wordInBytes;
    kernels.resizeColumns(from, windowStep, share, shareEnd, windowStep, shortensFirst ? out : line);
    if (!shortensFirst) resizeLine(line, out);
  };

  const resized = new Uint8Array(lines.targetSize * targetLength);
  let windowFirst = 0;
  let end = 0;
  for (let target = 0; target < lines.targetSize; target++) {
    const count = lines.count[target] as number;
    // Nothing but padding.
    if (count === 0) continue;
    const first = lines.first[target] as number;
    if (first >= end) {
      windowFirst = first;
      end = first;
    } else if (first + count > windowFirst + windowLines) {
      bytes.copyWithin(window, window + (first - windowFirst) * windowStep, window + (end - windowFirst) * windowStep);
      windowFirst = first;
    }
    for (; end < first + count; end++) bring(end, window + (end - windowFirst) * windowStep);
    merge(target, window + (first - windowFirst) * windowStep);
    resized.set(bytes.subarray(out, out + targetLength), target * targetLength);
  }
  return liesUpright ? resized : turnOver(resized, lines.targetSize, along.targetSize, channels);
}

/**
 * Pillow begins with the pass across, and since version 13 with the pass down where the height shrinks by more than twice
 * as many pixels as the width; it counts all of a photo of which it resizes a box. Rounding between the two passes makes
 * that show.
 */
function goesDownFirst(x: AxisPlacement, y: AxisPlacement): boolean {
  const shrinks = (axis: AxisPlacement) => (axis.isBox ? axis.sourceSize : axis.size) - shownPart(axis).resizedSize;
  return shrinks(y) > Math.max(0, 2 * shrinks(x));
}

/**
 * A plan as kernels read it, at address `start`: for each target pixel, `planStep` bytes apart, its first byte, the bytes of
 * its weights, the weights and zeros. An even number of weights, the last of which may be a zero.
 */
function layOutPlan(plan: AntialiasPlan, channels: number, words: Int32Array, start: number, planStep: number): void {
  const { first, count, weights, stride, targetSize } = plan;
  const stepInWords = planStep / wordInBytes;
  words.fill(0, start / wordInBytes, start / wordInBytes + targetSize * stepInWords);
  for (let target = 0, at = start / wordInBytes; target < targetSize; target++, at += stepInWords) {
    words[at] = (first[target] as number) * channels;
    words[at + 1] = (((count[target] as number) + 1) & ~1) * wordInBytes;
    words.set(weights.subarray(target * stride, (target + 1) * stride), at + planHeaderInWords);
  }
}

/** Rows for columns. */
function turnOver(lines: Uint8Array, columns: number, rows: number, channels: number): Uint8Array {
  const turned = new Uint8Array(lines.length);
  for (let row = 0, to = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = (column * rows + row) * channels;
      for (let channel = 0; channel < channels; channel++) turned[to++] = lines[from + channel] as number;
    }
  }
  return turned;
}
