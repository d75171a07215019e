import { describe, expect, it } from 'vitest';
import { beginRun, nameRun, recordOfList } from '../../../cli/bulk/begin-run.ts';
import { describeRun } from '../../../cli/bulk/describe-run.ts';
import { estimateRun } from '../../../cli/bulk/estimate-run.ts';
import { findMissing } from '../../../cli/bulk/find-missing.ts';
import { countPhotos, listPhotos, photosOfRun } from '../../../cli/bulk/list-photos.ts';
import { requireNoneUnderWay } from '../../../cli/bulk/resume-run.ts';
import type { RunRecord } from '../../../cli/bulk/run-record.ts';
import { readRunRecord } from '../../../cli/bulk/run-record.ts';
import type { Execution } from '../../../cli/bulk/step-functions.ts';
import { readMarker, writeMarker } from '../../../cli/bulk/write-marker.ts';
import { northVirginia } from '../../../facts/prices.ts';
import { answered, date, failed, modelVersion, resultFile, storeInMemory } from './store-in-memory.ts';

const run: RunRecord = {
  run: 'first',
  date,
  startedAt: `${date}T06:00:00.000Z`,
  source: 's3://shop/new/',
  reader: 'list',
  bucket: 'shop',
  prefix: 'new/',
  listBucket: '',
  listKey: '',
  modelVersion,
  photos: 3,
};
const shape = { concurrency: 100, photosInBatch: 100, memoryInMb: 1769, architecture: 'arm64' } as const;

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function photos(...keys: readonly string[]): Map<string, string> {
  return new Map(keys.map((key) => [`shop/${key}`, 'photo']));
}

describe('the photos of a bucket', () => {
  it('are all objects but folders and what the service has written itself', async () => {
    const objects = photos('a.jpg', 'folder/b.jpg', 'results/model=1/date=2/3.jsonl', 'runs/r/run.json');
    objects.set('shop/folder/', '');

    const listed = await collect(listPhotos(storeInMemory(objects, 'shop'), 'shop', ''));

    expect(listed.map(({ Key }) => Key)).toEqual(['a.jpg', 'folder/b.jpg']);
  });

  it('are counted up to a number', async () => {
    const store = storeInMemory(photos('1.jpg', '2.jpg', '3.jpg'));

    const count = (most: number) => countPhotos(listPhotos(store, 'shop', ''), { most, sampleSize: 0 });

    expect(await count(3)).toEqual({ count: 3, isMore: false, sizeInBytes: 15, sample: [] });
    expect(await count(2)).toMatchObject({ count: 2, isMore: true });
  });

  it('are as likely each as the other to be in a sample', async () => {
    const store = storeInMemory(photos(...Array.from({ length: 10 }, (_, index) => `${index}.jpg`)));
    const drawn = new Map<string, number>();
    for (let round = 0; round < 400; round++) {
      const { sample } = await countPhotos(listPhotos(store, 'shop', ''), { most: 100, sampleSize: 3 });

      expect(new Set(sample.map(({ Key }) => Key)).size).toBe(3);

      for (const { Key } of sample) drawn.set(Key, (drawn.get(Key) ?? 0) + 1);
    }

    // 120 each, give or take five standard deviations of nine.
    for (const times of drawn.values()) expect(Math.abs(times - 120)).toBeLessThan(46);
    expect(drawn.size).toBe(10);
  });
});

