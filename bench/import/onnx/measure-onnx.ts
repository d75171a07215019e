import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WeightFormat } from '../../../importer/graph/encode-weights.ts';
import { ImportError } from '../../../importer/import-error.ts';
import { type ImportedModel, importModel } from '../../../importer/import-model.ts';
import { PlannedGraph } from '../../../model/plan/planned-graph.ts';
import { differenceAsShareOfRange, hasSameFirstLabel } from '../compare-scores.ts';
import { readFloats, splitRows } from '../read-numbers.ts';
import { withImportedGraph } from '../with-imported-graph.ts';

/** What one import came to: the largest difference on any photo, as a share of the range of that photo's scores. */
export type OnnxResult =
  | {
      readonly imported: true;
      readonly importInSeconds: number;
      readonly difference: { readonly float32: number; readonly float16: number };
      /** On how many photos the first label is that of the file, with weights of single and of half precision. */
      readonly sameFirstLabels: number;
      readonly photos: number;
      readonly isPlanned: boolean;
      readonly weightsInMegabytes: number;
      readonly peakInMegabytes: number;
      readonly warmInMilliseconds: number;
      readonly smallestRange: number;
    }
  | { readonly imported: false; readonly reason: string };

const warmRuns = 3;

// Run in a process of its own, so that each model meets an empty memory.
const [folder] = process.argv.slice(2);
if (folder === undefined)
  throw new TypeError('Usage: measure-onnx.ts FOLDER (of model.onnx, input.bin, output.bin, about.json)');
process.stdout.write(`${JSON.stringify(await measure(folder))}\n`);

async function measure(path: string): Promise<OnnxResult> {
  const { photos } = JSON.parse(await readFile(join(path, 'about.json'), 'utf8'));
  const inputs = splitRows(await readFloats(join(path, 'input.bin')), photos);
  const expected = splitRows(await readFloats(join(path, 'output.bin')), photos);
  const before = performance.now();
  let model: ImportedModel;
  try {
    model = await importModel(join(path, 'model.onnx'), { size: { width: 224, height: 224 } });
  } catch (error) {
    if (error instanceof ImportError) return { imported: false, reason: error.message };
    throw error;
  }
  const importInSeconds = (performance.now() - before) / 1000;
  const float32 = await answer(model, 'float32', inputs);
  const float16 = await answer(model, 'float16', inputs);
  const both = [float32, float16];
  const [single, half] = both.map(({ scores }) => Math.max(...scores.map((row, at) => difference(row, expected, at))));
  return {
    imported: true,
    importInSeconds,
    difference: { float32: single as number, float16: half as number },
    sameFirstLabels: inputs.filter((_, at) =>
      both.every(({ scores }) =>
        hasSameFirstLabel(
          scores[at] as Float32Array,
          expected[at] as Float32Array,
          difference(scores[at] as Float32Array, expected, at),
        ),
      ),
    ).length,
    photos,
    isPlanned: float16.isPlanned,
    weightsInMegabytes: float16.weightsInBytes / 1e6,
    peakInMegabytes: process.resourceUsage().maxRSS / 1024,
    warmInMilliseconds: float16.warmInMilliseconds,
    smallestRange: Math.min(...expected.map((row, at) => rangeOf(expected, row, at))),
  };
}

function difference(scores: Float32Array, expected: readonly Float32Array[], at: number): number {
  const wanted = expected[at] as Float32Array;
  if (wanted.length > 1) return differenceAsShareOfRange(scores, wanted);
  // A single score has no range of its own: that of all photos is taken.
  return Math.abs((scores[0] ?? Number.NaN) - (wanted[0] as number)) / rangeOf(expected, wanted, at);
}

function rangeOf(expected: readonly Float32Array[], row: Float32Array, _at: number): number {
  const values = row.length > 1 ? [...row] : expected.map(([score]) => score as number);
  return Math.max(...values) - Math.min(...values);
}

async function answer(model: ImportedModel, weights: WeightFormat, inputs: readonly Float32Array[]) {
  return withImportedGraph(model, weights, (graph, weightsInBytes) => {
    const scores = inputs.map((input) => graph.run(input, ['score'])[0]?.values ?? new Float32Array());
    const times = Array.from({ length: warmRuns }, () => {
      const startedAt = performance.now();
      graph.run(inputs[0] as Float32Array, ['score']);
      return performance.now() - startedAt;
    });
    return { scores, weightsInBytes, isPlanned: graph instanceof PlannedGraph, warmInMilliseconds: Math.min(...times) };
  });
}
