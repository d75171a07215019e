/// <reference lib="esnext.float16" />
import * as h5wasm from 'h5wasm';
import { ImportError } from '../import-error.ts';
import type { ByteSource } from './byte-source.ts';
import { hideUnsoundHeaps } from './global-heap.ts';
import { readUtf8 } from './read-utf8.ts';

/** Numbers of a dataset, always as 32-bit floats: what weights are. */
export interface Dataset {
  readonly path: string;
  readonly shape: readonly number[];
  /** Throws an {@link ImportError} where the numbers are damaged, too many or of a type that weights do not have. */
  read(): Float32Array;
}

/** A group of an HDF5 file. Links that leave the file are errors; soft and hard links inside it are followed. */
export interface Hdf5Group {
  readonly path: string;
  readonly keys: readonly string[];
  group(name: string): Hdf5Group | undefined;
  dataset(name: string): Dataset | undefined;
  /** A text attribute, or a list of them; undefined where it is missing or something else. */
  attribute(name: string): string | readonly string[] | undefined;
}

export interface Hdf5File {
  readonly root: Hdf5Group;
  close(): void;
}

/** The largest single tensor that is read: 2^28 floats, 1 GiB. */
const maximumValuesPerDataset = 2 ** 28;
let filesOpened = 0;

/**
 * Opens an HDF5 file. The library sees it as the only file of a file system in memory whose reads go to `source`, so
 * that neither an external link nor external storage can reach any other file of this machine.
 */
export async function openHdf5(source: ByteSource): Promise<Hdf5File> {
  const module = (await h5wasm.ready) as unknown as ErrorHandling;
  // Otherwise it prints its errors and goes on, through counts that a damaged file made astronomic.
  module.activate_throwing_error_handler();
  const path = `/model-${filesOpened++}.h5`;
  mountSource(path, source);
  const file = guard('the file', () => new h5wasm.File(path, 'r'));
  return {
    root: toGroup(file),
    close: () => {
      // What is damaged may not even close.
      guard('the file', () => file.close());
      fileSystem().unlink(path);
    },
  };
}

interface ErrorHandling {
  activate_throwing_error_handler(): number;
}

interface MountedNode {
  usedBytes: number;
  stream_ops: Record<string, unknown>;
}

/** Emscripten's own lazy files work the same way: a node whose read operation is replaced. */
function mountSource(path: string, source: ByteSource): void {
  const fs = fileSystem();
  fs.writeFile(path, new Uint8Array(0));
  const node = fs.lookupPath(path, {}).node as unknown as MountedNode;
  node.usedBytes = source.sizeInBytes;
  const read = (_stream: unknown, heap: Int8Array, offset: number, length: number, position: number): number => {
    const target = new Uint8Array(heap.buffer, heap.byteOffset + offset, length);
    const count = source.read(target, position);
    hideUnsoundHeaps(target.subarray(0, count), position, source);
    return count;
  };
  node.stream_ops = { ...node.stream_ops, read };
}

function fileSystem(): NonNullable<typeof h5wasm.FS> {
  if (h5wasm.FS === null) throw new TypeError('The HDF5 library is not ready.');
  return h5wasm.FS;
}

function toGroup(group: h5wasm.Group): Hdf5Group {
  const open = (name: string) => guard(childPath(group, name), () => group.get(name));
  const keys = guard(group.path, () => group.keys());
  return {
    path: group.path,
    keys,
    group: (name) => {
      const entity = keys.includes(name) ? open(name) : undefined;
      refuseLink(entity, childPath(group, name));
      return entity instanceof h5wasm.Group ? toGroup(entity) : undefined;
    },
    dataset: (name) => {
      const entity = keys.includes(name) ? open(name) : undefined;
      refuseLink(entity, childPath(group, name));
      return entity instanceof h5wasm.Dataset ? toDataset(entity) : undefined;
    },
    attribute: (name) => {
      const value = guard(group.path, () => group.attrs[name]?.value);
      if (typeof value === 'string') return readUtf8(value);
      return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value.map(readUtf8) : undefined;
    },
  };
}

function refuseLink(entity: unknown, path: string): void {
  if (!(entity instanceof h5wasm.ExternalLink) && !(entity instanceof h5wasm.BrokenSoftLink)) return;
  const target =
    entity instanceof h5wasm.ExternalLink ? `the file ${entity.filename}` : `${entity.target}, which is missing`;
  throw new ImportError(`${path} in the HDF5 file is a link to ${target}.`, 'Save the model again into one file.');
}