describe('a run', () => {
  it('is written down, with its list, before it is started', async () => {
    const store = storeInMemory(new Map());
    const started: unknown[] = [];
    const machine = { start: async (name: string, input: object) => void started.push(name, input) };
    const record = recordOfList(store, { ...run, run: 'sample', photos: 1 });

    await beginRun(store, machine, record, [{ Key: 'new/1.jpg', Bucket: 'shop', ETag: 'a', Size: 5 }]);

    expect(await readRunRecord(store, 'sample')).toEqual(record);
    expect(await collect(photosOfRun(store, record))).toEqual([
      { Key: 'new/1.jpg', Bucket: 'shop', ETag: 'a', Size: 5 },
    ]);
    expect(started).toMatchObject([
      'sample',
      { run: 'sample', date, reader: 'lines', listBucket: 'out', listKey: 'runs/sample/photos.jsonl' },
    ]);
  });

  it('is called by its time, and unknown where nobody has begun it', async () => {
    expect(nameRun(new Date('2026-11-27T06:15:09Z'))).toBe('20261127-061509');
    await expect(readRunRecord(storeInMemory(new Map()), 'other')).rejects.toThrow('There is no run called other.');
  });

  it('misses what has no record, and what was replaced since', async () => {
    const objects = photos('new/1.jpg', 'new/2.jpg', 'new/3.jpg', 'old/4.jpg');
    objects.set('shop/new/2.jpg', 'another');
    objects.set(...resultFile('a', [answered(1), answered(2), failed(9)]));
    const store = storeInMemory(objects);

    const { missing, totals } = await findMissing(store, run, 10);

    expect(missing.map(({ Key }) => Key)).toEqual(['new/2.jpg', 'new/3.jpg']);
    expect(totals).toMatchObject({ photos: 3, answered: 2, failed: 1 });
    expect(await findMissing(store, run, 1)).toMatchObject({ isMore: true });
  });

  it('misses what of its inventory has no record, by its version or its ETag, or by its key where the inventory has neither', async () => {
    const objects = new Map([resultFile('a', [answered(1), answered(2, { objectVersion: 'v2' }), answered(3)])]);
    const rows = [
      '"shop","new/1.jpg","","true","5","etag-5"',
      '"shop","new/2.jpg","v2","true","5",""',
      '"shop","new/3.jpg","","true","5",""',
      '"shop","new/4+a.jpg","","true","5","etag-5"',
      '"shop","new/5.jpg","","false","5","etag-5"',
      '"shop","old/6.jpg","","true","5","etag-5"',
      '"shop","new/","","true","0",""',
      '"other","new/7.jpg","","true","5",""',
    ];
    objects.set('lists/data.csv.gz', `${rows.join('\n')}\n`);
    const manifest = {
      ...{ destinationBucket: 'arn:aws:s3:::lists', fileFormat: 'CSV', files: [{ key: 'data.csv.gz' }] },
      fileSchema: 'Bucket, Key, VersionId, IsLatest, Size, ETag',
    };
    objects.set('lists/manifest.json', JSON.stringify(manifest));
    const listed = { ...run, reader: 'inventory', listBucket: 'lists', listKey: 'manifest.json' } as const;

    const { missing, totals } = await findMissing(storeInMemory(objects), listed, 10);

    expect(missing).toEqual([{ Bucket: 'shop', Key: 'new/4 a.jpg', ETag: 'etag-5', Size: 5 }]);
    expect(totals.photos).toBe(3);
  });

  it('counts a photo once whose record came twice, and leaves out those of others', async () => {
    const objects = photos('new/1.jpg', 'new/2.jpg');
    objects.set(...resultFile('a', [answered(1), failed(2)]));
    objects.set(...resultFile('b', [answered(1), answered(7, { bucket: 'other' })]));
    const store = storeInMemory(objects);

    const { missing, totals } = await findMissing(store, run, 10);
    const marker = await writeMarker(store, run, totals, new Date('2026-11-27T07:00:00Z'));

    expect(missing).toEqual([]);
    expect(marker.counts).toMatchObject({ photos: 2, answered: 1, failed: 1, codes: { corrupt_photo: 1 } });
    expect(await readMarker(store, 'first')).toEqual(marker);
  });
});

describe('resuming a run', () => {
  const machineOf = (statuses: Readonly<Record<string, Execution['status']>>) => ({
    listRuns: async () => Object.keys(statuses),
    describe: async (name: string) => {
      const status = statuses[name];
      return status && { status, startedAt: new Date(0), stoppedAt: undefined, output: undefined, cause: undefined };
    },
  });

  it.each([
    ['it is running itself', { first: 'RUNNING' }, 'first is still running.'],
    [
      'one that does what it lacks is running',
      { first: 'ABORTED', 'first-20261127-061500': 'RUNNING' },
      'first-20261127-061500 is still running, which does what first lacks.',
    ],
  ] as const)('is refused while %s', async (_case, statuses, message) => {
    await expect(requireNoneUnderWay(machineOf(statuses), 'first')).rejects.toThrow(message);
  });

  it('is let be where both are over, and others are running', async () => {
    const machine = machineOf({ first: 'ABORTED', 'first-20261127-061500': 'SUCCEEDED', firstborn: 'RUNNING' });

    await expect(requireNoneUnderWay(machine, 'first')).resolves.toBeUndefined();
  });
});

