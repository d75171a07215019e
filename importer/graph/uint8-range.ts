import type { ConstantNode, Shape } from './node.ts';
import { countValues } from './shape.ts';

/** How bytes stand for real numbers: real = byte x scale + min, zero being one of them. */
export interface Uint8Range {
  readonly min: number;
  readonly scale: number;
}

/** Smaller kernels save little and are the first ones, whose error goes through all that follows. */
const fewestValues = 16_384;
/** In power: an error of about a hundredth, which is what a scale for each channel would come to. */
const largestNoiseShare = 0.00015;
export const largestByte = 255;
const bins = 4096;
/** What is tried of the way from zero to the smallest and to the largest value. */
const sharesOfRange = Array.from({ length: 26 }, (_, at) => 1 - at / 50);

/** Whether a kernel is worth eight bits; depthwise ones are a few percent of the weights and suffer most. */
export function isWorthUint8({ shape, values }: ConstantNode): boolean {
  return values instanceof Float32Array && shape.at(-1) !== 1 && countValues(shape) >= fewestValues;
}

/**
 * Whether one scale for the whole tensor leaves its channels their values: the rounding error, as a share of each output
 * channel's own magnitude, root mean square over the channels. A channel far smaller than the largest would drown.
 */
export function suitsUint8(shape: Shape, values: Float32Array): boolean {
  const channels = shape.at(-1) as number;
  const range = findUint8Range(values);
  const power = new Float64Array(channels);
  const noise = new Float64Array(channels);
  for (let at = 0, channel = 0; at < values.length; at++, channel = channel + 1 === channels ? 0 : channel + 1) {
    const value = values[at] as number;
    const error = toByte(value, range) * range.scale + range.min - value;
    power[channel] = (power[channel] as number) + value * value;
    noise[channel] = (noise[channel] as number) + error * error;
  }
  const shares = noise.map((error, channel) => (error === 0 ? 0 : error / (power[channel] as number)));
  return shares.reduce((sum, share) => sum + share, 0) / channels <= largestNoiseShare;
}

/**
 * The range whose rounding and cutting off come to the least squared error: the few values at the ends are cut where
 * finer steps for all others are worth more.
 */
export function findUint8Range(values: Float32Array): Uint8Range {
  // By index here and below: iterators and callbacks would take minutes on the hundred million values of VGG16.
  let [low, high] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    low = Math.min(low, values[at] as number);
    high = Math.max(high, values[at] as number);
  }
  if (low === high) return { min: 0, scale: 1 };
  const binSize = (high - low) / bins;
  const counts = new Float64Array(bins);
  for (let at = 0; at < values.length; at++) {
    const bin = Math.min(bins - 1, Math.trunc(((values[at] as number) - low) / binSize));
    counts[bin] = (counts[bin] as number) + 1;
  }
  const costOf = (range: Uint8Range) =>
    counts.reduce((sum, count, bin) => {
      const centre = low + (bin + 0.5) * binSize;
      const beyond = Math.max(0, range.min - centre, centre - (range.min + largestByte * range.scale));
      return sum + count * (beyond > 0 ? beyond ** 2 : range.scale ** 2 / 12);
    }, 0);
  const bestOf = (ranges: Uint8Range[]) => {
    const costs = ranges.map(costOf);
    return ranges[costs.indexOf(Math.min(...costs))] as Uint8Range;
  };
  const { min, scale } = bestOf(sharesOfRange.map((share) => rangeFrom(low, high * share)));
  return bestOf(sharesOfRange.map((share) => rangeFrom(low * share, min + largestByte * scale)));
}

/** Zero must come out as zero exactly, so the range begins at a whole number of steps below it. */
function rangeFrom(low: number, high: number): Uint8Range {
  const scale = (high - low) / largestByte || 1;
  return { min: Math.round(low / scale) * scale, scale };
}

/** The nearest byte. */
export function toByte(value: number, { min, scale }: Uint8Range): number {
  return Math.min(largestByte, Math.max(0, Math.round((value - min) / scale)));
}
