import { type Command, InvalidArgumentError, Option } from 'commander';
import { describeRun } from '../bulk/describe-run.ts';
import { type BulkOptions, findBulk } from '../bulk/find-bulk.ts';
import { readRunRecord } from '../bulk/run-record.ts';
import type { StartOptions } from '../bulk/start-run.ts';
import { readMarker } from '../bulk/write-marker.ts';
import { resultFormats } from '../bulk/write-run-results.ts';
import { CliError } from '../cli-error.ts';
import { print } from '../terminal/print.ts';

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('It takes a number above zero.');
  return value;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It takes a whole number from 1 to 999,999.');
  return Number(text);
}

/** Step Functions and a folder of S3 take it. */
function runName(text: string): string {
  if (!/^[\w-][\w.-]{0,59}$/.test(text)) {
    throw new InvalidArgumentError('It takes letters, digits, hyphens, underscores and dots, at most 60.');
  }
  return text;
}

/** `lambda-lens bulk`: a run over the photos that lie in a bucket. */
export function registerBulk(program: Command): void {
  const bulk = program.command('bulk').description('classify what lies in a bucket already, by the million');
  const add = (nameAndArgs: string, description: string) =>
    bulk
      .command(nameAndArgs)
      .description(description)
      .option('--stack <name>', 'the stack that it belongs to (default: the one selected, or dev)')
      .option('--region <name>', "AWS region (default: the stack's, or AWS_REGION)")
      .option('--state-machine <arn>', 'this one instead of what a stack has deployed, with --results')
      .option('--results <bucket/prefix>', 'where its results are');

  add('start <source>', 'start a run over s3://bucket/prefix; says first what it takes and costs')
    .option('--sample <photos>', 'so many at random instead of all', wholeNumber)
    .option('--inventory <s3://…/manifest.json>', 'what an S3 Inventory lists, instead of listing the bucket')
    .option('--photo-milliseconds <ms>', 'what a photo takes, for the estimate (default: 35)', positive)
    .option('--run <name>', 'what the run is called (default: the time)', runName)
    .option('--yes', 'start without asking')
    .action(async (source: string, options: StartOptions) => {
      const { startRun } = await import('../bulk/start-run.ts');
      await startRun(source, options);
    });

  add('status [run]', 'how far a run is, what failed, how long it takes still; without one, the last runs').action(
    async (run: string | undefined, options: BulkOptions) => {
      const { machine, store, shape, prices } = await findBulk(options);
      const runs = run === undefined ? await machine.listRuns() : [run];
      if (runs.length === 0) print('No run has been started yet.');
      for (const name of runs) {
        const [record, execution, marker] = await Promise.all([
          readRunRecord(store, name),
          machine.describe(name),
          readMarker(store, name),
        ]);
        const progress = execution && (await machine.readProgress(name));
        const status = { record, execution, progress, marker, now: new Date() };
        for (const line of describeRun(status, shape, prices)) print(line);
      }
    },
  );

  add('stop <run>', 'end a run; what is done stays done').action(async (run: string, options: BulkOptions) => {
    const { machine } = await findBulk(options);
    const execution = await machine.describe(run);
    if (execution?.status !== 'RUNNING') {
      throw new CliError(`${run} is not running.`, '"lambda-lens bulk status" lists the last runs.');
    }
    await machine.stop(run);
    print(`${run} is stopped. "lambda-lens bulk resume ${run}" does what is missing.`);
  });

  add('resume <run>', 'do what has no result yet; where nothing is missing, mark the run complete').action(
    async (run: string, options: BulkOptions) => {
      const { resumeRun } = await import('../bulk/resume-run.ts');
      await resumeRun(run, options);
    },
  );

  add('results <run>', 'download the results of a run, with counts and a page of examples')
    .requiredOption('--out <folder>', 'where they go')
    .addOption(new Option('--format <name>', 'how they are written').choices(resultFormats).default('csv'))
    .option('--no-sheet', 'without the page of examples, for which some photos are downloaded')
    .option('--force', 'replace what is there')
    .action(async (run: string, options) => {
      const { collectResults } = await import('../bulk/collect-results.ts');
      await collectResults(run, options);
    });
}
