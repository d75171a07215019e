import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { FileError } from '../../files/file-error.ts';
import { maximumJsonFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { assets } from '../../function/bundling/assets.ts';
import type { Classifier } from '../../model/classification.ts';
import { load } from '../../model/classifier.ts';
import { readModelFile } from '../../model/model-file.ts';
import { CliError } from '../cli-error.ts';
import { describeEvaluation } from '../evaluation/describe-evaluation.ts';
import { drawEvaluation } from '../evaluation/draw-evaluation.ts';
import {
  type EvaluatedPhoto,
  type Evaluation,
  evaluateResults,
  toEvaluatedPhoto,
} from '../evaluation/evaluate-results.ts';
import { summariseEvaluation } from '../evaluation/summarise-evaluation.ts';
import { writeCsv } from '../evaluation/write-csv.ts';
import { writeMarkdown } from '../evaluation/write-markdown.ts';
import { findLabelledPhotos, findPhotos } from '../photos/find-photos.ts';
import { measurePhotos } from '../photos/measure-photos.ts';
import { requireNew } from '../require-new.ts';
import { print, printError, printJson } from '../terminal/print.ts';
import { showName } from '../terminal/show-controls.ts';
import { mapText, styled } from '../terminal/styled-text.ts';

interface EvaluateOptions {
  readonly photos: string;
  readonly others?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly card?: boolean;
  readonly atLeast?: number;
  readonly json?: boolean;
}

interface Evaluated {
  readonly photos: readonly EvaluatedPhoto[];
  readonly others: readonly EvaluatedPhoto[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** What a report always has, beside its pictures. */
const reportNames = ['report.md', 'report.json', 'photos.csv'];

/** `lambda-lens evaluate model/mine --photos DIR`: how good a model is, with tables and pictures. */
export function registerEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('measure a model on labelled photos: accuracy, calibration, verdicts; tables and pictures')
    .argument('<model>', 'the model directory')
    .requiredOption('--photos <directory>', 'class folders of photos')
    .option('--others <directory>', 'photos of other things, which should be unfamiliar')
    .option('--out <directory>', 'where to write report.md, report.json, photos.csv and the pictures')
    .option('--force', 'replace an earlier report in the folder of --out')
    .option('--card', "make it the model's card: README.md and pictures in the model directory, metrics in card.json")
    .option('--at-least <percent>', 'fail, with exit code 1, where fewer of the photos come out right', parsePercent)
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
A class folder bears the name of a label: photos/hat/1.jpg. Photos that can't be read are left out; the exit code is then 1.

Examples:
  lambda-lens evaluate model/mine --photos held-out/ --out evaluation/
  lambda-lens evaluate model/mine --photos held-out/ --others holiday/ --card --json`,
    )
    .action(runEvaluate);
}

async function runEvaluate(model: string, options: EvaluateOptions): Promise<void> {
  if (options.out !== undefined) {
    requireNew(
      reportNames.map((name) => join(options.out ?? '', name)),
      options,
    );
  }
  const directory = resolve(model);
  const classifier = await load(directory, assets);
  try {
    const { labels } = classifier.card;
    const evaluated = await evaluatePhotos(classifier, options);
    const evaluation = evaluateResults(labels, evaluated.photos, evaluated.others);
    const written: string[] = [];
    if (options.out !== undefined) written.push(...(await writeReport(options.out, classifier, evaluation, evaluated)));
    if (options.card === true) written.push(...(await writeModelCard(directory, classifier, evaluation, evaluated)));
    if (options.json) printJson(evaluation);
    else for (const line of describeEvaluation(evaluation, written)) print(mapText(line, showName));
    for (const { path, reason } of evaluated.unreadable)
      printError([styled('red', showName(path), '✗'), `: ${reason}`]);
    if (evaluated.unreadable.length > 0) process.exitCode = 1;
    if (options.atLeast !== undefined) requireAccuracy(evaluation, options.atLeast);
  } finally {
    classifier.dispose();
  }
}

function requireAccuracy({ accuracy: { hits, photos } }: Evaluation, percent: number): void {
  if (100 * hits >= percent * photos) return;
  throw new CliError(
    `${hits} of ${photos} photos come out right, and at least ${percent} % were asked for.`,
    'Look at the photos that come out wrong: --out DIRECTORY writes them to photos.csv.',
  );
}

function parsePercent(text: string): number {
  const percent = /^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(percent <= 100)) throw new InvalidArgumentError('It takes a number from 0 to 100.');
  return percent;
}

async function evaluatePhotos(classifier: Classifier, options: EvaluateOptions): Promise<Evaluated> {
  const { labels } = classifier.card;
  const known = await measurePhotos(classifier, await findLabelledPhotos(options.photos, labels), 'Measuring photos');
  const otherPaths = options.others === undefined ? [] : await findPhotos(options.others);
  const others = await measurePhotos(
    classifier,
    otherPaths.map((path) => ({ path })),
    'Measuring other photos',
  );
  return {
    photos: known.measured.map((result) => {
      const { path, label } = result.photo;
      return toEvaluatedPhoto(labels, result, relative(options.photos, path), labels[label]);
    }),
    others: others.measured.map((result) =>
      toEvaluatedPhoto(labels, result, relative(options.others ?? '', result.photo.path), undefined),
    ),
    unreadable: [...known.unreadable, ...others.unreadable],
  };
}

async function writeReport(
  out: string,
  { card, version }: Classifier,
  evaluation: Evaluation,
  evaluated: Evaluated,
): Promise<string[]> {
  const { photos, others, unreadable } = evaluated;
  return await writeFiles(out, {
    'report.md': writeMarkdown(evaluation, { card, version, pictures: '.', unreadable }),
    'report.json': `${JSON.stringify({ model: card.name, version, ...evaluation, unreadable }, undefined, 2)}\n`,
    'photos.csv': writeCsv(card.labels, [...photos, ...others]),
    ...(await drawEvaluation(evaluation, card.labels, photos, others)),
  });
}

/** README.md begins with about.md, which the model's owner writes; the figures follow. */
async function writeModelCard(
  directory: string,
  { card, version }: Classifier,
  evaluation: Evaluation,
  evaluated: Evaluated,
): Promise<string[]> {
  const { photos, others, unreadable } = evaluated;
  const stored = JSON.parse(readModelFile(directory, 'card.json').toString('utf8'));
  const about = readAbout(join(directory, 'about.md'));
  const pictures = await writeFiles(
    join(directory, 'evaluation'),
    await drawEvaluation(evaluation, card.labels, photos, others),
  );
  const files = await writeFiles(directory, {
    'README.md': writeMarkdown(evaluation, {
      card,
      version,
      pictures: 'evaluation',
      unreadable,
      ...(about !== undefined && { about }),
    }),
    'card.json': `${JSON.stringify({ ...stored, metrics: { ...stored.metrics, evaluation: summariseEvaluation(evaluation) } }, undefined, 2)}\n`,
  });
  return [...files, `${pictures.length} pictures in ${join(directory, 'evaluation')}`];
}

/** Beside each file first, so that a model directory never has half a card; returns what was written. */
async function writeFiles(directory: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  await mkdir(directory, { recursive: true });
  const paths = Object.keys(files).map((name) => join(directory, name));
  for (const [at, text] of Object.values(files).entries()) {
    const path = paths[at] as string;
    await writeFile(`${path}.unfinished`, text);
    await rename(`${path}.unfinished`, path);
  }
  return paths;
}

function readAbout(path: string): string | undefined {
  try {
    return readPlainFile(path, maximumJsonFileSizeInBytes).toString('utf8');
  } catch (thrown) {
    if (thrown instanceof FileError && thrown.reason === 'missing') return undefined;
    throw thrown;
  }
}
