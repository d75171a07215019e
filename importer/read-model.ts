import { FileError } from '../files/file-error.ts';
import { type FileSource, openFileSource } from './container/byte-source.ts';
import { ImportError } from './import-error.ts';
import { readKerasArchive, readLegacyFile } from './keras/read-keras-file.ts';
import type { ModelReader, ReadModel, ReadOptions } from './model-reader.ts';
import { readOnnxFile } from './onnx/read-onnx-file.ts';
import { readTfliteFile } from './tflite/read-tflite-file.ts';

interface Format {
  /** The bytes by which a file of this format is known, and where they stand. */
  readonly magic: readonly number[];
  readonly at: number;
  readonly read: ModelReader;
}

const formats: readonly Format[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], at: 0, read: readKerasArchive },
  { magic: [0x54, 0x46, 0x4c, 0x33], at: 4, read: readTfliteFile },
  { magic: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], at: 0, read: readLegacyFile },
];

/** Reads a model file of any format that is known by its first bytes; throws an {@link ImportError} otherwise. */
export async function readModel(path: string, options: ReadOptions): Promise<ReadModel> {
  const head = readHead(path);
  const format = formats.find(({ magic, at }) => magic.every((byte, index) => head[at + index] === byte));
  if (format !== undefined) return await format.read(path, options);
  if (path.endsWith('.pb')) throw savedModel(path);
  // A protobuf has no magic number; this one begins with the version of its own format.
  if (path.endsWith('.onnx') || head[0] === 0x08) return await readOnnxFile(path, options);
  throw new ImportError(
    `${path} is neither a .keras, .h5, .tflite nor .onnx file by its first bytes.`,
    'Save the model with model.save("model.keras") and copy the file whole.',
  );
}

/** The first bytes; zeros where the file is shorter. */
function readHead(path: string): Uint8Array {
  const head = new Uint8Array(16);
  const file = openModelFile(path);
  try {
    file.read(head, 0);
    return head;
  } finally {
    file.close();
  }
}

function openModelFile(path: string): FileSource {
  try {
    return openFileSource(path);
  } catch (cause) {
    throw cause instanceof FileError && cause.reason === 'folder' ? savedModel(path) : cause;
  }
}

function savedModel(path: string): ImportError {
  return new ImportError(
    `${path} is a TensorFlow SavedModel or a folder; only single files are imported.`,
    `Make one in Python: import tf_keras; tf_keras.models.load_model("${path}").save("model.h5")`,
  );
}
