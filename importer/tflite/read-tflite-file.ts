import { readFile } from 'node:fs/promises';
import { ImportError } from '../import-error.ts';
import type { ReadModel, ReadOptions } from '../model-reader.ts';
import { readTfliteModel } from './tflite-model.ts';
import { tfliteToGraph } from './tflite-to-graph.ts';

/** Reads a .tflite file: float32, float16, and quantised weights, which become real numbers. Throws an ImportError. */
export async function readTfliteFile(path: string, options: ReadOptions): Promise<ReadModel> {
  const bytes = await readFile(path);
  try {
    return tfliteToGraph(readTfliteModel(bytes), options);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new ImportError(`The .tflite file makes no sense: ${cause.message}`, 'It may be damaged; copy it again.', {
      cause,
    });
  }
}
