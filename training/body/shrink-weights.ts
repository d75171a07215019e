import { roundToUint8 } from '../../importer/graph/round-to-uint8.ts';
import { findUint8Range } from '../../importer/graph/uint8-range.ts';
import type { WeightEntry } from '../../model/graph/graph-file.ts';

/** Smaller kernels save little, and are the first ones, whose error goes through all that follows. */
const fewestValues = 16_384;

/**
 * Half floats as bytes, where a kernel is large and no depthwise one. What a model's own answers may not bear, a body's
 * features do: the head is fitted on the features as they are.
 * @param weights the bytes of each entry, little-endian
 */
export function shrinkWeights(
  entries: readonly WeightEntry[],
  weights: readonly Uint8Array[],
): { readonly entries: readonly WeightEntry[]; readonly weights: readonly Uint8Array[] } {
  const shrunk = entries.map((entry, index) => {
    const bytes = weights[index] as Uint8Array;
    if (!isWorthIt(entry)) return { entry, bytes };
    const values = Float32Array.from(new Float16Array(bytes.slice().buffer));
    const range = findUint8Range(values);
    const { name, shape, dtype } = entry;
    return {
      entry: { name, shape, dtype, quantization: { dtype: 'uint8', original_dtype: 'float32', ...range } as const },
      bytes: roundToUint8(values, shape.at(-1) as number, range),
    };
  });
  return { entries: shrunk.map(({ entry }) => entry), weights: shrunk.map(({ bytes }) => bytes) };
}

function isWorthIt({ shape, quantization }: WeightEntry): boolean {
  const values = shape.reduce((product, size) => product * size, 1);
  return quantization?.dtype === 'float16' && shape.at(-1) !== 1 && values >= fewestValues;
}
