import { type Command, InvalidArgumentError, Option } from 'commander';
import { FileError } from '../../files/file-error.ts';
import { maximumJsonFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { outputActivations } from '../../importer/choose-output.ts';
import { weightFormats } from '../../importer/graph/encode-weights.ts';
import { ImportError } from '../../importer/import-error.ts';
import { defaultFit, defaultResize } from '../../importer/presets/choose-fitting.ts';
import { findPreset, type NamedWay } from '../../importer/presets/find-preset.ts';
import { fitModes, resizeModes } from '../../model/card/card.ts';
import { describeImport } from '../import/describe-import.ts';
import type { ImportOptions } from '../import/import-options.ts';
import { runImport } from '../import/run-import.ts';
import { parsePhotoSize } from '../parse-photo-size.ts';
import { print, printJson } from '../terminal/print.ts';
import { showName } from '../terminal/show-controls.ts';
import { mapText } from '../terminal/styled-text.ts';

/** `lambda-lens import my.keras --labels labels.txt --out model/mine` */
export function registerImport(program: Command): void {
  program
    .command('import')
    .description('make a model directory of an image classifier from Keras, TensorFlow Lite or ONNX (PyTorch)')
    .argument('<file>', 'the model: a .keras, .h5, .tflite or .onnx file')
    .option('--labels <path>', 'text file of one label a line, CSV, JSON, or a folder of class folders')
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
      new Option(
        '--output-activation <kind>',
        'sigmoid: one number for two labels; sigmoid-each: a photo may have several labels',
      ).choices(outputActivations),
    )
    .addOption(
      new Option('--resize <mode>', `as in training (default: ${defaultResize}, or the preset's)`).choices(resizeModes),
    )
    .addOption(new Option('--fit <mode>', `as in training (default: ${defaultFit}, or the preset's)`).choices(fitModes))
    .option('--resize-to <pixels>', 'resize to this first and crop the centre after, as torchvision does', parsePixels)
    .addOption(
      new Option(
        '--weights <format>',
        'how weights are stored (default: float16 where that moves answers little)',
      ).choices(weightFormats),
    )
    .option('--photos <directory>', 'class folders of labelled photos: how many come out right, and under which scale')
    .option('--parity <file>', "the model's own answers, written by importer/reference.py")
    .option('--force', 'believe options that contradict the model; drop what was measured of an earlier one')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Writes nothing where the model cannot be imported; the exit code is then 1. "lambda-lens check" tells why beforehand.

Examples:
  lambda-lens import my.keras --labels labels.txt --out model/mine --photos held-out/
  lambda-lens import my.h5 --labels photos/train --out model/mine --preprocess tf
  lambda-lens import keras_model.h5 --labels labels.txt --out model/mine    (Teachable Machine)
  lambda-lens import my.onnx --labels photos/train --out model/mine --preprocess tf --fit center-crop --resize-to 256 --resize bilinear-antialias
  lambda-lens import my.tflite --labels labels.txt --out model/mine --weights uint8`,
    )
    .action(importFile);
}

interface ImportCommandOptions extends ImportOptions {
  readonly parity?: string;
  readonly json?: boolean;
}

async function importFile(file: string, options: ImportCommandOptions): Promise<void> {
  const parityText = options.parity === undefined ? undefined : readParity(options.parity);
  const result = await runImport(file, { ...options, parityText });
  if (options.json) printJson(result);
  else for (const line of describeImport(result, options)) print(mapText(line, showName));
}

function readParity(path: string): string {
  try {
    return readPlainFile(path, maximumJsonFileSizeInBytes).toString('utf8');
  } catch (cause) {
    const why = cause instanceof FileError ? `: ${cause.complaint}` : '';
    throw new ImportError(`The file ${path} cannot be read${why}.`, 'importer/reference.py writes it.', { cause });
  }
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
