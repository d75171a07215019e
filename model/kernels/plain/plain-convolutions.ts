import type { ModelKernels } from '../model-kernels.ts';
import { clamp, type PlainMemory } from './plain-memory.ts';

type DepthwiseKernel = ModelKernels['depthwise3s1'];
type Convolutions = Pick<
  ModelKernels,
  'pointwise' | 'gather' | 'depthwise3s1' | 'depthwise3s2' | 'depthwise5s1' | 'depthwise5s2'
>;

/** The kernels of convolutions as formulas. */
export function plainConvolutions(memory: PlainMemory): Convolutions {
  return {
    // out[m, n] = clamp(bias[n] + Σ a[m, k] · b[k, n], low, high)
    pointwise(a, b, bias, out, rows, depth, columns, _rowsPerTile, low, high) {
      for (let m = 0; m < rows; m++) {
        for (let n = 0; n < columns; n++) {
          let sum = memory.float(bias, n);
          for (let k = 0; k < depth; k++)
            sum += memory.float(a, m * depth + k) * memory.float(b, packedIndex(k, n, depth, columns));
          memory.setFloat(out, m * columns + n, clamp(sum, low, high));
        }
      }
    },

    gather(input, inputRowStep, pixelStep, patchRowInBytes, kernelHeight, count, out) {
      for (let patch = 0; patch < count; patch++) {
        for (let row = 0; row < kernelHeight; row++) {
          const from = input + patch * pixelStep + row * inputRowStep;
          const to = out + (patch * kernelHeight + row) * patchRowInBytes;
          memory.bytes.copyWithin(to, from, from + patchRowInBytes);
        }
      }
    },

    depthwise3s1: plainDepthwise(memory, 3, 1),
    depthwise3s2: plainDepthwise(memory, 3, 2),
    depthwise5s1: plainDepthwise(memory, 5, 1),
    depthwise5s2: plainDepthwise(memory, 5, 2),
  };
}

/** Where a matrix packed in panels of eight columns, the last perhaps of four, has its number of row k and column n. */
export function packedIndex(k: number, n: number, depth: number, columns: number): number {
  const first = n - (n % 8);
  return first * depth + k * Math.min(8, columns - first) + (n % 8);
}

// out[y, x, c] = clamp(bias[c] + Σ in[y · stride + v, x · stride + u, c] · weights[v, u, c], low, high)
export function plainDepthwise(memory: PlainMemory, kernelWidth: number, stride: number): DepthwiseKernel {
  return (
    input,
    inputRowStep,
    weights,
    bias,
    out,
    outHeight,
    outWidth,
    channelsInBytes,
    kernelHeight,
    _tileWidth,
    low,
    high,
  ) => {
    const channels = channelsInBytes / 4;
    for (let y = 0; y < outHeight; y++) {
      for (let x = 0; x < outWidth; x++) {
        for (let c = 0; c < channels; c++) {
          let sum = memory.float(bias, c);
          for (let v = 0; v < kernelHeight; v++) {
            for (let u = 0; u < kernelWidth; u++) {
              const pixel = memory.float(input + (y * stride + v) * inputRowStep, (x * stride + u) * channels + c);
              sum += pixel * memory.float(weights, (v * kernelWidth + u) * channels + c);
            }
          }
          memory.setFloat(out, (y * outWidth + x) * channels + c, clamp(sum, low, high));
        }
      }
    }
  };
}
