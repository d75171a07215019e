/// <reference lib="esnext.float16" />
import type { ConstantNode } from './node.ts';
import { roundToUint8 } from './round-to-uint8.ts';
import { countValues } from './shape.ts';
import { findUint8Range, isWorthUint8, suitsUint8 } from './uint8-range.ts';

export const weightFormats = ['float16', 'float32', 'uint8'] as const;
export type WeightFormat = (typeof weightFormats)[number];

/** One entry of a weights manifest. */
export interface WeightSpecification {
  readonly name: string;
  readonly shape: number[];
  readonly dtype: 'float32' | 'int32';
  readonly quantization?:
    | { readonly dtype: 'float16'; readonly original_dtype: 'float32' }
    | { readonly dtype: 'uint8'; readonly original_dtype: 'float32'; readonly min: number; readonly scale: number };
}

export interface EncodedWeight {
  readonly specification: WeightSpecification;
  readonly bytes: Uint8Array;
}

const largestFloat16 = 65504;

/** In which form {@link encodeWeight} writes a constant. */
function formOf(constant: ConstantNode, format: WeightFormat): WeightFormat | 'int32' {
  const { shape, values } = constant;
  if (values instanceof Int32Array) return 'int32';
  // A bias or factor adds little to the file, and its rounding would reach every pixel of its channel.
  const isKernel = shape.filter((size) => size > 1).length > 1;
  if (format === 'float32' || !isKernel) return 'float32';
  if (format === 'uint8' && isWorthUint8(constant) && suitsUint8(shape, values)) return 'uint8';
  return values.some((value) => Math.abs(value) > largestFloat16) ? 'float32' : 'float16';
}

const bytesPerValue = { int32: 4, float32: 4, float16: 2, uint8: 1 } as const;

/** How many bytes {@link encodeWeight} makes of a constant. */
export function encodedSizeInBytes(constant: ConstantNode, format: WeightFormat): number {
  return countValues(constant.shape) * bytesPerValue[formOf(constant, format)];
}

/**
 * A constant as bytes of weights.bin, little-endian. What the format cannot hold stays as it is: whole numbers, tensors
 * past 65,504, and everything that is not a kernel of two axes or more.
 */
export function encodeWeight(name: string, constant: ConstantNode, format: WeightFormat): EncodedWeight {
  const { values } = constant;
  const shape = [...constant.shape];
  if (values instanceof Int32Array) return { specification: { name, shape, dtype: 'int32' }, bytes: bytesOf(values) };
  const plain = { name, shape, dtype: 'float32' } as const;
  const form = formOf(constant, format);
  if (form === 'uint8') return encodeUint8(plain, values);
  if (form === 'float32') return { specification: plain, bytes: bytesOf(values) };
  const quantization = { dtype: 'float16', original_dtype: 'float32' } as const;
  return { specification: { ...plain, quantization }, bytes: bytesOf(Float16Array.from(values)) };
}

function encodeUint8(plain: { name: string; shape: number[]; dtype: 'float32' }, values: Float32Array): EncodedWeight {
  const range = findUint8Range(values);
  const quantization = { dtype: 'uint8', original_dtype: 'float32', ...range } as const;
  const bytes = roundToUint8(values, plain.shape.at(-1) as number, range);
  return { specification: { ...plain, quantization }, bytes };
}

function bytesOf(array: Float32Array | Int32Array | Float16Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
