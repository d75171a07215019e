import { describe, expect, it } from 'vitest';
import { beginRun, nameRun, recordOfList } from '../../../cli/bulk/begin-run.ts';
import { findMissing } from '../../../cli/bulk/find-missing.ts';
import { photosOfRun } from '../../../cli/bulk/list-photos.ts';
import { requireNoneUnderWay } from '../../../cli/bulk/resume-run.ts';
import { readRunRecord } from '../../../cli/bulk/run-record.ts';
import type { Execution } from '../../../cli/bulk/step-functions.ts';
import { readMarker, writeMarker } from '../../../cli/bulk/write-marker.ts';
import { collect, photosOfShop, runOfShop } from './run-of-shop.ts';
import { answered, date, failed, resultFile, storeInMemory } from './store-in-memory.ts';

describe('a run', () => {
  it('is written down, with its list, before it is started', async () => {
    const store = storeInMemory(new Map());
    const started: unknown[] = [];
    const machine = { start: async (name: string, input: object) => void started.push(name, input) };
    const record = recordOfList(store, { ...runOfShop, run: 'sample', photos: 1 });

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
    const objects = photosOfShop('new/1.jpg', 'new/2.jpg', 'new/3.jpg', 'old/4.jpg');
    objects.set('shop/new/2.jpg', 'another');
    objects.set(...resultFile('a', [answered(1), answered(2), failed(9)]));
    const store = storeInMemory(objects);

    const { missing, totals } = await findMissing(store, runOfShop, 10);

    expect(missing.map(({ Key }) => Key)).toEqual(['new/2.jpg', 'new/3.jpg']);
    expect(totals).toMatchObject({ photos: 3, answered: 2, failed: 1 });
    expect(await findMissing(store, runOfShop, 1)).toMatchObject({ isMore: true });
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
    const listed = { ...runOfShop, reader: 'inventory', listBucket: 'lists', listKey: 'manifest.json' } as const;

    const { missing, totals } = await findMissing(storeInMemory(objects), listed, 10);

    expect(missing).toEqual([{ Bucket: 'shop', Key: 'new/4 a.jpg', ETag: 'etag-5', Size: 5 }]);
    expect(totals.photos).toBe(3);
  });

  it('counts a photo once whose record came twice, and leaves out those of others', async () => {
    const objects = photosOfShop('new/1.jpg', 'new/2.jpg');
    objects.set(...resultFile('a', [answered(1), failed(2)]));
    objects.set(...resultFile('b', [answered(1), answered(7, { bucket: 'other' })]));
    const store = storeInMemory(objects);

    const { missing, totals } = await findMissing(store, runOfShop, 10);
    const marker = await writeMarker(store, runOfShop, totals, new Date('2026-11-27T07:00:00Z'));

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
