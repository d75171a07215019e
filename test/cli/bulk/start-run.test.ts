import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeployedBulk } from '../../../cli/bulk/find-bulk.ts';
import { readSource, type StartOptions, startRun } from '../../../cli/bulk/start-run.ts';
import { northVirginia } from '../../../facts/prices.ts';
import { modelVersion, storeInMemory } from './store-in-memory.ts';

let said: string;
beforeEach(() => {
  said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const shape = { concurrency: 100, photosInBatch: 100, memoryInMb: 1769, architecture: 'arm64' } as const;

/** A backlog over a bucket of three photos, and what was started. */
function backlog(changes: Partial<DeployedBulk> = {}) {
  const objects = new Map(['new/1.jpg', 'new/2.jpg', 'old/3.jpg'].map((key) => [`shop/${key}`, 'photo']));
  const started: unknown[][] = [];
  const found = {
    machine: { start: async (...parts: unknown[]) => void started.push(parts) },
    store: storeInMemory(objects),
    ...{ shape, prices: northVirginia, sources: ['shop/new/', 'other'], modelVersion },
    ...changes,
  } as unknown as DeployedBulk;
  const start = (source: string, options: StartOptions = {}) => startRun(source, options, async () => found);
  return { start, started, objects };
}

describe('a run', () => {
  it('is told of with its price, and begins', async () => {
    const { start, started, objects } = backlog();

    await start('s3://shop/new/', { yes: true, run: 'first' });

    expect(said).toMatch(/2 photos, 1 kB, in s3:\/\/shop\/new\/\nIt takes about .* 1 instances, 35 ms a photo/);
    expect(said).toContain('Run first has begun.\n  lambda-lens bulk status first\n');
    expect(started).toMatchObject([['first', { reader: 'list', bucket: 'shop', prefix: 'new/', listBucket: '' }]]);
    expect(JSON.parse(objects.get('out/runs/first/run.json') ?? '')).toMatchObject({ photos: 2, modelVersion });
  });

  it('of a sample has a list of its own', async () => {
    const { start, started, objects } = backlog();

    await start('s3://shop/new/', { yes: true, run: 'some', sample: 1, photoMilliseconds: 80 });

    expect(said).toContain('A sample of 1 of the 2 photos of s3://shop/new/');
    expect(said).toContain('80 ms a photo');
    expect(started).toMatchObject([['some', { reader: 'lines', listBucket: 'out' }]]);
    expect([...objects.keys()].filter((key) => key.startsWith('out/runs/some/'))).toHaveLength(2);
  });

  it('of an inventory counts nothing', async () => {
    const { start, started } = backlog();

    await start('s3://shop/new/', { yes: true, run: 'all', inventory: 's3://other/shop/manifest.json' });

    expect(said).toContain('What the inventory s3://other/shop/manifest.json lists\nEach million takes about');
    expect(started).toMatchObject([
      ['all', { reader: 'inventory', listBucket: 'other', listKey: 'shop/manifest.json' }],
    ]);
  });

  it('of a sample of an inventory draws from what that lists', async () => {
    const { start, started, objects } = backlog();
    const rows = ['1', '2'].map((name) => `"shop","new/${name}.jpg","5","e"\n`).join('');
    objects.set('other/data.csv.gz', rows);
    const manifest = { destinationBucket: 'arn:aws:s3:::other', fileFormat: 'CSV', files: [{ key: 'data.csv.gz' }] };
    objects.set('other/manifest.json', JSON.stringify({ ...manifest, fileSchema: 'Bucket, Key, Size, ETag' }));

    await start('s3://shop/new/', { yes: true, run: 'some', sample: 1, inventory: 's3://other/manifest.json' });

    expect(said).toContain('A sample of 1 of the 2 photos of s3://shop/new/');
    expect(started).toMatchObject([['some', { reader: 'lines', listBucket: 'out' }]]);
  });

  it.each<[string, string, StartOptions, string]>([
    ['where there is no photo', 's3://other/new/', { yes: true }, 'There is no photo in s3://other/new/'],
    ['of what the stack may not read', 's3://shop/old/', { yes: true }, 'may not read s3://shop/old/, only shop/new/'],
    ['of a bucket whose name only begins like it', 's3://others', { yes: true }, 'may not read s3://others/'],
    [
      'of an inventory that the stack may not read',
      's3://shop/new/',
      { inventory: 's3://lists/shop/manifest.json' },
      'may not read s3://lists/shop/manifest.json, only shop/new/',
    ],
    ['without anybody to ask', 's3://shop/new/', {}, 'Nobody is there to say yes'],
  ])('begins not %s', async (_, source, options, message) => {
    const { start, started } = backlog();

    await expect(start(source, options)).rejects.toThrow(message);

    expect(started).toEqual([]);
  });

  it('may read anything where nobody knows what it may', async () => {
    const { start, started } = backlog({ sources: undefined });

    await start('s3://shop/old/', { yes: true });

    expect(started).toHaveLength(1);
  });
});

describe('a place in S3', () => {
  it.each([
    ['s3://shop', { bucket: 'shop', prefix: '' }],
    ['s3://shop/', { bucket: 'shop', prefix: '' }],
    ['s3://my.shop-1/a/b c', { bucket: 'my.shop-1', prefix: 'a/b c' }],
  ])('is read: %s', (text, place) => {
    expect(readSource(text)).toEqual(place);
  });

  it.each(['shop', 's3://', 's3://Shop', 's3://-shop', 's3://sh', 'http://shop'])('is none: %s', (text) => {
    expect(() => readSource(text)).toThrow('is no place in S3');
  });
});
