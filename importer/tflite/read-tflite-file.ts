import { readPlainFile } from '../../files/plain-file.ts';
import { ImportError } from '../import-error.ts';
import type { ReadModel, ReadOptions } from '../model-reader.ts';
import { readPackedLabels } from './read-packed-labels.ts';
import { readTfliteModel } from './tflite-model.ts';
import { tfliteToGraph } from './tflite-to-graph.ts';

/** A FlatBuffer's offsets have 31 bits. */
const largestFileInBytes = 2 ** 31 - 1;

/** Reads a .tflite file: float32, float16, and quantised weights, which become real numbers. Throws an ImportError. */
export async function readTfliteFile(path: string, options: ReadOptions): Promise<ReadModel> {
  const bytes = readPlainFile(path, largestFileInBytes);
  try {
    const model = readTfliteModel(bytes);
    return { ...tfliteToGraph(model, options), labels: await readPackedLabels(path, model.labelsFile) };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new ImportError(`The .tflite file makes no sense: ${cause.message}`, 'It may be damaged; copy it again.', {
      cause,
    });
  }
}
