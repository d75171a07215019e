import { CliError } from '../cli-error.ts';
import { print } from '../terminal/print.ts';
import { beginRun, nameRun, recordOfList } from './begin-run.ts';
import { count } from './describe-run.ts';
import { type BulkOptions, findBulk } from './find-bulk.ts';
import { findMissing } from './find-missing.ts';
import { readRunRecord } from './run-record.ts';
import type { StepFunctions } from './step-functions.ts';
import { writeMarker } from './write-marker.ts';

/** What is kept of a list in memory. A run with more missing is as well begun anew: what is done is written again alike. */
const mostMissing = 1_000_000;

/** Starts a run over the photos of another that have no record, or writes its marker where each has one. */
export async function resumeRun(name: string, options: BulkOptions): Promise<void> {
  const { machine, store } = await findBulk(options);
  const run = await readRunRecord(store, name);
  await requireNoneUnderWay(machine, name);
  const { missing, isMore, totals } = await findMissing(store, run, mostMissing);
  if (missing.length === 0) {
    await writeMarker(store, run, totals, new Date());
    print(`Nothing is missing: each of ${count(totals.photos)} photos has its record. ${name} is complete.`);
    return;
  }
  const now = new Date();
  const { date, source, bucket, prefix, modelVersion } = run;
  const record = recordOfList(store, {
    run: `${name}-${nameRun(now)}`,
    startedAt: now.toISOString(),
    resumes: name,
    photos: missing.length,
    // The day stays that of the run: its results are in one folder.
    ...{ date, source, bucket, prefix, modelVersion },
  });
  await beginRun(store, machine, record, missing);
  print(
    `${count(totals.photos)} photos have their record, ${isMore ? 'more than ' : ''}${count(missing.length)} do not: run ${record.run} has begun.\n` +
      `  lambda-lens bulk status ${record.run}\n  lambda-lens bulk resume ${name}   # once it has ended: writes the marker, or does what is missing still`,
  );
}

/** @throws CliError while the run, or one that does what it lacks, is still at it */
export async function requireNoneUnderWay(
  machine: Pick<StepFunctions, 'describe' | 'listRuns'>,
  name: string,
): Promise<void> {
  const isRunning = async (run: string) => (await machine.describe(run))?.status === 'RUNNING';
  if (await isRunning(name)) {
    throw new CliError(`${name} is still running.`, `"lambda-lens bulk stop ${name}" ends it.`);
  }
  for (const other of await machine.listRuns()) {
    if (!other.startsWith(`${name}-`) || !(await isRunning(other))) continue;
    throw new CliError(
      `${other} is still running, which does what ${name} lacks.`,
      `"lambda-lens bulk status ${other}" says how far it is.`,
    );
  }
}
