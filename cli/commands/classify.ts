import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PhotoReference } from '../../function/batch/photo-reference.ts';
import { S3Error } from '../../function/s3/s3-error.ts';
import { ContactSheet } from '../classify/contact-sheet.ts';
import { expandPaths } from '../classify/expand-paths.ts';
import { type FormatName, formatNames, formatOfFile } from '../classify/formats.ts';
import type { FileResult } from '../classify/messages.ts';
import { readStandardInput } from '../classify/read-standard-input.ts';
import { isS3Word } from '../classify/s3-words.ts';
import { watchPhotos } from '../classify/watch-photos.ts';
import { writeResults } from '../classify/write-results.ts';
import { CliError } from '../cli-error.ts';
import { requireNewFile } from '../require-new.ts';

interface ClassifyFlags {
  readonly top: number;
  readonly model?: string;
  readonly format?: FormatName;
  readonly json?: boolean;
  readonly out?: string;
  readonly resume?: boolean;
  readonly rawCsv?: boolean;
  readonly force?: boolean;
  readonly html?: string;
  readonly watch?: string;
  readonly explain?: boolean;
  readonly workers: number;
  readonly manifest?: string;
  readonly inventory?: string;
  readonly url?: string;
}

/** `lambda-lens classify PHOTO…`: the labels of photos on this machine, without a server. */
export function registerClassify(program: Command): void {
  program
    .command('classify')
    .description('say which label each photo has')
    .argument(
      '[photos...]',
      'JPEG, PNG or WebP files, folders of them, quoted patterns, addresses, s3://bucket/prefix, or - for standard input',
    )
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
    .option('--html <file>', 'write a page with each photo, small, and its answer as well')
    .option('--watch <directory>', 'wait for photos that come into a folder, and classify each, until Ctrl-C')
    .option('--manifest <file>', 'photos in S3 that a CSV of bucket and key, or a .jsonl of Bucket and Key, lists')
    .option('--inventory <manifest.json>', 'photos in S3 that an S3 Inventory in CSV lists')
    .option('--force', 'replace the files of --out and --html')
    .option('--raw-csv', "write names that a spreadsheet would run (=, +, -, @ first) without the ' before them")
    .option('--explain', 'where in the photo the evidence lies: in the JSON, or drawn over one photo by --out heat.png')
    .option('--url <address>', 'ask the service at this address instead of a model here (API_SECRET where it has one)')
    .option(
      '--workers <count>',
      'threads, each with a model of its own; with --url requests at a time',
      parseCount,
      availableParallelism(),
    )
    .addHelpText(
      'after',
      `
Photos come out in the order given, those of a folder or pattern by name. Goes on after a photo that can't be read; the
exit code is then 1.

Examples:
  lambda-lens classify photo.jpg
  lambda-lens classify https://example.com/photo.jpg
  lambda-lens classify - --json < photo.jpg
  lambda-lens classify holiday/ --out labels.csv
  lambda-lens classify holiday/ --html holiday.html
  lambda-lens classify 'shop/**/*.jpg' --out labels.jsonl --resume
  lambda-lens classify --json --top 10 photos/*.jpg > labels.jsonl
  lambda-lens classify --watch inbox/ --out labels.csv
  lambda-lens classify photo.jpg --explain --out heat.png
  lambda-lens classify s3://my-photos/new/ --out labels.jsonl
  lambda-lens classify --url https://abc.lambda-url.eu-west-1.on.aws/ holiday/ --out labels.csv`,
    )
    .action(runClassify);
}

async function runClassify(words: readonly string[], options: ClassifyFlags): Promise<void> {
  const own = {
    ...process.env,
    ...(options.model !== undefined && { MODEL_DIRECTORY: resolve(options.model) }),
  };
  const { url } = options;
  if (url !== undefined) checkUrl(url, options);
  const { files, objects, environment } = await choosePhotos(words, options, own);
  const { out, explain = false, workers, top, resume = false, force = false, rawCsv: raw = false } = options;
  if (resume && force) throw new CliError('--resume goes on with a file and --force replaces it.', 'Give one of them.');
  if (explain && out !== undefined && extname(out).toLowerCase() === '.png') {
    requireNewFile(out, { force });
    const { explainPhoto } = await import('../classify/explain-photo.ts');
    await explainPhoto(files, out, { environment, standardInput: await readStandardInput(files) });
    return;
  }
  if (resume && out === undefined) throw new CliError('--resume needs a file to go on with.', 'Give it by --out.');
  const format = chooseFormat(options);
  if (explain && format !== 'jsonl') {
    throw new CliError('An explanation has no place in this output.', 'Give --json, or --out heat.png for one photo.');
  }
  const { html, watch } = options;
  if (watch !== undefined) {
    await watchPhotos(watch, { environment, explain, format, top, out, resume, force, raw });
    return;
  }
  if (html !== undefined) {
    if (resume) throw new CliError('--html has no place for the results of an earlier run.', 'Leave --resume out.');
    requireNewFile(html, { force });
  }
  const sheet = new ContactSheet(top);
  const standardInput = await readStandardInput(files);
  const mode = { out, resume, force, thumbnails: html !== undefined };
  const failed = await writeResults(files, {
    environment,
    explain,
    standardInput,
    workers,
    format,
    top,
    raw,
    ...(objects && { objects }),
    url,
    ...mode,
    ...(html !== undefined && { onWritten: (result: FileResult) => sheet.add(result) }),
  });
  if (html !== undefined) await writeFile(html, sheet.write());
  if (failed > 0) process.exitCode = 1;
}

