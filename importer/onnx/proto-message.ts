import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** A message may have so many fields, repeated ones counted each time: models have thousands. */
const mostFields = 2 ** 20;

/**
 * A Protocol Buffers message, its fields read by their number in the schema and only when they are asked for: a message
 * within a message stays the stretch of bytes that it is until then. Whatever the bytes claim, nothing outside them is
 * read. A field that is left out has its default. Throws a RangeError where the bytes are no message.
 */
export class ProtoMessage {
  /** For each field its values in the order of the file: numbers as bits, everything else as bytes. */
  readonly #fields = new Map<number, (bigint | number | Uint8Array)[]>();

  constructor(bytes: Uint8Array) {
    const reader = new BinaryReader(bytes);
    for (let count = 0; reader.pos < reader.len; count++) {
      if (count === mostFields) throw new RangeError(`a message has more than ${mostFields} fields.`);
      const { field, value } = readField(reader);
      const values = this.#fields.get(field);
      if (values === undefined) this.#fields.set(field, [value]);
      else values.push(value);
    }
  }

  has(field: number): boolean {
    return this.#fields.has(field);
  }

  /** A whole number of up to 64 bits with its sign; past 2^53 it is rounded. */
  integer(field: number, otherwise = 0): number {
    return this.integers(field).at(-1) ?? otherwise;
  }

  integers(field: number): number[] {
    return this.#values(field).flatMap((value) => (value instanceof Uint8Array ? readVarints(value) : [Number(value)]));
  }

  float(field: number, otherwise = 0): number {
    return this.floats(field).at(-1) ?? otherwise;
  }

  floats(field: number): number[] {
    return this.#values(field).flatMap((value) => {
      if (!(value instanceof Uint8Array)) return [floatOfBits(Number(value))];
      const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
      return Array.from({ length: Math.floor(value.length / 4) }, (_, at) => view.getFloat32(at * 4, true));
    });
  }

  /** Bytes of the file itself, not copied. */
  bytes(field: number): Uint8Array {
    const value = this.#values(field).at(-1);
    return value instanceof Uint8Array ? value : new Uint8Array();
  }

  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }

  texts(field: number): string[] {
    return this.#byteLists(field).map((bytes) => new TextDecoder().decode(bytes));
  }

  /** Undefined where the field is left out. */
  message(field: number): ProtoMessage | undefined {
    return this.#byteLists(field).length === 0 ? undefined : new ProtoMessage(this.bytes(field));
  }

  messages(field: number): ProtoMessage[] {
    return this.#byteLists(field).map((bytes) => new ProtoMessage(bytes));
  }

  #byteLists(field: number): Uint8Array[] {
    return this.#values(field).filter((value) => value instanceof Uint8Array);
  }

  #values(field: number): readonly (bigint | number | Uint8Array)[] {
    return this.#fields.get(field) ?? [];
  }
}

function readField(reader: BinaryReader): { field: number; value: bigint | number | Uint8Array } {
  try {
    const [field, wireType] = reader.tag();
    switch (wireType) {
      case WireType.Varint:
        return { field, value: Number(reader.int64()) };
      case WireType.Bit64:
        return { field, value: BigInt(reader.fixed64()) };
      case WireType.Bit32:
        return { field, value: reader.fixed32() };
      case WireType.LengthDelimited:
        return { field, value: reader.bytes() };
      default:
        throw new RangeError(`its field ${field} is of a kind that ONNX does not use.`);
    }
  } catch (cause) {
    throw cause instanceof RangeError ? cause : new RangeError(`${(cause as Error).message}.`, { cause });
  }
}

/** Whole numbers that lie packed in one field. */
function readVarints(bytes: Uint8Array): number[] {
  const reader = new BinaryReader(bytes);
  const numbers: number[] = [];
  while (reader.pos < reader.len) numbers.push(Number(reader.int64()));
  return numbers;
}

function floatOfBits(bits: number): number {
  return new Float32Array(Uint32Array.of(bits).buffer)[0] as number;
}
