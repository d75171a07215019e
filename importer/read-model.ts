import { FileError } from '../files/file-error.ts';
import { type FileSource, openFileSource } from './container/byte-source.ts';
import { ImportError } from './import-error.ts';
import { readKerasArchive, readLegacyFile } from './keras/read-keras-file.ts';
import type { ModelReader, ReadModel, ReadOptions } from './model-reader.ts';
import { readOnnxFile } from './onnx/read-onnx-file.ts';
import { refuseFolder, refuseFormat, refuseSubstitute } from './refuse-format.ts';
import { readTfliteFile } from './tflite/read-tflite-file.ts';

interface ModelFormat {
  /** The bytes by which a file of this format is known, and where they stand. */
  readonly magic: readonly number[];
  readonly at: number;
  readonly read: ModelReader;
}

const formats: readonly ModelFormat[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], at: 0, read: readKerasArchive },
  { magic: [0x54, 0x46, 0x4c, 0x33], at: 4, read: readTfliteFile },
  { magic: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], at: 0, read: readLegacyFile },
];

/** Reads a model file of any format that is known by its first bytes; throws an {@link ImportError} otherwise. */
export async function readModel(path: string, options: ReadOptions): Promise<ReadModel> {
  const { head, sizeInBytes } = readHead(path);
  const format = formats.find(({ magic, at }) => magic.every((byte, index) => head[at + index] === byte));
  if (format !== undefined) return await format.read(path, options);
  const refusal = refuseSubstitute(path, head, sizeInBytes);
  if (refusal !== undefined) throw refusal;
  // A protobuf has no magic number; this one begins with the version of its own format.
  if (path.endsWith('.onnx') || (head[0] === 0x08 && !path.endsWith('.pb'))) return await readOnnxFile(path, options);
  throw refuseFormat(path, head);
}

/** The first bytes; zeros where the file is shorter. */
function readHead(path: string): { readonly head: Uint8Array; readonly sizeInBytes: number } {
  const head = new Uint8Array(64);
  const file = openModelFile(path);
  try {
    file.read(head, 0);
    return { head, sizeInBytes: file.sizeInBytes };
  } finally {
    file.close();
  }
}

function openModelFile(path: string): FileSource {
  try {
    return openFileSource(path);
  } catch (cause) {
    throw cause instanceof FileError && cause.reason === 'folder' ? refuseFolder(path) : cause;
  }
}
