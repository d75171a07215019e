import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseWeights, singleName } from '../../../cli/import/choose-weights.ts';
import type { KeptKernels } from '../../../cli/import/import-options.ts';
import { assets } from '../../../function/bundling/assets.ts';
import { ImportError } from '../../../importer/import-error.ts';
import { type ImportedModel, importModel } from '../../../importer/import-model.ts';
import { preprocessingOf } from '../../../importer/preprocessing.ts';
import { writeModelDirectory } from '../../../importer/write-model-directory.ts';
import { openGraph } from '../../../model/open-graph.ts';
import { PlannedGraph } from '../../../model/plan/planned-graph.ts';
import { differenceAsShareOfRange, hasSameFirstLabel } from '../compare-scores.ts';
import { readFloats, splitRows } from '../read-numbers.ts';
import { leastMilliseconds } from './least-milliseconds.ts';

/** What one import came to: the largest difference on any photo, as a share of the range of that photo's scores. */
export type OnnxResult =
  | {
      readonly imported: true;
      readonly importInSeconds: number;
      /** With weights in single precision, and as an import stores them unless it is told how. */
      readonly difference: { readonly float32: number; readonly stored: number };
      /** From what the model answers in double precision, where that lies beside it: ours in single precision, onnxruntime's. */
      readonly fromExact?: { readonly own: number; readonly onnxruntime: number } | undefined;
      readonly keptSingle: KeptKernels | undefined;
      /** On how many photos the first label is that of the file, both ways. */
      readonly sameFirstLabels: number;
      readonly photos: number;
      readonly isPlanned: boolean;
      readonly weightsInMegabytes: number;
      readonly peakInMegabytes: number;
      /** Of the processor, a photo: as a plan, where there is one, and on TensorFlow.js. */
      readonly planInMilliseconds: number | undefined;
      readonly tensorflowInMilliseconds: number;
      readonly smallestRange: number;
    }
  | { readonly imported: false; readonly reason: string };

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
  const staging = await mkdtemp(join(tmpdir(), 'measured-'));
  try {
    const written = await writeBoth(staging, model);
    const single = await answer(join(staging, singleName), model, inputs);
    const way = preprocessingOf('torch', model.input.channels);
    const { written: stored, keptSingle } = await chooseWeights(staging, written, way, undefined);
    const own = await answer(staging, model, inputs);
    const both = [single, own];
    const [float32, asStored] = both.map(({ scores }) => farthest(scores, expected));
    const exactFile = join(path, 'exact.bin');
    const exact = existsSync(exactFile) ? splitRows(await readFloats(exactFile), photos) : undefined;
    const peakInMegabytes = process.resourceUsage().maxRSS / 1024;
    const times = await time(staging, model, inputs[0] as Float32Array);
    return {
      imported: true,
      importInSeconds,
      difference: { float32: float32 as number, stored: asStored as number },
      fromExact: exact && { own: farthest(single.scores, exact), onnxruntime: farthest(expected, exact) },
      keptSingle,
      sameFirstLabels: inputs.filter((_, at) => both.every(({ scores }) => isSame(scores, expected, at))).length,
      photos,
      isPlanned: own.isPlanned,
      weightsInMegabytes: stored.weightsInBytes / 1e6,
      peakInMegabytes,
      planInMilliseconds: own.isPlanned ? times.own : undefined,
      tensorflowInMilliseconds: times.tensorflow,
      smallestRange: Math.min(...expected.map((row) => rangeOf(expected, row))),
    };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** In half precision in the folder itself, in single precision in one within. */
async function writeBoth(staging: string, model: ImportedModel) {
  const { width, height, channels } = model.input;
  const way = { resize: 'bilinear', fit: 'stretch', ...preprocessingOf('torch', channels) } as const;
  const labels = Array.from({ length: Math.max(2, model.outputs) }, (_, label) => `label ${label}`);
  const card = { name: 'measured', labels, input: { width, height, ...way }, output: model.output };
  await mkdir(join(staging, singleName));
  return {
    written: await writeModelDirectory(staging, model, { card, weights: 'float16' }),
    single: await writeModelDirectory(join(staging, singleName), model, { card, weights: 'float32' }),
  };
}

function shapeOf({ input: { width, height, channels } }: ImportedModel) {
  return [1, height, width, channels] as const;
}

async function answer(directory: string, model: ImportedModel, inputs: readonly Float32Array[]) {
  const graph = await openGraph(directory, shapeOf(model), assets);
  const scores = inputs.map((input) => graph.run(input, ['score'])[0]?.values ?? new Float32Array());
  graph.dispose();
  return { scores, isPlanned: graph instanceof PlannedGraph };
}

async function time(directory: string, model: ImportedModel, input: Float32Array) {
  const own = await openGraph(directory, shapeOf(model), assets);
  const tensorflow = await openGraph(directory, shapeOf(model), { ...assets, engine: 'tensorflow' });
  const least = await leastMilliseconds([own, tensorflow].map((graph) => () => graph.run(input, ['score'])));
  for (const graph of [own, tensorflow]) graph.dispose();
  return { own: least[0] as number, tensorflow: least[1] as number };
}

function isSame(scores: readonly Float32Array[], expected: readonly Float32Array[], at: number): boolean {
  const [row, wanted] = [scores[at], expected[at]] as [Float32Array, Float32Array];
  return hasSameFirstLabel(row, wanted, difference(row, expected, at));
}

/** The largest difference of any score on any photo. */
function farthest(scores: readonly Float32Array[], expected: readonly Float32Array[]): number {
  return Math.max(...scores.map((row, at) => difference(row, expected, at)));
}

function difference(scores: Float32Array, expected: readonly Float32Array[], at: number): number {
  const wanted = expected[at] as Float32Array;
  if (wanted.length > 1) return differenceAsShareOfRange(scores, wanted);
  // A single score has no range of its own: that of all photos is taken.
  return Math.abs((scores[0] ?? Number.NaN) - (wanted[0] as number)) / rangeOf(expected, wanted);
}

function rangeOf(expected: readonly Float32Array[], row: Float32Array): number {
  const values = row.length > 1 ? [...row] : expected.map(([score]) => score as number);
  return Math.max(...values) - Math.min(...values);
}
