import type { WeightFormat } from '../../importer/graph/encode-weights.ts';
import { ImportError } from '../../importer/import-error.ts';
import { type ImportedModel, importModel } from '../../importer/import-model.ts';
import { type Differences, differenceAsShareOfRange, hasSameFirstLabel } from './compare-scores.ts';
import { readFloats } from './read-numbers.ts';
import { withImportedGraph } from './with-imported-graph.ts';

/**
 * What one import came to. Differences are shares of the range of the expected scores; times are those of the processor,
 * which other work on the machine disturbs less than the clock's.
 */
export type MeasuredImport =
  | {
      readonly imported: true;
      readonly importInSeconds: number;
      readonly difference: Differences;
      /** Wherever Keras's first label leads by more than the difference found. */
      readonly sameFirstLabel: boolean;
      readonly float16InMegabytes: number;
      readonly warmInMilliseconds: number;
      readonly peakInMegabytes: number;
    }
  | { readonly imported: false; readonly reason: string };

const warmRuns = 3;

// Run in a process of its own, so that each model meets an empty memory.
const [modelFile, inputFile, outputFile] = process.argv.slice(2);
if (modelFile === undefined || inputFile === undefined || outputFile === undefined) {
  throw new TypeError('Usage: measure-import.ts model input.bin output.bin');
}
process.stdout.write(
  `${JSON.stringify(await measure(modelFile, await readFloats(inputFile), await readFloats(outputFile)))}\n`,
);

async function measure(file: string, input: Float32Array, expected: Float32Array): Promise<MeasuredImport> {
  const before = process.cpuUsage();
  let model: ImportedModel;
  try {
    model = await importModel(file, { size: { width: 224, height: 224 } });
  } catch (error) {
    if (error instanceof ImportError) return { imported: false, reason: error.message };
    throw error;
  }
  const importInSeconds = processorMilliseconds(before) / 1000;
  const float32 = await answer(model, 'float32', input);
  const float16 = await answer(model, 'float16', input);
  const difference = {
    float32: differenceAsShareOfRange(float32.scores, expected),
    float16: differenceAsShareOfRange(float16.scores, expected),
  };
  return {
    imported: true,
    importInSeconds,
    difference,
    sameFirstLabel:
      hasSameFirstLabel(float32.scores, expected, difference.float32) &&
      hasSameFirstLabel(float16.scores, expected, difference.float16),
    float16InMegabytes: float16.weightsInBytes / 1e6,
    warmInMilliseconds: float16.warmInMilliseconds,
    peakInMegabytes: process.resourceUsage().maxRSS / 1024,
  };
}

async function answer(model: ImportedModel, weights: WeightFormat, input: Float32Array) {
  return withImportedGraph(model, weights, (graph, weightsInBytes) => {
    const [score] = graph.run(input, ['score']);
    const times = Array.from({ length: warmRuns }, () => {
      const runBefore = process.cpuUsage();
      graph.run(input, ['score']);
      return processorMilliseconds(runBefore);
    });
    return { scores: score?.values ?? new Float32Array(), weightsInBytes, warmInMilliseconds: Math.min(...times) };
  });
}

function processorMilliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}
