import { closeSync, readSync } from 'node:fs';
import { maximumModelFileSizeInBytes } from '../../files/file-limits.ts';
import { openPlainFile } from '../../files/plain-file.ts';

/** Bytes that are read where they are needed, because a model may be larger than what should be in memory twice. */
export interface ByteSource {
  readonly sizeInBytes: number;
  /** Fills the start of `target` with bytes from `position` on; returns how many there were. */
  read(target: Uint8Array, position: number): number;
}

/** An open file and the means to close it. */
export interface FileSource extends ByteSource {
  readonly descriptor: number;
  close(): void;
}

/** Throws a FileError where there is no plain file to open. */
export function openFileSource(path: string): FileSource {
  const { descriptor, sizeInBytes } = openPlainFile(path, maximumModelFileSizeInBytes);
  return {
    descriptor,
    sizeInBytes,
    read: (target, position) => readSync(descriptor, target, 0, target.length, position),
    close: () => closeSync(descriptor),
  };
}

/** A part of another source, such as a file stored uncompressed in a zip. */
export function sliceSource(source: ByteSource, start: number, sizeInBytes: number): ByteSource {
  return {
    sizeInBytes,
    read: (target, position) => {
      const length = Math.max(0, Math.min(target.length, sizeInBytes - position));
      return source.read(target.subarray(0, length), start + position);
    },
  };
}

export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    sizeInBytes: bytes.length,
    read: (target, position) => {
      const part = bytes.subarray(position, position + target.length);
      target.set(part);
      return part.length;
    },
  };
}

/** All the bytes of a source that is known to be small. */
export function readAll(source: ByteSource): Uint8Array {
  const bytes = new Uint8Array(source.sizeInBytes);
  for (let at = 0; at < bytes.length; ) {
    const count = source.read(bytes.subarray(at), at);
    if (count === 0) throw new RangeError(`The file ends after ${at} of ${bytes.length} bytes.`);
    at += count;
  }
  return bytes;
}
