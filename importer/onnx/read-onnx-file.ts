import { readPlainFile } from '../../files/plain-file.ts';
import { ImportError } from '../import-error.ts';
import type { ReadModel, ReadOptions } from '../model-reader.ts';
import { ExternalData } from './external-data.ts';
import { readOnnxModel } from './onnx-model.ts';
import { onnxToGraph } from './onnx-to-graph.ts';

/** A protobuf's lengths have 31 bits; what is larger lies in files beside it. */
const largestFileInBytes = 2 ** 31 - 1;

/** A file may have shapes and names of a million entries, of which a message quotes the first. */
const longestMessage = 320;

function cut(message: string): string {
  return message.length <= longestMessage ? message : `${message.slice(0, longestMessage)}…`;
}

/** Reads an .onnx file and the files of weights beside it. Throws an {@link ImportError}. */
export async function readOnnxFile(path: string, options: ReadOptions): Promise<ReadModel> {
  const bytes = readPlainFile(path, largestFileInBytes);
  const external = new ExternalData(path);
  try {
    return onnxToGraph(readOnnxModel(bytes), external, options);
  } catch (cause) {
    if (cause instanceof ImportError && cause.message.length > longestMessage)
      throw new ImportError(cut(cause.message), cause.hint, { cause });
    if (!(cause instanceof RangeError)) throw cause;
    throw new ImportError(
      `The .onnx file makes no sense: ${cut(cause.message)}`,
      'It may be damaged; export the model again.',
      {
        cause,
      },
    );
  } finally {
    external.close();
  }
}
