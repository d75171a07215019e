import { largestByte, toByte, type Uint8Range } from './uint8-range.ts';

const errorLevels = 64;

/**
 * Rounds so that the errors of each output channel sum up to half a step at most: those nearest to the middle between two
 * steps go the other way until they do. What a channel is given is mostly positive and of one magnitude, past a ReLU, and
 * would otherwise shift it as a whole. Guo et al., "SQuant: On-the-Fly Data-Free Quantization", 2022.
 */
export function roundToUint8(values: Float32Array, channels: number, range: Uint8Range): Uint8Array {
  const bytes = new Uint8Array(values.length);
  const sums = new Float64Array(channels);
  const next = (channel: number) => (channel + 1 === channels ? 0 : channel + 1);
  for (let at = 0, channel = 0; at < bytes.length; at++, channel = next(channel)) {
    bytes[at] = toByte(values[at] as number, range);
    sums[channel] = (sums[channel] as number) + errorOf(values, bytes, at, range);
  }
  const counts = new Uint32Array(channels * errorLevels);
  for (let at = 0, channel = 0; at < bytes.length; at++, channel = next(channel)) {
    const level = levelOf(errorOf(values, bytes, at, range), bytes[at] as number, sums[channel] as number);
    const cell = channel * errorLevels + level;
    if (level >= 0) counts[cell] = (counts[cell] as number) + 1;
  }
  const left = sums.map((sum) => Math.round(Math.abs(sum)));
  const lowestLevels = left.map((wanted, channel) => lowestLevelOf(counts, channel, wanted));
  for (let at = 0, channel = 0; at < bytes.length; at++, channel = next(channel)) {
    if ((left[channel] as number) === 0) continue;
    const sum = sums[channel] as number;
    const level = levelOf(errorOf(values, bytes, at, range), bytes[at] as number, sum);
    if (level < (lowestLevels[channel] as number)) continue;
    bytes[at] = (bytes[at] as number) + Math.sign(sum);
    left[channel] = (left[channel] as number) - 1;
  }
  return bytes;
}

/** In steps, positive where the byte stands for too little. */
function errorOf(values: Float32Array, bytes: Uint8Array, at: number, { min, scale }: Uint8Range): number {
  return ((values[at] as number) - min) / scale - (bytes[at] as number);
}

/** How near to the middle between two steps an error is, 0 to 63; -1 where going the other way would not lessen the sum. */
function levelOf(error: number, byte: number, sum: number): number {
  const isTowardsSum = error * sum > 0 && Math.abs(error) <= 0.5;
  if (!isTowardsSum || (sum > 0 ? byte === largestByte : byte === 0)) return -1;
  return Math.min(errorLevels - 1, Math.trunc(Math.abs(error) * 2 * errorLevels));
}

/** The level from which on upwards there are `wanted` values, or the lowest where there are not as many. */
function lowestLevelOf(counts: Uint32Array, channel: number, wanted: number): number {
  let found = 0;
  for (let level = errorLevels - 1; level > 0; level--) {
    found += counts[channel * errorLevels + level] as number;
    if (found >= wanted) return level;
  }
  return 0;
}
