/** One axis of a picture while it is resized, in pixels. */
export interface AxisResize {
  readonly source: number;
  readonly target: number;
  /** Target ÷ source, which may be a little off where the target was rounded. */
  readonly scale: number;
}

/** How ONNX's Resize finds a value between others. */
export interface Interpolation {
  readonly mode: 'nearest' | 'linear' | 'cubic';
  readonly coordinates: string;
  /** ONNX's nearest_mode. */
  readonly rounding: string;
  /** The cubic's parameter a (R. Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981). */
  readonly cubic: number;
  /** Whether places outside the picture count for nothing, instead of showing its border. */
  readonly excludesOutside: boolean;
  /** Whether a smaller picture is made of means, by a kernel as wide as the reduction. */
  readonly isAntialiased: boolean;
}

type Coordinates = (target: number, resize: AxisResize) => number;

/** ONNX's coordinate_transformation_mode. */
const coordinates: ReadonlyMap<string, Coordinates> = new Map<string, Coordinates>([
  ['half_pixel', (at, { scale }) => (at + 0.5) / scale - 0.5],
  ['pytorch_half_pixel', (at, { scale, target }) => (target > 1 ? (at + 0.5) / scale - 0.5 : 0)],
  ['align_corners', (at, { source, target }) => (target === 1 ? 0 : (at * (source - 1)) / (target - 1))],
  ['asymmetric', (at, { scale }) => at / scale],
  // Of opsets 11 and 12, and of what Keras exports.
  ['tf_half_pixel_for_nn', (at, { scale }) => (at + 0.5) / scale],
  [
    'half_pixel_symmetric',
    (at, { source, target, scale }) => {
      const adjustment = target / (scale * source);
      return (source / 2) * (1 - adjustment) + (at + 0.5) / scale - 0.5;
    },
  ],
]);

export const interpolations: readonly string[] = [...coordinates.keys()];

const roundings: ReadonlyMap<string, (x: number) => number> = new Map([
  ['round_prefer_floor', (x: number) => Math.ceil(x - 0.5)],
  ['round_prefer_ceil', (x: number) => Math.floor(x + 0.5)],
  ['floor', Math.floor],
  ['ceil', Math.ceil],
]);

/** 2048 places to and from; a classifier has hundreds. */
const mostWeights = 2 ** 22;

/** [target, source] weights, each row of which sums to 1, as ONNX defines Resize. */
export function resizeMatrix(
  resize: AxisResize,
  way: Interpolation,
): { readonly values: Float32Array; readonly shape: readonly [number, number] } {
  const { source, target } = resize;
  if (target * source > mostWeights)
    throw new RangeError(`a side of ${source} that becomes ${target} is out of all proportion`);
  const values = new Float32Array(target * source);
  const locate = coordinates.get(way.coordinates) as Coordinates;
  for (let at = 0; at < target; at++) {
    for (const { place, weight } of taps(locate(at, resize), resize, way)) {
      const index = at * source + Math.min(Math.max(place, 0), source - 1);
      values[index] = (values[index] as number) + weight;
    }
  }
  return { values, shape: [target, source] };
}

interface Tap {
  readonly place: number;
  readonly weight: number;
}

function taps(centre: number, { source, scale }: AxisResize, way: Interpolation): readonly Tap[] {
  if (way.mode === 'nearest') {
    const round = roundings.get(way.rounding) ?? Math.floor;
    return [{ place: round(centre), weight: 1 }];
  }
  const radius = way.mode === 'linear' ? 1 : 2;
  const stretch = way.isAntialiased && scale < 1 ? 1 / scale : 1;
  const weigh = way.mode === 'linear' ? weighLinear : weighCubic(way.cubic);
  // At the border linear interpolation has nothing beyond the last pixel to mix in.
  const middle = way.mode === 'linear' && stretch === 1 ? Math.min(Math.max(centre, 0), source - 1) : centre;
  const first = Math.floor(middle - radius * stretch) + 1;
  const last = Math.ceil(middle + radius * stretch) - 1;
  const all = Array.from({ length: Math.max(1, last - first + 1) }, (_, at) => ({
    place: first + at,
    weight: weigh(Math.abs(first + at - middle) / stretch),
  }));
  const counted = way.excludesOutside ? all.filter(({ place }) => place >= 0 && place < source) : all;
  const sum = counted.reduce((total, { weight }) => total + weight, 0);
  return counted.map(({ place, weight }) => ({ place, weight: weight / sum }));
}

function weighLinear(distance: number): number {
  return Math.max(0, 1 - distance);
}

function weighCubic(a: number): (distance: number) => number {
  return (distance) => {
    if (distance >= 2) return 0;
    if (distance <= 1) return ((a + 2) * distance - (a + 3)) * distance * distance + 1;
    return ((a * distance - 5 * a) * distance + 8 * a) * distance - 4 * a;
  };
}
