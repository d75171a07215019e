import type { Values } from '../graph/node.ts';
import { countValues } from '../graph/shape.ts';
import { ImportError } from '../import-error.ts';
import type { Quantization, TfliteTensor } from './tflite-model.ts';

/** The numbers of TensorFlow Lite's types, with how a stored value of each is read. */
const types: Readonly<Record<number, StoredType>> = {
  0: { name: 'float32', sizeInBytes: 4, isWhole: false, read: (view, at) => view.getFloat32(at, true) },
  1: { name: 'float16', sizeInBytes: 2, isWhole: false, read: (view, at) => view.getFloat16(at, true) },
  2: { name: 'int32', sizeInBytes: 4, isWhole: true, read: (view, at) => view.getInt32(at, true) },
  3: { name: 'uint8', sizeInBytes: 1, isWhole: true, read: (view, at) => view.getUint8(at) },
  4: { name: 'int64', sizeInBytes: 8, isWhole: true, read: (view, at) => Number(view.getBigInt64(at, true)) },
  6: { name: 'bool', sizeInBytes: 1, isWhole: true, read: (view, at) => view.getUint8(at) },
  7: { name: 'int16', sizeInBytes: 2, isWhole: true, read: (view, at) => view.getInt16(at, true) },
  9: { name: 'int8', sizeInBytes: 1, isWhole: true, read: (view, at) => view.getInt8(at) },
  10: { name: 'float64', sizeInBytes: 8, isWhole: false, read: (view, at) => view.getFloat64(at, true) },
};

interface StoredType {
  readonly name: string;
  readonly sizeInBytes: number;
  readonly isWhole: boolean;
  readonly read: (view: Float16View, at: number) => number;
}

// Node.js has had it since 24; the types that this project checks against are of the year before.
interface Float16View extends DataView {
  getFloat16(at: number, littleEndian?: boolean): number;
}

/** The type of a tensor by its name; throws an {@link ImportError} for complex numbers, text and the like. */
export function typeOf({ type, name }: TfliteTensor): StoredType {
  const known = types[type];
  if (known !== undefined) return known;
  throw new ImportError(
    `The tensor ${name} is of TensorFlow Lite's type ${type}, which is not imported.`,
    'Weights are imported as float32, float16, int8, uint8, int16 and int32.',
  );
}

/**
 * The values that a tensor stores: real numbers, dequantised where they are quantised, or whole numbers where they are
 * shapes, axes and the like.
 */
export function readConstant(tensor: TfliteTensor): Values {
  const { sizeInBytes, isWhole, read } = typeOf(tensor);
  const count = countValues(tensor.shape);
  if (tensor.bytes.length !== count * sizeInBytes) {
    throw new ImportError(
      `The tensor ${tensor.name} has ${tensor.bytes.length} bytes for ${count} values.`,
      'The .tflite file is damaged; convert the model again.',
    );
  }
  // Copied, since nothing says that floats begin at a multiple of four bytes.
  if (tensor.type === 0 && tensor.quantization === undefined)
    return new Float32Array(Uint8Array.from(tensor.bytes).buffer);
  const { buffer, byteOffset, byteLength } = tensor.bytes;
  const view = new DataView(buffer, byteOffset, byteLength) as Float16View;
  const valueAt = (index: number) => read(view, index * sizeInBytes);
  if (tensor.quantization !== undefined)
    return dequantise(tensor.shape, tensor.quantization, count, valueAt, tensor.name);
  return isWhole
    ? Int32Array.from({ length: count }, (_, at) => valueAt(at))
    : Float32Array.from({ length: count }, (_, at) => valueAt(at));
}

function dequantise(
  shape: readonly number[],
  { scales, zeroPoints, axis }: Quantization,
  count: number,
  valueAt: (index: number) => number,
  name: string,
): Float32Array {
  const isPerAxis = scales.length > 1;
  const size = shape[axis];
  if (isPerAxis && size !== scales.length) {
    throw new ImportError(
      `The tensor ${name} has ${scales.length} scales for an axis of ${size}.`,
      'The file is damaged.',
    );
  }
  const inner = isPerAxis ? countValues(shape.slice(axis + 1)) : count;
  return Float32Array.from({ length: count }, (_, at) => {
    const part = isPerAxis ? Math.floor(at / inner) % scales.length : 0;
    return (valueAt(at) - (zeroPoints[part] ?? 0)) * (scales[part] as number);
  });
}
