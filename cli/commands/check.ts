import type { Command } from 'commander';
import { assets } from '../../function/bundling/assets.ts';
import { adviseMemoryInMegabytes, estimateLambdaMilliseconds } from '../../importer/advise-memory.ts';
import type { ImportedModel } from '../../importer/import-model.ts';
import { type Inspection, inspectModel } from '../../importer/inspect-model.ts';
import { type ModelCost, measureModel } from '../../importer/measure-model.ts';
import type { PhotoSize } from '../../importer/model-reader.ts';
import { count, describeLayers } from '../describe-inspection.ts';
import { parsePhotoSize } from '../parse-photo-size.ts';
import { print, printJson } from '../terminal/print.ts';
import { createProgressBar } from '../terminal/progress-bar.ts';
import { showName } from '../terminal/show-controls.ts';

interface CheckOptions {
  readonly size?: PhotoSize;
  readonly output?: string;
  readonly timing: boolean;
  readonly json?: boolean;
}

/** The image without a model: Lambda's Node.js base layers are not counted, as AWS keeps them. */
const imageWithoutModelInMegabytes = 50;

/** `lambda-lens check my.keras`: what an import would do, before anything is written. */
export function registerCheck(program: Command): void {
  program
    .command('check')
    .description('look a classifier over before importing it')
    .argument('<file>', 'the model: a .keras, .h5, .tflite or .onnx file')
    .option('--size <WxH>', 'photo size in pixels, where the model leaves it open', parsePhotoSize)
    .option('--output <name>', 'the layer that scores the labels, where the model has several outputs')
    .option('--no-timing', 'do not run the model')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Writes nothing. The exit code is 1 where the model cannot be imported.

Examples:
  lambda-lens check my.keras
  lambda-lens check my.h5 --size 224x224 --no-timing --json`,
    )
    .action(runCheck);
}

async function runCheck(file: string, options: CheckOptions): Promise<void> {
  const inspection = await inspectModel(file, {
    size: options.size,
    output: options.output,
    onProgress: createProgressBar('Reading weights'),
  });
  const measurement = options.timing && inspection.model ? await measureModel(inspection.model, assets) : undefined;
  if (inspection.problem) process.exitCode = 1;
  if (options.json) printJson(toJson(inspection, measurement));
  else print(describe(inspection, measurement));
}

function toJson(inspection: Inspection, measurement: ModelCost | undefined): object {
  const { model, layers, parameters, multiplications, operations, weightsInBytes, problem } = inspection;
  return {
    supported: problem === undefined,
    ...(problem && { problem }),
    layers,
    parameters,
    multiplications,
    operations,
    ...(model && {
      input: model.input,
      outputs: model.outputs,
      output: model.head.kind,
      madeWith: model.madeWith,
      pixels: model.pixels,
    }),
    ...(weightsInBytes && { weightsInBytes, imageInMegabytes: imageInMegabytes(weightsInBytes.float16) }),
    ...(measurement && { here: measurement, lambda: lambdaOf(measurement) }),
  };
}

/** An estimate, which nobody has measured on Lambda. */
function lambdaOf({ medianInMilliseconds, residentInMegabytes }: ModelCost) {
  const memoryInMegabytes = adviseMemoryInMegabytes(residentInMegabytes);
  const milliseconds = estimateLambdaMilliseconds(medianInMilliseconds, memoryInMegabytes);
  return { memoryInMegabytes, estimatedMilliseconds: milliseconds, isMeasured: false };
}

function imageInMegabytes(weightsInBytes: number): number {
  return Math.round(imageWithoutModelInMegabytes + weightsInBytes / 1e6);
}

function describe(inspection: Inspection, measurement: ModelCost | undefined): string {
  const { model, problem, weightsInBytes } = inspection;
  const lines = [describeLayers(inspection), ''];
  if (problem) lines.push(showName(`Cannot be imported. ${problem.message}`), showName(problem.hint));
  if (model && weightsInBytes) lines.push(...describeModel(inspection, model, weightsInBytes));
  if (measurement) lines.push(...describeSpeed(measurement));
  return lines.join('\n');
}

function describeModel(
  inspection: Inspection,
  model: ImportedModel,
  weights: NonNullable<Inspection['weightsInBytes']>,
): string[] {
  const { width, height, channels } = model.input;
  const { pixels } = model;
  const folded = inspection.layers.filter(({ fate }) => fate === 'folded').length;
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  return [
    `Input        ${width} x ${height} pixels, ${channels === 1 ? 'grey' : 'three channels'}; ${model.madeWith}`,
    `Output       ${model.outputs} ${model.outputs === 1 ? 'number for two labels' : 'labels'}, ${model.head.kind}`,
    `Pixels       ${pixels.isKnown ? `${pixels.option}, because ${pixels.because}` : `to be told by --preprocess, or by --scale and --offset: ${pixels.because}`}`,
    `Folding      ${folded} of ${inspection.layers.length} layers fold away; ${inspection.operations} operations and ${count(inspection.multiplications)} multiplications a photo are left`,
    `Weights      ${megabytes(weights.float16)} as float16, ${megabytes(weights.float32)} as float32, ${megabytes(weights.uint8)} as uint8`,
    `Image        about ${imageInMegabytes(weights.float16)} MB with float16 weights`,
  ].map(showName);
}

function describeSpeed(measurement: ModelCost): string[] {
  const { memoryInMegabytes, estimatedMilliseconds } = lambdaOf(measurement);
  return [
    `This machine ${Math.round(measurement.medianInMilliseconds)} ms for the model, warm; ${Math.round(measurement.residentInMegabytes)} MB resident`,
    `Lambda       memoryInMb ${memoryInMegabytes}; about ${Math.round(estimatedMilliseconds)} ms, estimated from Lambda's share of a CPU, not measured`,
  ];
}
