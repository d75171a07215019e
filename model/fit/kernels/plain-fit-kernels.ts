import { fractionBits } from '../antialias-plan.ts';
import type { FitKernels } from './fit-kernels.ts';

const tableLength = 256;

/** The twin of `fitKernels`: the same functions on the same memory, each the formula and nothing else. Tests compare the two. */
export function plainFitKernels(buffer: ArrayBuffer): FitKernels {
  const bytes = new Uint8Array(buffer);
  const words = new Int32Array(buffer);
  const floats = new Float32Array(buffer);
  const byteAt = (address: number) => bytes[address] as number;
  const wordAt = (address: number) => words[address / 4] as number;

  /** Σ bytes · weights in 2^-22, rounded and clamped to a byte; the bytes are so far apart. */
  const weigh = (from: number, step: number, weights: number, count: number): number => {
    let sum = 2 ** (fractionBits - 1);
    for (let tap = 0; tap < count; tap++) sum += byteAt(from + tap * step) * wordAt(weights + tap * 4);
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
    resizeRow(row, channels, plan, planStep, count, out) {
      for (let target = 0; target < count; target++) {
        const entry = plan + target * planStep;
        for (let channel = 0; channel < channels; channel++) {
          const from = row + wordAt(entry) + channel;
          bytes[out + target * channels + channel] = weigh(from, channels, entry + 8, wordAt(entry + 4) / 4);
        }
      }
    },

    resizeColumns(rows, rowStep, weights, weightsEnd, length, out) {
      for (let at = 0; at < length; at++) {
        bytes[out + at] = weigh(rows + at, rowStep, weights, (weightsEnd - weights) / 4);
      }
    },

    scaleGrey: scale([0]),
    scaleRgb: scale([0, 1, 2]),
    scaleBgr: scale([2, 1, 0]),
  };
}
