import { createInterface } from 'node:readline/promises';
import { distributedMap } from '../../facts/bulk-limits.ts';
import { CliError } from '../cli-error.ts';
import { describeSize } from '../describe-size.ts';
import { print, redrawLine } from '../terminal/print.ts';
import { beginRun, nameRun, recordOfList } from './begin-run.ts';
import { count, dollars, duration } from './describe-run.ts';
import { estimateRun } from './estimate-run.ts';
import { type BulkOptions, findBulk } from './find-bulk.ts';
import { countPhotos, type ListedPhotos, listInventory, listPhotos } from './list-photos.ts';
import type { RunRecord } from './run-record.ts';

export interface StartOptions extends BulkOptions {
  readonly sample?: number;
  /** `s3://bucket/…/manifest.json` of an S3 Inventory of the source's bucket. */
  readonly inventory?: string;
  readonly photoMilliseconds?: number;
  readonly run?: string;
  readonly yes?: boolean;
}

/** Counted by listing, a thousand at a time; beyond, an estimate is as good. */
const mostCounted = 200_000;
/** What a sample is drawn from at most: listing so many takes minutes. */
const mostSampledFrom = 1_000_000;

/** Counts, estimates, asks, and starts a run over what lies in a bucket. */
export async function startRun(source: string, options: StartOptions, find = findBulk): Promise<void> {
  const { bucket, prefix } = readSource(source);
  const { machine, store, shape, prices, sources, modelVersion } = await find(options);
  requireAllowed(bucket, prefix, sources);
  const { sample, inventory, photoMilliseconds, yes } = options;
  const list = inventory === undefined ? undefined : readSource(inventory);
  if (list !== undefined) requireAllowed(list.bucket, list.prefix, sources);

  const now = new Date();
  const about = {
    run: options.run ?? nameRun(now),
    date: now.toISOString().slice(0, 10),
    startedAt: now.toISOString(),
  };
  const base = { ...about, source: `s3://${bucket}/${prefix}`, bucket, prefix, modelVersion };
  const listed =
    list === undefined
      ? listPhotos(store, bucket, prefix)
      : listInventory(store, { bucket, prefix, listBucket: list.bucket, listKey: list.prefix });
  const most = sample === undefined ? mostCounted : mostSampledFrom;
  // An inventory is read for a sample alone: its files may be of gigabytes.
  const found =
    list === undefined || sample !== undefined
      ? await countPhotos(tell(listed), { most, sampleSize: sample ?? 0 })
      : undefined;
  if (found?.count === 0) throw new CliError(`There is no photo in s3://${bucket}/${prefix}.`, 'Check the prefix.');
  const photos = sample === undefined ? found?.count : found?.sample.length;
  const isWhole = sample !== undefined || (found !== undefined && !found.isMore);

  const record: RunRecord =
    sample !== undefined
      ? recordOfList(store, { ...base, photos })
      : {
          ...base,
          photos: isWhole ? photos : undefined,
          reader: list === undefined ? 'list' : 'inventory',
          listBucket: list?.bucket ?? '',
          listKey: list?.prefix ?? '',
        };
  for (const line of describePlan(record, { photos, isWhole, found })) print(line);
  const size = isWhole && photos !== undefined ? photos : 1_000_000;
  const { seconds, bill } = estimateRun(size, shape, prices, (photoMilliseconds ?? 35) / 1_000);
  print(
    `${isWhole ? 'It takes' : 'Each million takes'} about ${duration(seconds)} and costs ${dollars(bill.dollars)}: ` +
      `${count(Math.min(shape.concurrency, Math.ceil(size / shape.photosInBatch)))} instances, ${photoMilliseconds ?? 35} ms a photo, ` +
      `${prices.region} prices of ${prices.dated}.`,
  );
  if (!yes && !(await isConfirmed())) {
    print('Nothing was started.');
    return;
  }
  await beginRun(store, machine, record, sample === undefined ? undefined : found?.sample);
  print(
    `Run ${record.run} has begun.\n  lambda-lens bulk status ${record.run}\n  lambda-lens bulk results ${record.run} --out ${record.run}`,
  );
}

interface Plan {
  readonly photos: number | undefined;
  readonly isWhole: boolean;
  readonly found: ListedPhotos | undefined;
}

function describePlan(record: RunRecord, { photos, isWhole, found }: Plan): readonly string[] {
  if (record.reader === 'lines') {
    const all = `the ${found?.isMore ? 'first ' : ''}${count(found?.count ?? 0)} photos of ${record.source}`;
    return [`A sample of ${count(photos ?? 0)} of ${all}${found?.isMore ? ': give a prefix to draw from others' : ''}`];
  }
  if (photos === undefined) return [`What the inventory s3://${record.listBucket}/${record.listKey} lists`];
  return [
    isWhole
      ? `${count(photos)} photos, ${describeSize(found?.sizeInBytes ?? 0)}, in ${record.source}`
      : `More than ${count(photos)} photos in ${record.source}. ` +
        `A run lists ${count(distributedMap.mostItems)} at most: give more than that by prefixes.`,
  ];
}

/** @throws CliError unless it is `s3://bucket` or `s3://bucket/prefix` */
export function readSource(text: string): { readonly bucket: string; readonly prefix: string } {
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(text) ?? [];
  if (bucket === undefined) throw new CliError(`${text} is no place in S3.`, 'Give it as s3://bucket/prefix.');
  return { bucket, prefix };
}

function requireAllowed(bucket: string, prefix: string, sources: readonly string[] | undefined): void {
  const isWithin = (place: string) => `${bucket}/${prefix}`.startsWith(place.includes('/') ? place : `${place}/`);
  if (sources === undefined || sources.some(isWithin)) return;
  throw new CliError(
    `The stack may not read s3://${bucket}/${prefix}, only ${sources.join(', ')}.`,
    `Add it to bulkBuckets: "pulumi config set bulkBuckets ${[...sources, bucket].join(',')}", then deploy.`,
  );
}

async function* tell<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  let seen = 0;
  for await (const item of items) {
    if (++seen % 1_000 === 0) redrawLine(`${count(seen)} photos listed`);
    yield item;
  }
  redrawLine('');
}

/** @throws CliError where nobody is there to be asked */
async function isConfirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CliError('Nobody is there to say yes.', 'Add --yes, which starts the run without asking.');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Start it? [y/N] ');
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
