/// <reference lib="esnext.float16" />
import type { ConstantNode, Shape } from './node.ts';
import { countValues } from './shape.ts';

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
const fewestValuesInUint8 = 256;
/** In power: an error of about a hundredth, which is what a scale for each channel would come to. */
const largestNoiseShare = 0.00015;

/** In which form {@link encodeWeight} writes a constant. */
function formOf({ shape, values }: ConstantNode, format: WeightFormat): WeightFormat | 'int32' {
  if (values instanceof Int32Array) return 'int32';
  // A bias or factor adds little to the file, and its rounding would reach every pixel of its channel.
  const isKernel = shape.filter((size) => size > 1).length > 1;
  if (format === 'float32' || !isKernel) return 'float32';
  // Depthwise kernels are a few percent of the weights and the ones that suffer most.
  if (
    format === 'uint8' &&
    shape.at(-1) !== 1 &&
    countValues(shape) >= fewestValuesInUint8 &&
    suitsUint8(shape, values)
  )
    return 'uint8';
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

/**
 * Whether one scale for the whole tensor leaves its channels their values: the rounding error, as a share of each output
 * channel's own magnitude, root mean square over the channels. A channel far smaller than the largest would drown.
 */
export function suitsUint8(shape: Shape, values: Float32Array): boolean {
  const channels = shape.at(-1) === 1 ? (shape.at(-2) as number) : (shape.at(-1) as number);
  const { min, scale } = uint8Range(values);
  const power = new Float64Array(channels);
  const noise = new Float64Array(channels);
  values.forEach((value, at) => {
    const error = Math.round((value - min) / scale) * scale + min - value;
    power[at % channels] = (power[at % channels] as number) + value * value;
    noise[at % channels] = (noise[at % channels] as number) + error * error;
  });
  const shares = noise.map((error, channel) => (error === 0 ? 0 : error / (power[channel] as number)));
  return shares.reduce((sum, share) => sum + share, 0) / channels <= largestNoiseShare;
}

/** Zero must come out as zero exactly, so the range begins at a whole number of steps below it. */
function uint8Range(values: Float32Array): { min: number; scale: number } {
  let [low, high] = [0, 0];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const scale = (high - low) / 255 || 1;
  return { min: Math.round(low / scale) * scale, scale };
}

function encodeUint8(plain: { name: string; shape: number[]; dtype: 'float32' }, values: Float32Array): EncodedWeight {
  const { min, scale } = uint8Range(values);
  const bytes = Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.round((value - min) / scale))));
  const quantization = { dtype: 'uint8', original_dtype: 'float32', min, scale } as const;
  return { specification: { ...plain, quantization }, bytes };
}

function bytesOf(array: Float32Array | Int32Array | Float16Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