interface ChosenPhotos {
  readonly files: readonly string[];
  /** Where they are photos in S3: which. */
  readonly objects?: ReadonlyMap<string, PhotoReference>;
  readonly environment: NodeJS.ProcessEnv;
}

/** Of words about S3, and of lists, the photos that are there; of other words those of this machine. */
async function choosePhotos(
  words: readonly string[],
  options: ClassifyFlags,
  environment: NodeJS.ProcessEnv,
): Promise<ChosenPhotos> {
  const { manifest, inventory, watch, html, explain, url } = options;
  const inS3 = words.filter(isS3Word);
  const others = words.filter((word) => !isS3Word(word));
  if (inS3.length === 0 && manifest === undefined && inventory === undefined) {
    return { files: await chooseFiles(words, options), environment };
  }
  if (others.length > 0) {
    throw new CliError(
      'Photos in S3 are classified by themselves.',
      'Give those of this machine in a line of their own.',
    );
  }
  if (watch !== undefined || html !== undefined || explain) {
    throw new CliError('--watch, --html and --explain are for photos of this machine.', 'Copy the photos here first.');
  }
  if (url !== undefined) {
    throw new CliError('A service is asked about photos of this machine.', 'Leave --url out for those in S3.');
  }
  const [{ listS3Photos }, { openS3, withAwsAccess }] = await Promise.all([
    import('../classify/list-s3-photos.ts'),
    import('../classify/s3-access.ts'),
  ]);
  const known = await withAwsAccess(environment);
  const objects = await listS3Photos(inS3, { manifest, inventory }, openS3(known)).catch(explainS3);
  return { files: [...objects.keys()], objects, environment: { ...known } };
}

/** @throws CliError for what has no place in a question to a service */
function checkUrl(url: string, { model, watch, explain, out }: ClassifyFlags): void {
  if (!['http:', 'https:'].includes(URL.parse(url)?.protocol ?? '')) {
    throw new CliError(`${url} is no address of a service.`, 'Give one that begins with https:// or http://.');
  }
  if (model !== undefined) throw new CliError('The service has a model of its own.', 'Leave --model out with --url.');
  if (watch !== undefined) throw new CliError('--watch has the model here answer.', 'Leave --url out.');
  if (explain && out !== undefined && extname(out).toLowerCase() === '.png') {
    throw new CliError('The picture is drawn with the model here.', 'Leave --url out, or give --json for the grids.');
  }
}

/** @throws CliError in S3's words */
function explainS3(error: unknown): never {
  if (error instanceof S3Error) throw new CliError(error.message, error.hint, { cause: error });
  throw error;
}

/** None where a folder is watched, which brings its own. */
async function chooseFiles(words: readonly string[], { watch, html }: ClassifyFlags): Promise<string[]> {
  if (watch === undefined) {
    if (words.length === 0)
      throw new CliError('No photo is named.', 'Name photos, folders or addresses, or give --watch.');
    return expandPaths(words);
  }
  if (words.length > 0)
    throw new CliError('--watch takes the photos of its folder alone.', 'Leave the other names out.');
  if (html !== undefined)
    throw new CliError('--html is written once all photos are there.', 'Leave it out with --watch.');
  return [];
}

function chooseFormat({ format, json, out }: ClassifyFlags): FormatName {
  if (format !== undefined) return format;
  if (json) return 'jsonl';
  return out === undefined ? 'table' : formatOfFile(out);
}

function parseCount(text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count < 1) throw new InvalidArgumentError('It takes a whole number from 1.');
  return count;
}
