import { readFile } from 'node:fs/promises';
import type { ReadModel, ReadOptions } from '../read-model.ts';
import { readTfliteModel } from './tflite-model.ts';
import { tfliteToGraph } from './tflite-to-graph.ts';

/** Reads a .tflite file: float32, float16, and quantised weights, which become real numbers. Throws an ImportError. */
export async function readTfliteFile(path: string, options: ReadOptions): Promise<ReadModel> {
  return tfliteToGraph(readTfliteModel(await readFile(path)), options);
}
