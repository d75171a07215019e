import { ByteBuffer } from 'flatbuffers';
import { ImportError } from '../import-error.ts';

/** References to tables, vectors and text take four bytes, and so do the lengths of vectors and a vtable's two sizes together. */
const offsetSizeInBytes = 4;

/**
 * A table of a FlatBuffers file, its fields read by their number in the schema (0 is the first). A field that is left out
 * has its default. Every position and length is checked against the file before it is used.
 */
export class FlatTable {
  readonly #buffer: ByteBuffer;
  readonly #position: number;

  constructor(buffer: ByteBuffer, position: number) {
    this.#buffer = buffer;
    this.#position = checked(buffer, position, offsetSizeInBytes);
    const vtable = this.#position - buffer.readInt32(this.#position);
    checked(buffer, vtable, offsetSizeInBytes);
    checked(buffer, vtable, buffer.readUint16(vtable));
  }

  /** The root table of a file. */
  static root(bytes: Uint8Array): FlatTable {
    const buffer = new ByteBuffer(bytes);
    checked(buffer, 0, offsetSizeInBytes);
    return new FlatTable(buffer, buffer.readUint32(0));
  }

  int8(field: number, otherwise = 0): number {
    return this.#scalar(field, 1, otherwise, (at) => this.#buffer.readInt8(at));
  }

  boolean(field: number): boolean {
    return this.int8(field) !== 0;
  }

  int32(field: number, otherwise = 0): number {
    return this.#scalar(field, 4, otherwise, (at) => this.#buffer.readInt32(at));
  }

  uint32(field: number, otherwise = 0): number {
    return this.#scalar(field, 4, otherwise, (at) => this.#buffer.readUint32(at));
  }

  float32(field: number, otherwise = 0): number {
    return this.#scalar(field, 4, otherwise, (at) => this.#buffer.readFloat32(at));
  }

  /** A 64-bit count or position; beyond 2^53 no file reaches. */
  uint64(field: number): number {
    return this.#scalar(field, 8, 0, (at) => Number(this.#buffer.readUint64(at)));
  }

  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }

  /** A vector of bytes, not copied. */
  bytes(field: number): Uint8Array {
    const { start, length } = this.#vector(field, 1);
    return this.#buffer.bytes().subarray(start, start + length);
  }

  int32s(field: number): number[] {
    return this.#list(field, 4, (at) => this.#buffer.readInt32(at));
  }

  float32s(field: number): number[] {
    return this.#list(field, 4, (at) => this.#buffer.readFloat32(at));
  }

  int64s(field: number): number[] {
    return this.#list(field, 8, (at) => Number(this.#buffer.readInt64(at)));
  }

  /** A table in a field of its own, undefined where it is left out. */
  table(field: number): FlatTable | undefined {
    const at = this.#find(field, offsetSizeInBytes);
    return at === undefined ? undefined : new FlatTable(this.#buffer, this.#buffer.__indirect(at));
  }

  tables(field: number): FlatTable[] {
    return this.#list(field, offsetSizeInBytes, (at) => new FlatTable(this.#buffer, this.#buffer.__indirect(at)));
  }

  #scalar(field: number, sizeInBytes: number, otherwise: number, read: (at: number) => number): number {
    const at = this.#find(field, sizeInBytes);
    return at === undefined ? otherwise : read(at);
  }

  #list<Item>(field: number, sizeInBytes: number, read: (at: number) => Item): Item[] {
    const { start, length } = this.#vector(field, sizeInBytes);
    return Array.from({ length }, (_, index) => read(start + index * sizeInBytes));
  }

  #vector(field: number, sizeInBytes: number): { start: number; length: number } {
    const at = this.#find(field, offsetSizeInBytes);
    if (at === undefined) return { start: 0, length: 0 };
    const vector = checked(this.#buffer, this.#buffer.__indirect(at), offsetSizeInBytes);
    const length = this.#buffer.readUint32(vector);
    const start = vector + offsetSizeInBytes;
    checked(this.#buffer, start, length * sizeInBytes);
    return { start, length };
  }

  #find(field: number, sizeInBytes: number): number | undefined {
    // A vtable begins with its own size and the table's, two bytes each.
    const offset = this.#buffer.__offset(this.#position, 4 + 2 * field);
    return offset === 0 ? undefined : checked(this.#buffer, this.#position + offset, sizeInBytes);
  }
}

function checked(buffer: ByteBuffer, position: number, sizeInBytes: number): number {
  if (position >= 0 && position + sizeInBytes <= buffer.capacity()) return position;
  throw new ImportError(
    'The .tflite file is damaged: it points outside itself.',
    'Copy it again, or convert the model again.',
  );
}
