import { packedIndex, plainDepthwise } from '../plain/plain-convolutions.ts';
import { clamp, PlainMemory } from '../plain/plain-memory.ts';
import type { WiderKernels } from './wider-kernels.ts';

const numbersBelow = (end: number) => [...Array(end).keys()];

/** The twin of `widerKernels`: the formulas and nothing else, in double precision. Tests compare the two. */
export function plainWiderKernels(buffer: ArrayBuffer): WiderKernels {
  const memory = new PlainMemory(buffer);
  const each = (a: number, out: number, count: number, make: (value: number, at: number) => number) => {
    for (let at = 0; at < count; at++) memory.setFloat(out, at, make(memory.float(a, at), at));
  };
  return {
    // out[y, x, n] = clamp(bias[n] + Σ in[y, x; v, u; k] · weights[v, u, k, n])
    directConvolution(input, outRowStep, pixelStep, rowStep, columnStep, kernelHeight, kernelWidth, depth, ...rest) {
      const [weights, bias, columns, out, outStep, outHeight, outWidth, _tileWidth, low, high] = rest;
      const places = numbersBelow(kernelHeight).flatMap((v) => numbersBelow(kernelWidth).map((u) => [v, u] as const));
      const products = kernelHeight * kernelWidth * depth;
      for (const y of numbersBelow(outHeight)) {
        for (const x of numbersBelow(outWidth)) {
          for (const n of numbersBelow(columns)) {
            let sum = memory.float(bias, n);
            for (const [at, [v, u]] of places.entries()) {
              const from = input + y * outRowStep + x * pixelStep + v * rowStep + u * columnStep;
              for (let k = 0; k < depth; k++) {
                sum += memory.float(from, k) * memory.float(weights, packedIndex(at * depth + k, n, products, columns));
              }
            }
            memory.setFloat(out + (y * outWidth + x) * outStep, n, clamp(sum, low, high));
          }
        }
      }
    },

    depthwise7s1: plainDepthwise(memory, 7, 1),
    depthwise7s2: plainDepthwise(memory, 7, 2),

    copyRows(input, inStep, out, outStep, rows, sizeInBytes) {
      for (let row = 0; row < rows; row++) {
        const from = input + row * inStep;
        memory.bytes.copyWithin(out + row * outStep, from, from + sizeInBytes);
      }
    },

    permute(input, out, ...axes) {
      const [count0, in0, out0, count1, in1, out1, count2, in2, out2, count3, in3, out3] = axes;
      for (const a of numbersBelow(count0)) {
        for (const b of numbersBelow(count1)) {
          for (const c of numbersBelow(count2)) {
            for (const d of numbersBelow(count3)) {
              const from = input + a * in0 + b * in1 + c * in2 + d * in3;
              memory.setFloat(out + a * out0 + b * out1 + c * out2 + d * out3, 0, memory.float(from));
            }
          }
        }
      }
    },

    normaliseRows(input, out, rows, rowInBytes, epsilon, scale, offset) {
      const columns = rowInBytes / 4;
      for (let row = 0; row < rows; row++) {
        const values = numbersBelow(columns).map((at) => memory.float(input, row * columns + at));
        const mean = values.reduce((sum, value) => sum + value, 0) / columns;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / columns;
        for (const [at, value] of values.entries()) {
          const normal = (value - mean) / Math.sqrt(variance + epsilon);
          memory.setFloat(out, row * columns + at, normal * memory.float(scale, at) + memory.float(offset, at));
        }
      }
    },

    softmaxRows(input, out, rows, count) {
      for (let row = 0; row < rows; row++) {
        const values = numbersBelow(count).map((at) => memory.float(input, row * count + at));
        const powers = values.map((value) => Math.exp(value - Math.max(...values)));
        const total = powers.reduce((sum, power) => sum + power, 0);
        for (const [at, power] of powers.entries()) memory.setFloat(out, row * count + at, power / total);
      }
    },

    errorFunction: (a, out, count) => each(a, out, count, errorFunction),
    gelu: (a, out, count, slope) => each(a, out, count, (value) => value * (1 + errorFunction(slope * value))),
    tanh: (a, out, count) => each(a, out, count, Math.tanh),
    subtract: (a, b, out, count) => each(a, out, count, (value, at) => value - memory.float(b, at)),
    divide: (a, b, out, count) => each(a, out, count, (value, at) => value / memory.float(b, at)),
    maximum: (a, b, out, count) => each(a, out, count, (value, at) => Math.max(value, memory.float(b, at))),
    minimum: (a, b, out, count) => each(a, out, count, (value, at) => Math.min(value, memory.float(b, at))),
  };
}

/** The error function: 2/√π · e^(-x²) · Σ 2ⁿ · x^(2n+1) / (2n+1)!!, whose terms all have one sign. */
export function errorFunction(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