function toDataset(dataset: h5wasm.Dataset): Dataset {
  const { path } = dataset;
  const metadata = guard(path, () => dataset.metadata);
  const shape = metadata.shape ?? [];
  return {
    path,
    shape,
    read: () => {
      if (metadata.total_size > maximumValuesPerDataset) {
        throw damaged(path, `it claims ${metadata.total_size} values`);
      }
      if ((metadata.virtual_sources?.length ?? 0) > 0) throw damaged(path, 'its values lie in other files');
      return toFloats(rawBytes(dataset, metadata), path, metadata);
    },
  };
}

/** A part is read at a time, because the library's memory grows to the largest and never shrinks again. */
const mostBytesAtOnce = 2 ** 24;

/** Not `dataset.value`, which cannot read 16-bit floats. */
function rawBytes(dataset: h5wasm.Dataset, metadata: h5wasm.Metadata): ArrayBuffer {
  const shape = metadata.shape ?? [];
  const bytes = new Uint8Array(metadata.size * metadata.total_size);
  const [rows = 1, ...rest] = shape;
  const rowInBytes = bytes.length / Math.max(1, rows);
  const rowsAtOnce = Math.max(1, Math.floor(mostBytesAtOnce / rowInBytes));
  for (let row = 0; row < rows; row += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - row);
    // A single number has no axis along which to take a part.
    const part = shape.length === 0 ? null : { count: [count, ...rest], offset: [row, ...rest.map(() => 0)] };
    bytes.set(readPart(dataset, part, count * rowInBytes), row * rowInBytes);
  }
  return bytes.buffer;
}

interface Part {
  readonly count: readonly number[];
  readonly offset: readonly number[];
}

interface Allocation {
  _malloc(size: number): number;
  _free(pointer: number): void;
}

function readPart(dataset: h5wasm.Dataset, part: Part | null, sizeInBytes: number): Uint8Array {
  const { Module } = h5wasm;
  const memory = Module as unknown as Allocation;
  if (sizeInBytes === 0) return new Uint8Array();
  return guard(dataset.path, () => {
    const pointer = memory._malloc(sizeInBytes);
    if (pointer === 0) throw new RangeError(`no memory for ${sizeInBytes} bytes`);
    try {
      const [count, offset, strides] = part
        ? [part.count.map(BigInt), part.offset.map(BigInt), part.count.map(() => 1n)]
        : [null, null, null];
      const status = Module.get_dataset_data(dataset.file_id, dataset.path, count, offset, strides, BigInt(pointer));
      if (status < 0) throw new RangeError('its values cannot be read');
      return Module.HEAPU8.slice(pointer, pointer + sizeInBytes);
    } finally {
      memory._free(pointer);
    }
  });
}

const floatClass = 1;
const integerClass = 0;
const opaqueClass = 5;

function toFloats(
  bytes: ArrayBuffer,
  path: string,
  { type, size, littleEndian, signed }: h5wasm.Metadata,
): Float32Array {
  // bfloat16, which HDF5 has no name for: the upper half of a 32-bit float.
  if (type === opaqueClass && size === 2)
    return new Float32Array(Uint32Array.from(new Uint16Array(bytes), (half) => half << 16).buffer);
  if (littleEndian || size === 1) {
    if (type === floatClass && size === 4) return new Float32Array(bytes);
    if (type === floatClass && size === 2) return Float32Array.from(new Float16Array(bytes));
    if (type === floatClass && size === 8) return Float32Array.from(new Float64Array(bytes));
    if (type === integerClass && size === 4 && signed) return Float32Array.from(new Int32Array(bytes));
    if (type === integerClass && size === 8 && signed) return Float32Array.from(new BigInt64Array(bytes), Number);
  }
  const kind = type === floatClass ? 'float' : type === integerClass ? 'integer' : `type ${type}`;
  throw damaged(path, `its values are ${littleEndian ? '' : 'big-endian '}${size * 8}-bit ${kind}, not 32-bit floats`);
}

function childPath(group: h5wasm.Group, name: string): string {
  return `${group.path === '/' ? '' : group.path}/${name}`;
}

/** The library tells damage by plain errors, and by strings from its C side. */
function guard<Result>(path: string, run: () => Result): Result {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof ImportError) throw cause;
    throw damaged(path, reasonOf(cause), cause);
  }
}

/** The library tells its whole stack of calls; the innermost one knows what was wrong. */
function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const frames = [...message.matchAll(/^\s*#\d+: .*\(\): (.*)$/gm)];
  return frames.at(-1)?.[1] ?? message;
}

function damaged(path: string, what: string, cause?: unknown): ImportError {
  return new ImportError(
    `The HDF5 data is damaged at ${path}: ${what}.`,
    'Save the model again and copy the file whole.',
    { cause },
  );
}
