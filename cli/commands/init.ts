import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { assets } from '../../function/bundling/assets.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { CliError } from '../cli-error.ts';
import { describeProject, type ProjectVersions, toProjectName } from '../init/describe-project.ts';
import { copyExamples, fillTemplate, placeholders } from '../init/fill-template.ts';
import { findOwnSource } from '../init/find-own-source.ts';
import { shippedFiles } from '../init/shipped-files.ts';
import { print } from '../terminal/print.ts';
import { showName } from '../terminal/show-controls.ts';

interface InitOptions {
  readonly model?: string;
  readonly labels?: string;
  readonly photos?: string;
  readonly template?: boolean;
  readonly yes?: boolean;
}

/** What a folder may hold and still count as empty. */
const ignored = ['.git', '.DS_Store'];

/** `lambda-lens init my-classifier`: a project that is the owner's, with a model and a stack in it. */
export function registerInit(program: Command): void {
  program
    .command('init')
    .description('make a project of your own: a model, the stack that deploys it, photos to test it with')
    .argument('[directory]', 'the folder to make', '.')
    .argument('[options...]', 'behind "--", options for "lambda-lens import", such as -- --preprocess tf')
    .option('--model <file>', 'a model file to import (default: the clothes model that comes along)')
    .option('--labels <path>', 'its labels, as "lambda-lens import" takes them')
    .option('--photos <directory>', 'train a model on these instead: a folder with a folder for each label')
    .option('--template', 'make a template for "pulumi new" instead: the same files, for any number of projects')
    .option('--yes', 'do not ask before anything is written')
    .addHelpText(
      'after',
      `
Writes into an empty folder only.

Examples:
  lambda-lens init my-classifier
  lambda-lens init my-classifier --model my.keras --labels labels.txt
  lambda-lens init my-classifier --model my.h5 --labels labels.txt -- --preprocess tf
  lambda-lens init my-classifier --photos photos/
  lambda-lens init ./template --template && mkdir my-shop && cd my-shop && pulumi new ../template`,
    )
    .action(runInit);
}

async function runInit(path: string, importOptions: readonly string[], options: InitOptions): Promise<void> {
  const directory = resolve(path);
  const { model, labels, photos } = options;
  if (photos !== undefined && (model !== undefined || labels !== undefined)) {
    throw new CliError(
      '--photos and --model are two ways to a model.',
      'Give --photos to train one, or --model and --labels to import one.',
    );
  }
  if ((model === undefined) !== (labels === undefined)) {
    throw new CliError(
      `--${model === undefined ? 'labels' : 'model'} is given without --${model === undefined ? 'model' : 'labels'}.`,
      'Give both for a model of your own, or neither for the clothes model.',
    );
  }
  await requireEmpty(directory);
  const isTemplate = options.template === true;
  if (!options.yes && !(await confirm(`Make a ${isTemplate ? 'template' : 'project'} in ${showName(directory)}?`)))
    return;
  const modelDirectory = join(directory, 'model');
  // First, since it is what can fail: nothing is written then, not even the folder.
  if (photos !== undefined) await trainInto(modelDirectory, photos, basename(directory));
  else if (model !== undefined && labels !== undefined) await importInto(modelDirectory, model, labels, importOptions);
  else await cp(assets.modelDirectory, modelDirectory, { recursive: true });

  const name = isTemplate ? placeholders.name : toProjectName(basename(directory));
  await fillTemplate(shippedFiles.template, directory, name);
  await writeFile(
    join(directory, 'package.json'),
    `${JSON.stringify(describeProject(name, findVersions(isTemplate ? undefined : directory)), undefined, 2)}\n`,
  );
  await mkdir(join(directory, 'photos'), { recursive: true });
  await copyFile(join(shippedFiles.examples, 't-shirt.jpg'), join(directory, 'photos', 'sample.jpg'));
  const isOwn = model !== undefined || photos !== undefined;
  if (!isOwn) await copyExamples(shippedFiles.examples, directory, modelDirectory);
  print(isTemplate ? describeTemplate(directory) : describeNext(directory, name, isOwn));
}

/** Yes without asking where nobody sits at a terminal. */
async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return !/^n/i.test(await terminal.question(`${question} [Y/n] `));
  } finally {
    terminal.close();
  }
}

async function requireEmpty(directory: string): Promise<void> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new CliError(`${showName(directory)} is no folder that can be read.`, 'Name another one.', { cause: error });
  });
  const found = names.filter((name) => !ignored.includes(name));
  if (found.length === 0) return;
  const written = new Set(['package.json', 'model', 'photos', 'test', ...(await readdir(shippedFiles.template))]);
  const clashes = found.filter((name) => written.has(name));
  const what =
    clashes.length > 0 ? `init would overwrite ${clashes.map(showName).join(', ')}` : found.map(showName).join(', ');
  throw new CliError(
    `The folder ${showName(directory)} is not empty: ${what}.`,
    'Name a folder that is empty or does not exist yet: lambda-lens init my-classifier',
  );
}

async function trainInto(out: string, photos: string, name: string): Promise<void> {
  const [{ runTraining }, { describeTraining }] = await Promise.all([
    import('../train/run-training.ts'),
    import('../train/describe-training.ts'),
  ]);
  const workers = availableParallelism();
  const run = { photos, others: undefined, body: shippedFiles.body, name, seed: 1, workers, out, force: false };
  const { trained, summary } = await runTraining(run);
  for (const line of describeTraining(trained, summary, photos)) print(showName(line));
  print('');
}

/** By the command itself, so that all it asks and says is the same here. */
async function importInto(out: string, file: string, labels: string, options: readonly string[]): Promise<void> {
  const command = [
    process.argv[1] ?? '',
    'import',
    resolve(file),
    '--labels',
    resolve(labels),
    '--out',
    out,
    ...options,
  ];
  const child = spawn(process.execPath, command, { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code === 0) return;
  throw new CliError(
    'The model was not imported, so no project was made.',
    'Options for the import go behind "--": lambda-lens init my-classifier --model … --labels … -- --preprocess tf',
  );
}

function findVersions(directory: string | undefined): ProjectVersions {
  const { version, devDependencies } = packageJson;
  const pulumi = ['@pulumi/aws', '@pulumi/awsx', '@pulumi/docker-build', '@pulumi/pulumi'] as const;
  const clients = ['@aws-sdk/client-ecr', '@aws-sdk/client-lambda', '@aws-sdk/client-sts'] as const;
  return {
    lambdaLens: findOwnSource(shippedFiles.root, version, directory),
    node: devDependencies.node,
    pulumi: Object.fromEntries([...clients, ...pulumi].map((name) => [name, devDependencies[name]])),
  };
}

function describeNext(directory: string, name: string, isOwn: boolean): string {
  const folder = relative(process.cwd(), directory);
  const photos = isOwn
    ? '\n  npm test              # once test/photos/<label>/ has photos'
    : '\n  npm test              # ten photos whose labels are known';
  return `Made ${showName(name)}. Next:
${folder === '' ? '' : `\n  cd ${showName(folder)}`}
  npm install
  npm start             # http://localhost:8080${photos}
  npm run deploy        # README.md has what it takes`;
}

function describeTemplate(directory: string): string {
  return `Made a template of ${showName(directory)}. Next, in an empty folder:

  pulumi new ${showName(directory)}`;
}
