import { type Command, Option } from 'commander';
import { assets } from '../../function/bundling/assets.ts';
import { adviseMemoryInMegabytes, estimateLambdaMilliseconds } from '../../importer/advise-memory.ts';
import { type OutputActivation, outputActivations } from '../../importer/choose-output.ts';
import type { ImportedModel } from '../../importer/import-model.ts';
import { type Inspection, inspectModel } from '../../importer/inspect-model.ts';
import { type ModelCost, measureModel } from '../../importer/measure-model.ts';
import type { PhotoSize } from '../../importer/model-reader.ts';
import { type PreprocessMode, preprocessModes } from '../../importer/preprocessing.ts';
import { describeDirectory, isModelDirectory } from '../check/describe-directory.ts';
import { styleRow } from '../check/style-row.ts';
import { tryPhotos } from '../check/try-photos.ts';
import { count, describeLayers } from '../describe-inspection.ts';
import { describeSize } from '../describe-size.ts';
import { describeTrial } from '../import/describe-import.ts';
import { parsePhotoSize } from '../parse-photo-size.ts';
import { outputColumns, print, printJson } from '../terminal/print.ts';
import { createProgressBar } from '../terminal/progress-bar.ts';
import { showName } from '../terminal/show-controls.ts';
import { type Printable, styled } from '../terminal/styled-text.ts';

interface CheckOptions {
  readonly outputActivation?: OutputActivation;
  readonly labels?: string;
  readonly photos?: string;
  readonly preprocess?: PreprocessMode;
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
    .description('look a model over before importing it, or a model directory')
    .argument('<file>', 'the model: a .keras, .h5, .tflite or .onnx file, or a model directory')
    .option('--size <WxH>', 'photo size in pixels, where the model leaves it open', parsePhotoSize)
    .option('--output <name>', 'the layer that scores the labels, where the model has several outputs')
    .addOption(new Option('--output-activation <kind>', 'as for import').choices(outputActivations))
    .addOption(new Option('--preprocess <mode>', 'as for import').choices(preprocessModes))
    .option('--photos <directory>', 'class folders of labelled photos: how many come out right, and under which scale')
    .option(
      '--labels <path>',
      "the labels in the model's order (default: those of the file, else the folders of --photos)",
    )
    .option('--no-timing', 'do not run the model')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Writes nothing. The exit code is 1 where the model cannot be imported.

Examples:
  lambda-lens check my.keras --photos held-out/
  lambda-lens check model/mine
  lambda-lens check my.h5 --size 224x224 --no-timing --json`,
    )
    .action(runCheck);
}

async function runCheck(file: string, options: CheckOptions): Promise<void> {
  if (isModelDirectory(file)) {
    const { lines, json } = await describeDirectory(file);
    if (options.json) printJson(json);
    else for (const line of lines) print(styleRow(showName(line)));
    return;
  }
  const inspection = await inspectModel(file, {
    size: options.size,
    output: options.output,
    outputActivation: options.outputActivation,
    onProgress: createProgressBar('Reading weights'),
  });
  const measurement = options.timing && inspection.model ? await measureModel(inspection.model, assets) : undefined;
  const trial =
    inspection.model && options.photos
      ? await tryPhotos(inspection.model, { ...options, photos: options.photos })
      : undefined;
  if (inspection.problem) process.exitCode = 1;
  if (options.json)
    printJson({ ...toJson(inspection, measurement), ...(trial && { photos: trial.photos, chosen: trial.option }) });
  else {
    for (const line of describe(inspection, measurement)) print(line);
    if (trial) print(styleRow(`Photos       ${describeTrial(trial.photos, trial.option)}`));
  }
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
      output: model.output,
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

function describe(inspection: Inspection, measurement: ModelCost | undefined): Printable[] {
  const { model, problem, weightsInBytes } = inspection;
  const lines: Printable[] = [describeLayers(inspection, outputColumns()), ''];
  if (problem) {
    lines.push([styled('red', 'Cannot be imported.', '✗'), showName(` ${problem.message}`)], showName(problem.hint));
  }
  if (model && weightsInBytes) lines.push(...describeModel(inspection, model, weightsInBytes).map(styleRow));
  if (measurement) lines.push(...describeSpeed(measurement).map(styleRow));
  return lines;
}

function describeModel(
  inspection: Inspection,
  model: ImportedModel,
  weights: NonNullable<Inspection['weightsInBytes']>,
): string[] {
  const { width, height, channels } = model.input;
  const { pixels } = model;
  const folded = inspection.layers.filter(({ fate }) => fate === 'folded').length;
  return [
    `Input        ${width} x ${height} pixels, ${channels === 1 ? 'grey' : 'three channels'}; ${model.madeWith}`,
    `Output       ${model.outputs} ${model.outputs === 1 ? 'number for two labels' : 'labels'}, ${model.output}`,
    `Pixels       ${pixels.isKnown ? `${pixels.option}, because ${pixels.because}` : `to be told by --preprocess, or by --scale and --offset: ${pixels.because}`}`,
    `Folding      ${folded} of ${inspection.layers.length} layers fold away; ${inspection.operations} operations and ${count(inspection.multiplications)} multiplications a photo are left`,
    `Weights      ${describeSize(weights.float16)} as float16, ${describeSize(weights.float32)} as float32, ${describeSize(weights.uint8)} as uint8`,
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
