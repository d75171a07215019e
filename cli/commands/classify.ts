import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { expandPaths } from '../classify/expand-paths.ts';
import { type FormatName, formatNames, formatOfFile } from '../classify/formats.ts';
import type { FileResult } from '../classify/messages.ts';
import { writeResults } from '../classify/write-results.ts';
import { CliError } from '../cli-error.ts';
import { print } from '../terminal/print.ts';
import { showName } from '../terminal/show-controls.ts';

interface ClassifyFlags {
  readonly top: number;
  readonly model?: string;
  readonly format?: FormatName;
  readonly json?: boolean;
  readonly out?: string;
  readonly resume?: boolean;
  readonly rawCsv?: boolean;
  readonly explain?: boolean;
  readonly workers: number;
}

/** `lambda-lens classify PHOTO…`: the labels of photos on this machine, without a server. */
export function registerClassify(program: Command): void {
  program
    .command('classify')
    .description('say which label each photo has')
    .argument('<photos...>', 'JPEG, PNG or WebP files, folders of them, or quoted patterns')
    .option('--top <count>', 'labels to show for each photo (CSV has them all)', parseCount, 3)
    .option('--model <directory>', 'model directory (default: MODEL_DIRECTORY, or the shipped model)')
    .addOption(
      new Option('--format <name>', 'how to write results (default: by the name of --out, or table)').choices(
        formatNames,
      ),
    )
    .option('--json', 'the same as --format jsonl: a line of JSON for each photo')
    .option('--out <file>', 'write to a new .csv or .jsonl file; with --explain to a .png')
    .option('--resume', 'go on with the file of --out: photos that are in it are left out')
    .option('--raw-csv', "write names that a spreadsheet would run (=, +, -, @ first) without the ' before them")
    .option('--explain', 'where in the photo the evidence lies: in the JSON, or drawn over one photo by --out heat.png')
    .option('--workers <count>', 'threads, each with a model of its own', parseCount, availableParallelism())
    .addHelpText(
      'after',
      `
Photos come out in the order given, those of a folder or pattern by name. Goes on after a photo that can't be read; the
exit code is then 1.

Examples:
  lambda-lens classify photo.jpg
  lambda-lens classify holiday/ --out labels.csv
  lambda-lens classify 'shop/**/*.jpg' --out labels.jsonl --resume
  lambda-lens classify --json --top 10 photos/*.jpg > labels.jsonl
  lambda-lens classify photo.jpg --explain --out heat.png`,
    )
    .action(runClassify);
}

async function runClassify(words: readonly string[], options: ClassifyFlags): Promise<void> {
  const environment = {
    ...process.env,
    ...(options.model !== undefined && { MODEL_DIRECTORY: resolve(options.model) }),
  };
  const files = await expandPaths(words);
  const { out, explain = false, workers, top, resume = false, rawCsv: raw = false } = options;
  if (explain && out !== undefined && extname(out).toLowerCase() === '.png') {
    await explainOne(files, out, environment);
    return;
  }
  if (resume && out === undefined) throw new CliError('--resume needs a file to go on with.', 'Give it by --out.');
  const format = chooseFormat(options);
  if (explain && format !== 'jsonl') {
    throw new CliError('An explanation has no place in this output.', 'Give --json, or --out heat.png for one photo.');
  }
  const failed = await writeResults(files, { environment, explain, workers, format, top, out, resume, raw });
  if (failed > 0) process.exitCode = 1;
}

function chooseFormat({ format, json, out }: ClassifyFlags): FormatName {
  if (format !== undefined) return format;
  if (json) return 'jsonl';
  return out === undefined ? 'table' : formatOfFile(out);
}

async function explainOne(files: readonly string[], out: string, environment: NodeJS.ProcessEnv): Promise<void> {
  if (files.length !== 1) {
    throw new CliError(
      `A picture explains one photo, not ${files.length}.`,
      'Give one, or --json for the grids of all.',
    );
  }
  const [{ wireService }, { classifyFile }, { drawHeat }] = await Promise.all([
    import('../../function/wire.ts'),
    import('../classify/classify-file.ts'),
    import('../classify/draw-heat.ts'),
  ]);
  const { collaborators } = wireService(environment);
  const classifier = await collaborators.classifier();
  for (const file of files) {
    const result: FileResult = await classifyFile(collaborators, file, { explain: true });
    if ('error' in result) throw new CliError(`${file}: ${result.error.message}`, result.error.hint);
    const { explanation, label, probability } = result.answer;
    if (explanation === undefined) throw new Error('An explained answer has no explanation.');
    await writeFile(out, await drawHeat(file, explanation, classifier.card.input));
    const percent = `${(probability * 100).toFixed(1)} %`;
    print(`${showName(out)}: what speaks for ${showName(label)} (${percent}) in ${showName(file)}`);
  }
  classifier.dispose();
}

function parseCount(text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count < 1) throw new InvalidArgumentError('It takes a whole number from 1.');
  return count;
}
