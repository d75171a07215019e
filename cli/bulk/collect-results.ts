import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResultRecord } from '../../facts/batch-records.ts';
import { CliError } from '../cli-error.ts';
import { requireNew } from '../require-new.ts';
import { print } from '../terminal/print.ts';
import { createProgressBar } from '../terminal/progress-bar.ts';
import type { BulkStore } from './bulk-store.ts';
import { ExampleChooser } from './choose-examples.ts';
import { count } from './describe-run.ts';
import { drawRunSheet } from './draw-run-sheet.ts';
import { type BulkOptions, findBulk } from './find-bulk.ts';
import { listResultFiles, readRecords, recordsBelong } from './read-records.ts';
import { readRunRecord } from './run-record.ts';
import { RunCounter, type RunTotals } from './run-totals.ts';
import { openRecordWriter, type ResultFormat } from './write-run-results.ts';

export interface CollectOptions extends BulkOptions {
  readonly out: string;
  readonly format: ResultFormat;
  readonly sheet: boolean;
  readonly force?: boolean;
}

/** Downloads the records of a run into a folder: one file, the first of each id; counts; a page of examples. */
export async function collectResults(name: string, options: CollectOptions): Promise<void> {
  const { out, format, sheet } = options;
  const paths = { results: `results.${format}`, summary: 'summary.json', sheet: 'sheet.html' };
  requireNew(
    Object.values(paths).map((file) => join(out, file)),
    options,
  );
  const { store } = await findBulk(options);
  const run = await readRunRecord(store, name);
  const keys = await listResultFiles(store, run);
  if (keys.length === 0) throw new CliError(`${name} has no results yet.`, `See "lambda-lens bulk status ${name}".`);

  await mkdir(out, { recursive: true });
  const writer = await openRecordWriter(join(out, paths.results), format);
  const counter = new RunCounter();
  const chooser = new ExampleChooser();
  const belongs = await recordsBelong(store, run);
  const show = createProgressBar('Downloading');
  try {
    for await (const record of readRecords(store, keys)) {
      if (!belongs(record) || !counter.add(record)) continue;
      writer.write(record);
      chooser.add(record);
      if (run.photos !== undefined) show(Math.min(counter.totals.photos, run.photos), run.photos);
    }
  } finally {
    await writer.close();
  }
  const { totals } = counter;
  await writeFile(
    join(out, paths.summary),
    `${JSON.stringify({ run: name, source: run.source, ...totals }, undefined, 2)}\n`,
  );
  if (sheet) {
    const html = await drawRunSheet(run, totals, chooser, (record) => drawThumbnailOf(store, record));
    await writeFile(join(out, paths.sheet), html);
  }
  for (const line of describeTotals(totals)) print(line);
  print(`In ${out}: ${paths.results}, ${paths.summary}${sheet ? `, ${paths.sheet}` : ''}`);
}

export function describeTotals({ photos, answered, failed, twice, ...counts }: RunTotals): readonly string[] {
  const list = (some: Readonly<Record<string, number | undefined>>) =>
    Object.entries(some)
      .map(([name, number]) => `${name} ${count(number ?? 0)}`)
      .join(', ');
  return [
    `${count(photos)} photos: ${count(answered)} answered, ${count(failed)} failed` +
      `${twice === 0 ? '' : `; ${count(twice)} records came twice and count once`}`,
    ...(answered === 0 ? [] : [`  ${list(counts.labels)}`, `  ${list(counts.verdicts)}`]),
    ...(failed === 0 ? [] : [`  ${list(counts.codes)}`]),
  ];
}

/** A photo that can't be fetched or drawn any more has its words alone. */
async function drawThumbnailOf(store: BulkStore, { bucket, key }: ResultRecord): Promise<string | undefined> {
  const [{ drawThumbnailOfBytes }, { assets }] = await Promise.all([
    import('../../training/findings/draw-thumbnail.ts'),
    import('../../function/bundling/assets.ts'),
  ]);
  try {
    return await drawThumbnailOfBytes(await store.getPhoto(bucket, key), assets.webpWasmFile);
  } catch {
    return undefined;
  }
}