describe('the status', () => {
  const execution: Execution = {
    status: 'RUNNING',
    startedAt: new Date(`${date}T06:00:00Z`),
    stoppedAt: undefined,
    output: undefined,
    cause: undefined,
  };
  const progress = { total: 40_000, succeeded: 10_000, failed: 100, running: 5_000, pending: 24_900 };

  it('of one that runs tells rate, time left and cost so far', () => {
    const now = new Date(`${date}T06:01:40Z`);

    const lines = describeRun({ record: run, execution, progress, marker: undefined, now }, shape, northVirginia);

    expect(lines).toEqual([
      'first  s3://shop/new/',
      '  running, begun 2026-11-27 06:00 UTC',
      '  10,000 of 40,000 photos done (25 %), 100 a second; 100 in batches that failed or were stopped',
      '  5,000 under way; about 5 min left',
      '  so far about $0.01',
    ]);
  });

  it('of one that is over tells what failed, by code', () => {
    const output = JSON.stringify({
      complete: false,
      batchesMissing: 2,
      counts: {
        photos: 100,
        answered: 90,
        failed: 10,
        verdicts: { confident: 90 },
        codes: { corrupt_photo: 10 },
        durationMs: 0,
      },
    });
    const over = { ...execution, status: 'SUCCEEDED', stoppedAt: new Date(`${date}T06:02:00Z`), output } as const;

    const lines = describeRun(
      { record: run, execution: over, progress: undefined, marker: undefined, now: new Date() },
      shape,
      northVirginia,
    );

    expect(lines.slice(1)).toEqual([
      '  succeeded, begun 2026-11-27 06:00 UTC, ended 2026-11-27 06:02 UTC',
      '  not complete, 2 batches are missing: "lambda-lens bulk resume first" does them',
      '  90 answered: 90 confident',
      '  10 failed: 10 corrupt_photo',
    ]);
  });

  it('of one that was stopped says how it goes on', () => {
    const over = {
      ...execution,
      status: 'ABORTED',
      stoppedAt: new Date(`${date}T06:02:00Z`),
      cause: 'stopped',
    } as const;

    const lines = describeRun(
      { record: run, execution: over, progress: undefined, marker: undefined, now: new Date() },
      shape,
      northVirginia,
    );

    expect(lines.at(-1)).toBe('  not complete: "lambda-lens bulk resume first" does what is missing');
  });

  it('of one that was stopped and is complete says nothing of how far it had come by itself', async () => {
    const store = storeInMemory(new Map());
    const counter = await findMissing(store, run, 1);
    const marker = await writeMarker(store, run, counter.totals, new Date('2026-11-27T07:00:00Z'));
    const over = { ...execution, status: 'ABORTED', stoppedAt: new Date(`${date}T06:02:00Z`) } as const;
    const progress = { total: 3, succeeded: 1, failed: 2, running: 0, pending: 0 };

    const lines = describeRun(
      { record: run, execution: over, progress, marker, now: new Date() },
      shape,
      northVirginia,
    );

    expect(lines.join('\n')).not.toContain('photos done');
    expect(lines).toContain('  complete: each of 0 photos has its record');
  });
});

it('an estimate is work by instances, never quicker than the map starts batches', () => {
  const { seconds, bill } = estimateRun(1e6, shape, northVirginia);

  // A million photos of 35 ms, ten thousand batches of 60 ms more, by a hundred instances, and their starts.
  expect(seconds).toBeCloseTo((35_000 + 600) / 100 + 0.3, 6);
  expect(bill.dollars).toBeLessThan(1.6);
  expect(estimateRun(1e6, { ...shape, photosInBatch: 1, concurrency: 10_000 }, northVirginia, 0.001).seconds).toBe(
    1_000,
  );
  expect(estimateRun(100, { ...shape, memoryInMb: 884.5 }, northVirginia).seconds).toBeCloseTo(3.56 * 2 + 0.3, 6);
});
