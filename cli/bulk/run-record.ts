import { type ResultPlace, runFolder } from '../../facts/batch-records.ts';
import type { RunInput } from '../../facts/bulk-run.ts';
import { CliError } from '../cli-error.ts';
import type { BulkStore } from './bulk-store.ts';

/** What is written of a run when it begins, for the commands that come after it. */
export interface RunRecord extends RunInput {
  /** Of the deployed model; undefined where a prebuilt image did not tell. */
  readonly modelVersion: string | undefined;
  /** Undefined where nobody counted them. */
  readonly photos: number | undefined;
  /** The run whose missing photos these are. */
  readonly resumes?: string;
}

export function runKey(place: ResultPlace, run: string): string {
  return `${runFolder(place, run)}run.json`;
}

/** The list of a run that has one of its own: a line of JSON for each photo. */
export function photosKey(place: ResultPlace, run: string): string {
  return `${runFolder(place, run)}photos.jsonl`;
}

export async function writeRunRecord(store: BulkStore, record: RunRecord): Promise<void> {
  await store.put(runKey(store.place, record.run), `${JSON.stringify(record, undefined, 2)}\n`, 'application/json');
}

/** @throws CliError where no such run was begun */
export async function readRunRecord(store: BulkStore, run: string): Promise<RunRecord> {
  const text = await store.read(runKey(store.place, run));
  if (text === undefined) {
    throw new CliError(`There is no run called ${run}.`, '"lambda-lens bulk status" lists the last ones.');
  }
  return JSON.parse(text);
}
