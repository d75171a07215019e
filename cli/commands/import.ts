import { basename, extname } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { FileError } from '../../files/file-error.ts';
import { maximumJsonFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { assets } from '../../function/bundling/assets.ts';
import { countMultiplications } from '../../importer/graph/count-multiplications.ts';
import { type WeightFormat, weightFormats } from '../../importer/graph/encode-weights.ts';
import { ImportError } from '../../importer/import-error.ts';
import { importModel } from '../../importer/import-model.ts';
import { installDirectory } from '../../importer/install-directory.ts';
import type { PhotoSize } from '../../importer/model-reader.ts';
import { choosePreprocessing } from '../../importer/pixels/choose-preprocessing.ts';
import { checkPresetSize, chooseFitting, defaultFit, defaultResize } from '../../importer/presets/choose-fitting.ts';
import { findPreset, type NamedWay } from '../../importer/presets/find-preset.ts';
import { checkLabelCount, readLabels } from '../../importer/read-labels.ts';
import { type Verification, verifyDirectory } from '../../importer/verify-directory.ts';
import { writeCard, writeModelDirectory } from '../../importer/write-model-directory.ts';
import { type Card, type FitMode, fitModes, type ResizeMode, resizeModes } from '../../model/card/card.ts';
import { parsePhotoSize } from '../parse-photo-size.ts';
import { print, printJson } from '../terminal/print.ts';
import { createProgressBar } from '../terminal/progress-bar.ts';
import { showName } from '../terminal/show-controls.ts';

interface ImportOptions {
  readonly labels: string;
  readonly out: string;
  readonly name?: string;
  readonly preprocess?: NamedWay;
  readonly scale?: number | number[];
  readonly offset?: number | number[];
  readonly size?: PhotoSize;
  readonly output?: string;
  readonly resize?: ResizeMode;
  readonly fit?: FitMode;
  readonly resizeTo?: number;
  readonly weights: WeightFormat;
  readonly parity?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `lambda-lens import my.keras --labels labels.txt --out model/mine` */
export function registerImport(program: Command): void {
  program
    .command('import')
    .description('make a model directory of an image classifier from Keras, TensorFlow Lite or ONNX (PyTorch)')
    .argument('<file>', 'the model: a .keras, .h5, .tflite or .onnx file')
    .requiredOption('--labels <path>', 'text file of one label a line, JSON, or a folder of class folders')
    .requiredOption('--out <directory>', 'the model directory to write')
    .option('--name <name>', 'what answers call the model (default: the name of the file)')
    .option(
      '--preprocess <way>',
      "from pixels to input: keras.applications' tf, torch, caffe or none, or a whole way from the photo: " +
        'torchvision:<weights>, timm:<config.json>, teachable-machine',
      parseWay,
    )
    .option('--scale <numbers>', 'pixel 0-255 x scale + offset; one number, or one a channel', parseNumbers)
    .option('--offset <numbers>', 'see --scale', parseNumbers)
    .option('--size <WxH>', 'photo size in pixels, where the model leaves it open', parsePhotoSize)
    .option('--output <name>', 'the layer that scores the labels, where the model has several outputs')
    .addOption(
      new Option('--resize <mode>', `as in training (default: ${defaultResize}, or the preset's)`).choices(resizeModes),
    )
    .addOption(new Option('--fit <mode>', `as in training (default: ${defaultFit}, or the preset's)`).choices(fitModes))
    .option('--resize-to <pixels>', 'resize to this first and crop the centre after, as torchvision does', parsePixels)
    .addOption(new Option('--weights <format>', 'how weights are stored').choices(weightFormats).default('float16'))
    .option('--parity <file>', "the model's own answers, written by importer/reference.py")
    .option('--force', 'believe the options where they contradict the model')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Writes nothing where the model cannot be imported; the exit code is then 1. "lambda-lens check" tells why beforehand.

Examples:
  lambda-lens import my.keras --labels labels.txt --out model/mine
  lambda-lens import my.h5 --labels photos/train --out model/mine --preprocess tf
  lambda-lens import my.tflite --labels labels.txt --out model/mine --weights uint8
  lambda-lens import my.onnx --labels labels.txt --out model/mine --preprocess torchvision:ResNet18_Weights.DEFAULT`,
    )
    .action(runImport);
}

async function runImport(file: string, options: ImportOptions): Promise<void> {
  const labels = readLabels(options.labels);
  const parity = options.parity === undefined ? undefined : readParity(options.parity);
  const say = (line: string) => {
    if (!options.json) print(showName(line));
  };
  const result = await installDirectory(options.out, async (directory) => {
    const { card, weightsInBytes, multiplications } = await writeModel(directory, file, {
      ...options,
      labels,
      parity,
      say,
    });
    const verification = await verifyDirectory(directory, assets, { multiplications, weights: options.weights });
    await writeCard(directory, { ...card, metrics: { verification } });
    return { weightsInBytes, version: card.version, input: card.input, verification };
  });
  if (options.json) printJson({ directory: options.out, ...result });
  say(describeVerification(result.verification));
  say(`${options.out}: ${(result.weightsInBytes / 1e6).toFixed(1)} MB of weights, version ${result.version}`);
}

interface WriteOptions extends Omit<ImportOptions, 'labels' | 'parity'> {
  readonly labels: readonly string[];
  readonly parity: string | undefined;
  readonly say: (line: string) => void;
}

/** A function of its own, so that the weights are gone from memory before TensorFlow.js loads them again. */
async function writeModel(directory: string, file: string, options: WriteOptions) {
  const { labels, parity, say } = options;
  const named = options.preprocess;
  const preset = named !== undefined && 'preset' in named ? named.preset : undefined;
  const model = await importModel(file, {
    size: options.size ?? preset?.size,
    output: options.output,
    onProgress: createProgressBar('Reading weights'),
  });
  checkLabelCount(labels, model.outputs);
  if (preset !== undefined) checkPresetSize(preset, model.input);
  const { preprocessing, because } = choosePreprocessing(model, {
    preprocess: named !== undefined && 'mode' in named ? named.mode : undefined,
    scale: options.scale ?? preset?.scale,
    offset: options.offset ?? preset?.offset,
    force: options.force,
  });
  if (because !== undefined) say(`Pixels: ${because}.`);
  const card: Omit<Card, 'version'> = {
    name: options.name ?? basename(file, extname(file)),
    labels,
    input: { ...model.input, ...chooseFitting(options, preset), ...preprocessing },
    output: model.head.kind,
    trained: { file: basename(file), with: model.madeWith },
  };
  const written = await writeModelDirectory(directory, model, { card, weights: options.weights, parity });
  return { ...written, multiplications: countMultiplications(model.graph) };
}

function readParity(path: string): string {
  try {
    return readPlainFile(path, maximumJsonFileSizeInBytes).toString('utf8');
  } catch (cause) {
    const why = cause instanceof FileError ? `: ${cause.complaint}` : '';
    throw new ImportError(`The file ${path} cannot be read${why}.`, 'importer/reference.py writes it.', { cause });
  }
}

function describeVerification(verification: Verification): string {
  const unknown = 'Parity with the original is unknown: record it with importer/reference.py and give --parity.';
  if (verification.against === 'nothing') return `Not compared: ${verification.because}. ${unknown}`;
  const difference = `${(verification.largestDifference * 100).toPrecision(2)} % of their range`;
  if (verification.against === 'recorded answers') {
    const { madeWith, photos } = verification;
    return `Compared with ${madeWith} on ${photos} photos: the same first labels, scores within ${difference}.`;
  }
  return `On the WebAssembly and the plain CPU backend alike, scores within ${difference}. ${unknown}`;
}

function parseWay(name: string): NamedWay {
  const way = findPreset(name);
  if (way !== undefined) return way;
  throw new InvalidArgumentError(
    'It is tf, torch, caffe, none, torchvision:<weights>, timm:<config.json> or teachable-machine.',
  );
}

function parsePixels(text: string): number {
  const pixels = Number(text);
  if (Number.isInteger(pixels) && pixels >= 1 && pixels <= 4096) return pixels;
  throw new InvalidArgumentError('It is a whole number of pixels from 1 to 4096.');
}

function parseNumbers(text: string): number | number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.some((number) => !Number.isFinite(number)))
    throw new InvalidArgumentError('Not a number, or numbers with commas.');
  return numbers.length === 1 ? (numbers[0] as number) : numbers;
}
