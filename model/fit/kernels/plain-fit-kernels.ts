import { fractionBits } from '../antialias-plan.ts';
import type { FitKernels } from './fit-kernels.ts';

const tableLength = 256;

/** The twin of `fitKernels`: the same functions on the same memory, each the formula and nothing else. Tests compare the two. */
export function plainFitKernels(buffer: ArrayBuffer): FitKernels {
  const bytes = new Uint8Array(buffer);
  const words = new Int32Array(buffer);
  const halves = new Int16Array(buffer);
  const floats = new Float32Array(buffer);
  const byteAt = (address: number) => bytes[address] as number;
  const wordAt = (address: number) => words[address / 4] as number;

  /** A weight as `splitWeights` leaves it: 11 bits of both of a pair, then the upper ones of both. */
  const splitWeightAt = (weights: number, tap: number): number => {
    const low = weights + 8 * Math.floor(tap / 2) + 2 * (tap % 2);
    return 2 ** 11 * (halves[(low + 4) / 2] as number) + (halves[low / 2] as number);
  };
  /** Σ bytes · weights in 2^-22, rounded and clamped to a byte; the bytes are so far apart. */
  const weigh = (from: number, step: number, count: number, weightAt: (tap: number) => number): number => {
    let sum = 2 ** (fractionBits - 1);
    for (let tap = 0; tap < count; tap++) sum += byteAt(from + tap * step) * weightAt(tap);
    return Math.min(255, Math.max(0, Math.floor(sum / 2 ** fractionBits)));
  };
  const scale =
    (sources: readonly number[]): FitKernels['scaleRgb'] =>
    (pixels, end, tables, out) => {
      for (let at = 0; pixels + at < end; at += sources.length) {
        for (const [channel, source] of sources.entries()) {
          const level = byteAt(pixels + at + source);
          floats[out / 4 + at + channel] = floats[tables / 4 + channel * tableLength + level] as number;
        }
      }
    };

  return {
    splitWeights(plan, planStep, count) {
      for (let target = 0; target < count; target++) {
        for (let pair = plan + target * planStep + 8; pair < plan + (target + 1) * planStep; pair += 8) {
          const weights = [wordAt(pair), wordAt(pair + 4)];
          const low = weights.map((weight) => weight & (2 ** 11 - 1));
          const high = weights.map((weight) => weight >> 11);
          halves.set([...low, ...high], pair / 2);
        }
      }
    },

    resizeRow(row, channels, plan, planStep, count, out) {
      for (let target = 0; target < count; target++) {
        const entry = plan + target * planStep;
        for (let channel = 0; channel < channels; channel++) {
          const from = row + wordAt(entry) + channel;
          bytes[out + target * channels + channel] = weigh(from, channels, wordAt(entry + 4) / 4, (tap) =>
            splitWeightAt(entry + 8, tap),
          );
        }
      }
    },

    resizeColumns(rows, rowStep, weights, weightsEnd, length, out) {
      for (let at = 0; at < length; at++) {
        bytes[out + at] = weigh(rows + at, rowStep, (weightsEnd - weights) / 4, (tap) => wordAt(weights + tap * 4));
      }
    },

    scaleGrey: scale([0]),
    scaleRgb: scale([0, 1, 2]),
    scaleBgr: scale([2, 1, 0]),
  };
}
