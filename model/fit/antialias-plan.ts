import { type AxisPlacement, shownPart } from './axis-placement.ts';
import { type ResizeFilter, triangle } from './resize-filters.ts';

/** The fraction bits of Pillow's coefficients: 32 less 8 for the pixel and 2 to spare. */
export const fractionBits = 22;

/** A square one pixel wide has the variance 1/12, a triangle of support s has s²/6. */
const squareToTriangle = 6 / 12;

/** For each target pixel of one axis: the source pixels that make it and how much of each, in 2^-22. */
export interface AntialiasPlan {
  readonly sourceSize: number;
  readonly targetSize: number;
  /** First source pixel of each target pixel. */
  readonly first: Int32Array;
  /** How many source pixels each target pixel takes; may be 0 where it shows padding alone. */
  readonly count: Int32Array;
  /** `stride` places for each target pixel, `count` of them in use. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/**
 * With antialiasing each target pixel is the mean of the source pixels under a filter as wide as the reduction. The
 * algorithm and the fixed-point arithmetic are those of Pillow's `Image.resize`.
 *
 * Where each source pixel is a mean already, the triangle is narrower by that: the variances of the two add up to that of
 * the triangle over the whole photo, so that the result is as sharp.
 */
export function planAntialias(
  axis: AxisPlacement,
  isReduced: boolean,
  { radius, weigh }: ResizeFilter = triangle,
): AntialiasPlan {
  const { sourceSize, start, size, targetSize } = axis;
  const { resizedSize, first: firstShown } = shownPart(axis);
  const scale = size / resizedSize;
  // A box counts from the photo's first pixel, and ends where the photo does; any other part from its own.
  const [origin, extent] = axis.isBox ? [start, sourceSize] : [0, size];
  const offset = axis.isBox ? 0 : start;
  const stretch = isReduced ? Math.sqrt(Math.max(scale ** 2 - squareToTriangle, 1)) : Math.max(scale, 1);
  const support = radius * stretch;
  const stride = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(targetSize);
  const count = new Int32Array(targetSize);
  const weights = new Int32Array(targetSize * stride);
  const shares = new Float64Array(stride);
  for (let target = 0; target < targetSize; target++) {
    const at = target + firstShown;
    // Beyond what was resized there is padding.
    if (at < 0 || at >= resizedSize) continue;
    const centre = origin + (at + 0.5) * scale;
    const begin = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(extent, Math.trunc(centre + support + 0.5));
    const sum = share(shares, begin, end, centre, stretch, weigh);
    // Padding is zero and adds nothing, so its weights count in the sum and are then left out.
    const firstKept = Math.max(begin, -offset);
    const endKept = Math.min(end, sourceSize - offset);
    first[target] = firstKept + offset;
    count[target] = Math.max(0, endKept - firstKept);
    toFixedPoint(shares, firstKept - begin, endKept - begin, sum, weights, target * stride);
  }
  return { sourceSize, targetSize, first, count, weights, stride };
}

// Both by themselves, since V8 compiles what holds a long loop at once, and as a whole: with these inside it that would be
// in the first photo of a process, and take longer than the plan.

/** Weighs the source pixels from `begin` to `end`, less the last; the sum of the weights. */
function share(
  shares: Float64Array,
  begin: number,
  end: number,
  centre: number,
  stretch: number,
  weigh: ResizeFilter['weigh'],
): number {
  let sum = 0;
  for (let from = begin; from < end; from++) {
    const weight = weigh((from - centre + 0.5) * (1 / stretch));
    shares[from - begin] = weight;
    sum += weight;
  }
  return sum;
}

/** Writes the shares from `begin` to `end`, less the last, of a sum to `weights`, from `start` on. */
function toFixedPoint(
  shares: Float64Array,
  begin: number,
  end: number,
  sum: number,
  weights: Int32Array,
  start: number,
): void {
  for (let at = begin; at < end; at++) {
    const weight = ((shares[at] as number) / sum) * 2 ** fractionBits;
    weights[start + at - begin] = Math.trunc(weight < 0 ? weight - 0.5 : weight + 0.5);
  }
}

/** The same plan for a source whose pixels lie in the opposite order. */
export function mirrorPlan(plan: AntialiasPlan): AntialiasPlan {
  const { sourceSize, stride, count } = plan;
  return {
    ...plan,
    first: plan.first.map((first, target) => sourceSize - first - (count[target] as number)),
    weights: plan.weights.map((_, at) => {
      const target = Math.floor(at / stride);
      const place = (count[target] as number) - 1 - (at % stride);
      return place < 0 ? 0 : (plan.weights[target * stride + place] as number);
    }),
  };
}
