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
const largestByte = 255;
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
  values.forEach((value, at) => {
    const error = toByte(value, range) * range.scale + range.min - value;
    power[at % channels] = (power[at % channels] as number) + value * value;
    noise[at % channels] = (noise[at % channels] as number) + error * error;
  });
  const shares = noise.map((error, channel) => (error === 0 ? 0 : error / (power[channel] as number)));
  return shares.reduce((sum, share) => sum + share, 0) / channels <= largestNoiseShare;
}

/**
 * The range whose rounding and cutting off come to the least squared error: the few values at the ends are cut where
 * finer steps for all others are worth more.
 */
export function findUint8Range(values: Float32Array): Uint8Range {
  let [low, high] = [0, 0];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low === high) return { min: 0, scale: 1 };
  const binSize = (high - low) / bins;
  const counts = new Float64Array(bins);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor((value - low) / binSize));
    counts[bin] = (counts[bin] as number) + 1;
  }
  const errorOf = (range: Uint8Range) =>
    counts.reduce((sum, count, bin) => {
      const centre = low + (bin + 0.5) * binSize;
      const beyond = Math.max(0, range.min - centre, centre - (range.min + largestByte * range.scale));
      return sum + count * (beyond > 0 ? beyond ** 2 : range.scale ** 2 / 12);
    }, 0);
  const bestOf = (ranges: Uint8Range[]) => {
    const errors = ranges.map(errorOf);
    return ranges[errors.indexOf(Math.min(...errors))] as Uint8Range;
  };
  const { min, scale } = bestOf(sharesOfRange.map((share) => rangeFrom(low, high * share)));
  return bestOf(sharesOfRange.map((share) => rangeFrom(low * share, min + largestByte * scale)));
}

/** Zero must come out as zero exactly, so the range begins at a whole number of steps below it. */
function rangeFrom(low: number, high: number): Uint8Range {
  const scale = (high - low) / largestByte || 1;
  return { min: Math.round(low / scale) * scale, scale };
}

/**
 * Rounds so that the errors of each output channel sum up to half a step at most: those nearest to the middle between two
 * steps go the other way until they do. What a channel is given is mostly positive and of one magnitude, past a ReLU, and
 * would otherwise shift it as a whole. Guo et al., "SQuant: On-the-Fly Data-Free Quantization", 2022.
 */
export function roundToUint8(values: Float32Array, channels: number, range: Uint8Range): Uint8Array {
  const { min, scale } = range;
  const bytes = Uint8Array.from(values, (value) => toByte(value, range));
  const errorAt = (at: number) => ((values[at] as number) - min) / scale - (bytes[at] as number);
  const sums = new Float64Array(channels);
  for (let at = 0; at < bytes.length; at++) sums[at % channels] = (sums[at % channels] as number) + errorAt(at);

  const isMovable = (at: number, error: number) => {
    const next = (bytes[at] as number) + Math.sign(error);
    return Math.abs(error) <= 0.5 && error * (sums[at % channels] as number) > 0 && next >= 0 && next <= largestByte;
  };
  const levelOf = (error: number) => Math.min(errorLevels - 1, Math.floor(Math.abs(error) * 2 * errorLevels));
  const counts = new Uint32Array(channels * errorLevels);
  for (let at = 0; at < bytes.length; at++) {
    const error = errorAt(at);
    if (!isMovable(at, error)) continue;
    const cell = (at % channels) * errorLevels + levelOf(error);
    counts[cell] = (counts[cell] as number) + 1;
  }
  const left = sums.map((sum) => Math.round(Math.abs(sum)));
  const lowestLevels = left.map((wanted, channel) => lowestLevelOf(counts, channel, wanted));
  for (let at = 0; at < bytes.length; at++) {
    const channel = at % channels;
    const error = errorAt(at);
    if ((left[channel] as number) === 0 || !isMovable(at, error)) continue;
    if (levelOf(error) < (lowestLevels[channel] as number)) continue;
    bytes[at] = (bytes[at] as number) + Math.sign(error);
    left[channel] = (left[channel] as number) - 1;
  }
  return bytes;
}

const errorLevels = 64;

/** The level from which on upwards there are `wanted` values, or the lowest where there are not as many. */
function lowestLevelOf(counts: Uint32Array, channel: number, wanted: number): number {
  let found = 0;
  for (let level = errorLevels - 1; level > 0; level--) {
    found += counts[channel * errorLevels + level] as number;
    if (found >= wanted) return level;
  }
  return 0;
}

function toByte(value: number, { min, scale }: Uint8Range): number {
  return Math.min(largestByte, Math.max(0, Math.round((value - min) / scale)));
}
