import type { ModelKernels } from '../model-kernels.ts';
import { clamp, type PlainMemory } from './plain-memory.ts';

type PoolKernel = ModelKernels['maximumPool'];
type Maps = Pick<
  ModelKernels,
  'add' | 'multiply' | 'clamp' | 'sigmoid' | 'affine' | 'mean' | 'copyPlaces' | 'maximumPool' | 'averagePool' | 'pad'
>;

const numbersBelow = (end: number) => [...Array(end).keys()];

/** The kernels that work number by number, channel by channel or place by place, as formulas. */
export function plainMaps(memory: PlainMemory): Maps {
  return {
    add(a, b, out, count, low, high) {
      for (let at = 0; at < count; at++) {
        memory.setFloat(out, at, clamp(memory.float(a, at) + memory.float(b, at), low, high));
      }
    },

    multiply(a, b, out, count, low, high) {
      for (let at = 0; at < count; at++) {
        memory.setFloat(out, at, clamp(memory.float(a, at) * memory.float(b, at), low, high));
      }
    },

    clamp(a, out, count, low, high) {
      for (let at = 0; at < count; at++) memory.setFloat(out, at, clamp(memory.float(a, at), low, high));
    },

    sigmoid(a, out, count) {
      for (let at = 0; at < count; at++) memory.setFloat(out, at, 1 / (1 + Math.exp(-memory.float(a, at))));
    },

    affine(input, scale, offset, out, places, channelsInBytes, low, high) {
      const channels = channelsInBytes / 4;
      for (let at = 0; at < places * channels; at++) {
        const scaled = memory.float(input, at) * memory.float(scale, at % channels);
        memory.setFloat(out, at, clamp(scaled + memory.float(offset, at % channels), low, high));
      }
    },

    mean(input, places, channelsInBytes, out) {
      const channels = channelsInBytes / 4;
      for (let c = 0; c < channels; c++) {
        const values = numbersBelow(places).map((place) => memory.float(input, place * channels + c));
        memory.setFloat(out, c, values.reduce((sum, value) => sum + value, 0) / places);
      }
    },

    copyPlaces(input, out, places, sizeInBytes, outStep) {
      for (let place = 0; place < places; place++) {
        const from = input + place * sizeInBytes;
        memory.bytes.copyWithin(out + place * outStep, from, from + sizeInBytes);
      }
    },

    maximumPool: pool(memory, (values) => Math.max(...values)),
    averagePool: pool(memory, (values) => values.reduce((sum, value) => sum + value, 0) / values.length),

    pad(input, out, height, rowInBytes, above, below, left, right) {
      const paddedRowInBytes = left + rowInBytes + right;
      memory.bytes.fill(0, out, out + above + height * paddedRowInBytes + below);
      for (let row = 0; row < height; row++) {
        const from = input + row * rowInBytes;
        memory.bytes.copyWithin(out + above + row * paddedRowInBytes + left, from, from + rowInBytes);
      }
    },
  };
}

/** Of each window, what lies on the picture. */
function pool(memory: PlainMemory, combine: (values: readonly number[]) => number): PoolKernel {
  return (input, out, height, width, channelsInBytes, outHeight, outWidth, ...window) => {
    const [kernelHeight, kernelWidth, rowStride, columnStride, above, left] = window;
    const channels = channelsInBytes / 4;
    const onPicture = (start: number, kernelSize: number, size: number) =>
      numbersBelow(kernelSize)
        .map((at) => start + at)
        .filter((at) => at >= 0 && at < size);
    for (let y = 0; y < outHeight; y++) {
      for (let x = 0; x < outWidth; x++) {
        const rows = onPicture(y * rowStride - above, kernelHeight, height);
        const columns = onPicture(x * columnStride - left, kernelWidth, width);
        const places = rows.flatMap((row) => columns.map((column) => row * width + column));
        for (let c = 0; c < channels; c++) {
          const values = places.map((place) => memory.float(input, place * channels + c));
          memory.setFloat(out, (y * outWidth + x) * channels + c, combine(values));
        }
      }
    }
  };
}
