import type { ModelKernels } from '../model-kernels.ts';
import { packedIndex, plainConvolutions } from './plain-convolutions.ts';
import { plainMaps } from './plain-maps.ts';
import { PlainMemory } from './plain-memory.ts';

/**
 * The twin of `modelKernels`: the same functions on the same memory, each the formula and nothing else, summed in double
 * precision. Tests compare the two.
 */
export function plainModelKernels(buffer: ArrayBuffer): ModelKernels {
  const memory = new PlainMemory(buffer);
  return { ...plainConvolutions(memory), ...plainMaps(memory), ...plainMatrices(memory) };
}

function plainMatrices(
  memory: PlainMemory,
): Pick<ModelKernels, 'packFloats' | 'packHalves' | 'dotFloats' | 'dotBytes'> {
  const pack =
    (read: (address: number, index: number) => number) =>
    (source: number, to: number, depth: number, columns: number): void => {
      for (let k = 0; k < depth; k++) {
        for (let n = 0; n < columns; n++) {
          memory.setFloat(to, packedIndex(k, n, depth, columns), read(source, k * columns + n));
        }
      }
    };
  const dot = (count: number, product: (index: number) => number) => {
    let sum = 0;
    for (let index = 0; index < count; index++) sum += product(index);
    return sum;
  };
  return {
    packFloats: pack((address, index) => memory.float(address, index)),
    packHalves: pack((address, index) => memory.half(address, index)),
    dotFloats: (a, b, count) => dot(count, (index) => memory.float(a, index) * memory.float(b, index)),
    dotBytes: (floats, bytes, count) =>
      dot(count, (index) => memory.float(floats, index) * memory.signedByte(bytes, index)),
  };
}
