import { availableParallelism } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { assets } from '../../function/bundling/assets.ts';
import { CliError } from '../cli-error.ts';
import { shippedFiles } from '../init/shipped-files.ts';
import { print, printJson } from '../terminal/print.ts';
import { showName } from '../terminal/show-controls.ts';
import { chooseOut, describeDirectory } from '../train/choose-out.ts';
import { describeTraining } from '../train/describe-training.ts';
import { reportName, runTraining, type TrainingResult } from '../train/run-training.ts';

interface TrainCommandOptions {
  readonly out?: string;
  readonly body?: string;
  readonly others?: string;
  readonly name?: string;
  readonly seed: number;
  readonly workers: number;
  readonly force?: boolean;
  readonly json?: boolean;
}

const largestSeed = 2 ** 32 - 1;

/** `lambda-lens train PHOTOS`: from class folders of photos to a model directory, without Python. */
export function registerTrain(program: Command): void {
  program
    .command('train')
    .description('make a model of your own from photos in one folder for each label')
    .argument('<photos>', 'a folder with a folder for each label, 5 photos or more in each')
    .option(
      '--out <directory>',
      "the model directory to write (default: the project's own, or one named after the photos)",
    )
    .option(
      '--body <directory>',
      'a model whose features to learn from (default: EfficientNet-lite0, which comes along)',
    )
    .option('--others <directory>', 'photos of other things, which are to come out as unfamiliar')
    .option('--name <name>', "the model's name (default: that of the folder of photos)")
    .option('--seed <number>', 'another number deals the photos out to other folds', parseSeed, 1)
    .option('--workers <count>', 'threads, each with a body of its own', parseCount, availableParallelism())
    .option('--force', 'replace a model that was trained before even by one that is worse')
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      `
A class folder bears the name of a label: photos/hat/1.jpg, photos/shoes/2.jpg. 30 photos of each make a good beginning.
What is said of the model was measured on photos that it had not seen. ${reportName} in the model directory shows mistakes,
labels that may be wrong, and what more photos would bring. Photos that were read once are not read again. A model that was
trained before is compared on the photos that both were measured on, and stays where the new one is worse.

Examples:
  lambda-lens train photos/
  lambda-lens train photos/ --out model/mine --others holiday/
  lambda-lens train photos/ --body model/clothing --out model/my-clothes`,
    )
    .action(runTrain);
}

async function runTrain(photos: string, options: TrainCommandOptions): Promise<void> {
  const { directory, isDeployed } = await chooseOut(options.out, photos, assets.modelDirectory);
  const startedAt = performance.now();
  const result = await runTraining({
    photos,
    others: options.others,
    body: options.body ?? shippedFiles.body,
    name: options.name ?? basename(resolve(photos)),
    seed: options.seed,
    workers: options.workers,
    out: directory,
    force: options.force ?? false,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  if (options.json) {
    printJson(describeAsJson(result, directory));
  } else {
    const { trained, summary, comparison } = result;
    for (const line of describeTraining(trained, summary, photos, comparison)) print(showName(line));
    if (result.written !== undefined) print(describeNext(directory, isDeployed, seconds));
  }
  if (result.written === undefined) throw isWorse(directory);
}

function isWorse(directory: string): CliError {
  const path = relative(process.cwd(), directory) || '.';
  return new CliError(
    `The new model is worse than the one in ${path}, which was kept.`,
    'Look at what changed among the photos: labels first. Give --out for another directory to see its report, or --force to replace it all the same.',
  );
}

function describeAsJson({ trained, summary, comparison, written }: TrainingResult, directory: string): object {
  const { accuracy, labels, confusion, confident, uncalibrated } = summary.evaluation;
  return {
    directory,
    ...(written !== undefined && { version: written.version }),
    isWritten: written !== undefined,
    ...(typeof comparison === 'object' && { comparison }),
    labels: trained.labels,
    accuracy,
    ...(uncalibrated === 0 && { confident }),
    byLabel: labels,
    confusion,
    curve: trained.learned.curve,
    doubtful: summary.doubtful.map(({ photo, suggested }) => ({ path: photo.path, label: photo.label, suggested })),
    remarks: summary.remarks,
    skipped: trained.skipped,
  };
}

function describeNext(directory: string, isDeployed: boolean, seconds: number): string {
  const path = showName(relative(process.cwd(), directory) || '.');
  const deployed = showName(describeDirectory(directory));
  const deploy = isDeployed ? 'npm run deploy' : `pulumi config set modelDirectory ${deployed} && npm run deploy`;
  return `
Written in ${seconds.toFixed(0)} s: ${path}, ${showName(join(path, reportName))} with mistakes and doubts in pictures. Next:

  npx lambda-lens serve --model ${path}    # try it here
  ${deploy}`;
}

function parseSeed(text: string): number {
  const seed = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(seed <= largestSeed)) throw new InvalidArgumentError(`It takes a whole number from 0 to ${largestSeed}.`);
  return seed;
}

function parseCount(text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count < 1) throw new InvalidArgumentError('It takes a whole number from 1.');
  return count;
}
