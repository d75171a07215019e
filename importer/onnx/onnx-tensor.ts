import type { Values } from '../graph/node.ts';
import { countValues, requireReasonableShape } from '../graph/shape.ts';
import { ImportError } from '../import-error.ts';
import type { ExternalData, ExternalRange } from './external-data.ts';
import type { ProtoMessage } from './proto-message.ts';

type Read = (view: DataView, at: number) => number;

interface ElementType {
  readonly name: string;
  readonly sizeInBytes: number;
  readonly isWhole: boolean;
  readonly read: Read;
  /** The field of TensorProto that holds such values where they are not raw bytes. */
  readonly field: number;
}

const floatField = 4;
const int32Field = 5;
const int64Field = 7;
const rawField = 9;
const doubleField = 10;
const uint64Field = 11;
const externalLocation = 1;

// Node.js has had it since 24; the types that this project checks against are of the year before.
interface Float16View extends DataView {
  getFloat16(at: number, littleEndian?: boolean): number;
}

const bits = new DataView(new ArrayBuffer(4));

/** A bfloat16 is the upper half of a float. */
function readBfloat16(view: DataView, at: number): number {
  bits.setUint32(0, view.getUint16(at, true) * 2 ** 16);
  return bits.getFloat32(0);
}

const real = (name: string, sizeInBytes: number, read: Read, field: number): ElementType => ({
  name,
  sizeInBytes,
  isWhole: false,
  read,
  field,
});
const whole = (name: string, sizeInBytes: number, read: Read, field = int32Field): ElementType => ({
  ...real(name, sizeInBytes, read, field),
  isWhole: true,
});
const readFloat16: Read = (view, at) => (view as Float16View).getFloat16(at, true);

/** ONNX's numbers of the types that weights and shapes have. */
const types: ReadonlyMap<number, ElementType> = new Map<number, ElementType>([
  [1, real('float', 4, (view, at) => view.getFloat32(at, true), floatField)],
  [2, whole('uint8', 1, (view, at) => view.getUint8(at))],
  [3, whole('int8', 1, (view, at) => view.getInt8(at))],
  [4, whole('uint16', 2, (view, at) => view.getUint16(at, true))],
  [5, whole('int16', 2, (view, at) => view.getInt16(at, true))],
  [6, whole('int32', 4, (view, at) => view.getInt32(at, true))],
  [7, whole('int64', 8, (view, at) => Number(view.getBigInt64(at, true)), int64Field)],
  [9, whole('bool', 1, (view, at) => view.getUint8(at))],
  [10, real('float16', 2, readFloat16, int32Field)],
  [11, real('double', 8, (view, at) => view.getFloat64(at, true), doubleField)],
  [12, whole('uint32', 4, (view, at) => view.getUint32(at, true), uint64Field)],
  [13, whole('uint64', 8, (view, at) => Number(view.getBigUint64(at, true)), uint64Field)],
  [16, real('bfloat16', 2, readBfloat16, int32Field)],
]);

export function isWholeType(type: number): boolean {
  return types.get(type)?.isWhole ?? false;
}

export function isRealType(type: number): boolean {
  return types.get(type)?.isWhole === false;
}

/** The smallest and largest number of a whole type of 8 or 16 bits; undefined for any other. */
export function rangeOfType(type: number): readonly [low: number, high: number] | undefined {
  const ranges: Readonly<Record<number, readonly [number, number]>> = {
    2: [0, 255],
    3: [-128, 127],
    4: [0, 65535],
    5: [-32768, 32767],
  };
  return ranges[type];
}

/** A TensorProto: values with a shape, whose bytes are not touched before they are asked for. */
export class OnnxTensor {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly number[];
  readonly #message: ProtoMessage;

  constructor(message: ProtoMessage) {
    this.#message = message;
    this.name = message.text(8);
    this.type = message.integer(2);
    this.shape = message.integers(1);
  }

  /**
   * The values as floats, or as whole numbers where they are shapes, axes and the like; those past 32 bits, which only
   * stand for "to the end", become the largest. Throws an {@link ImportError} where there are not as many as the shape says.
   */
  values(external: ExternalData): Values {
    requireReasonableShape(this.shape);
    const type = this.#elementType();
    const count = countValues(this.shape);
    const bytes = this.#bytes(type, count, external);
    const values = bytes === undefined ? this.#listed(type) : readRaw(bytes, type);
    if (values.length === count) return values;
    throw new ImportError(
      `The tensor ${shorten(this.name)} holds ${values.length} values where its shape [${this.shape}] has ${count}.`,
      'The .onnx file is damaged; export the model again.',
    );
  }

  #elementType(): ElementType {
    const type = types.get(this.type);
    if (type !== undefined) return type;
    throw new ImportError(
      `The tensor ${shorten(this.name)} is of ONNX's type ${this.type}, which is not imported.`,
      'Weights are imported as float, float16, bfloat16, double and as whole numbers of 8 bits or more.',
    );
  }

  #bytes(type: ElementType, count: number, external: ExternalData): Uint8Array | undefined {
    if (this.#message.integer(14) === externalLocation) {
      return external.read(this.#externalRange(), count * type.sizeInBytes, shorten(this.name));
    }
    if (this.#message.has(rawField)) return this.#message.bytes(rawField);
    // Floats that are listed lie packed, as they would in raw bytes.
    const isPacked = type.field === floatField || type.field === doubleField;
    const packed = isPacked ? this.#message.bytes(type.field) : undefined;
    return packed !== undefined && packed.length === count * type.sizeInBytes ? packed : undefined;
  }

  #externalRange(): ExternalRange {
    const entries = new Map(this.#message.messages(13).map((entry) => [entry.text(1), entry.text(2)]));
    return { location: entries.get('location') ?? '', offset: entries.get('offset'), length: entries.get('length') };
  }

  #listed({ field, isWhole, sizeInBytes, read }: ElementType): Values {
    if (field === floatField) return Float32Array.from(this.#message.floats(field));
    const numbers = this.#message.integers(field);
    if (isWhole) return Int32Array.from(numbers, clampToInt32);
    // Half floats are listed as the whole number of their 16 bits.
    const view = new DataView(new ArrayBuffer(8));
    return Float32Array.from(numbers, (number) => {
      view.setUint16(0, number & 0xffff, true);
      return sizeInBytes === 2 ? read(view, 0) : Number.NaN;
    });
  }
}

function readRaw(bytes: Uint8Array, { sizeInBytes, isWhole, read, name }: ElementType): Values {
  const count = Math.floor(bytes.length / sizeInBytes);
  if (name === 'float') {
    const { buffer, byteLength, byteOffset } = bytes;
    // A part of the file is copied, since nothing says that floats begin there at a multiple of four bytes.
    const isOwn = byteOffset === 0 && byteLength === buffer.byteLength && byteLength % 4 === 0;
    return new Float32Array(isOwn ? buffer : Uint8Array.from(bytes.subarray(0, count * 4)).buffer);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = isWhole ? new Int32Array(count) : new Float32Array(count);
  for (let at = 0; at < count; at++) values[at] = clamped(read(view, at * sizeInBytes), isWhole);
  return values;
}

function clamped(value: number, isWhole: boolean): number {
  return isWhole ? clampToInt32(value) : value;
}

export function clampToInt32(value: number): number {
  return Math.min(Math.max(value, -(2 ** 31)), 2 ** 31 - 1);
}

/** A name as it can stand in a message. */
export function shorten(name: string): string {
  return name.length <= 80 ? `"${name}"` : `"${name.slice(0, 60)}…"`;
}
