import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { classifyObjects } from '../../../cli/classify/classify-objects.ts';
import { formats } from '../../../cli/classify/formats.ts';
import { listS3Photos, type S3Lists } from '../../../cli/classify/list-s3-photos.ts';
import type { FileResult } from '../../../cli/classify/messages.ts';
import { readEarlierFiles } from '../../../cli/classify/read-earlier-files.ts';
import { openS3 } from '../../../cli/classify/s3-access.ts';
import {
  allRecords,
  brokenPhoto,
  contextOf,
  greenPhoto,
  mapBatchOf,
  redPhoto,
  store,
  wireTestBatch,
} from '../../function/batch/batch-service.ts';
import { etagOf, type S3StandIn, startS3StandIn } from '../../helpers/s3-stand-in.ts';
import { writeTinyModel } from '../../helpers/tiny-model.ts';

let s3: S3StandIn;

beforeEach(async () => {
  s3 = await startS3StandIn();
  store(s3, 'new/a coat+1.jpg', redPhoto);
  store(s3, 'new/half.jpg', brokenPhoto);
  store(s3, 'new/dress.jpg', greenPhoto);
  store(s3, 'new/', new Uint8Array());
  store(s3, 'old/x.jpg', redPhoto);
});

afterEach(() => s3.close());

const list = (words: readonly string[], lists: S3Lists = {}) => listS3Photos(words, lists, openS3(s3.environment));

function putList(key: string, content: string | Uint8Array): string {
  s3.objects.set(`lists/${key}`, Buffer.from(content));
  return `s3://lists/${key}`;
}

describe('photos in S3', () => {
  it('are those below a prefix, without what stands for a folder', async () => {
    const found = await list(['s3://photos/new/']);

    expect([...found.keys()].sort()).toEqual([
      's3://photos/new/a coat+1.jpg',
      's3://photos/new/dress.jpg',
      's3://photos/new/half.jpg',
    ]);
    expect(found.get('s3://photos/new/dress.jpg')).toEqual({
      bucket: 'photos',
      key: 'new/dress.jpg',
      etag: etagOf(greenPhoto),
      sizeInBytes: greenPhoto.length,
    });
  });

  it.each([
    ['CSV', 'm.csv', 'photos,new/a+coat%2B1.jpg\r\n"photos","old/x.jpg",v-1\n'],
    [
      'JSON Lines',
      'm.jsonl',
      '{"Bucket":"photos","Key":"new/a coat+1.jpg"}\n\n{"Bucket":"photos","Key":"old/x.jpg","VersionId":"v-1"}\n',
    ],
  ])('are those of a manifest in %s', async (_what, name, content) => {
    const found = await list([], { manifest: putList(name, content) });

    expect([...found.values()]).toEqual([
      { bucket: 'photos', key: 'new/a coat+1.jpg' },
      { bucket: 'photos', key: 'old/x.jpg', version: 'v-1' },
    ]);
  });

  it('are the current ones of an inventory in CSV', async () => {
    const row = (key: string, isLatest: string) =>
      `"photos","${key}","v","${isLatest}","false","12","${'e'.repeat(32)}"\n`;
    putList('inventory/data/1.csv.gz', gzipSync(row('new/a+coat%2B1.jpg', 'true') + row('old/x.jpg', 'false')));
    const fileSchema = 'Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, ETag';
    const files = [{ key: 'inventory/data/1.csv.gz' }];
    const manifest = { destinationBucket: 'arn:aws:s3:::lists', fileFormat: 'CSV', fileSchema, files };

    const found = await list([], { inventory: putList('inventory/manifest.json', JSON.stringify(manifest)) });

    expect([...found.values()]).toEqual([
      { bucket: 'photos', key: 'new/a coat+1.jpg', version: 'v', etag: 'e'.repeat(32), sizeInBytes: 12 },
    ]);
  });

  it.each([
    ['a Parquet inventory', { inventory: '{"fileFormat":"Parquet"}' }, /format Parquet, which is not read/],
    ['an ORC inventory', { inventory: '{"fileFormat":"ORC"}' }, /format ORC, which is not read/],
    ['an inventory that is none', { inventory: '[]' }, /is no manifest of an S3 Inventory/],
    ['an inventory that is no JSON', { inventory: 'x' }, /is no manifest of an S3 Inventory/],
    [
      'an inventory whose file is not packed',
      {
        inventory:
          '{"fileFormat":"CSV","fileSchema":"Bucket, Key","destinationBucket":"arn:aws:s3:::lists","files":[{"key":"list"}]}',
      },
      /list is damaged, or too large/,
    ],
    ['a manifest without a key', { manifest: 'photos\n' }, /Line 1 of .* names no object/],
    ['an empty manifest', { manifest: '' }, /no photos/],
  ])('are refused from %s', async (_what, lists: S3Lists, message) => {
    const [[name = '', content = ''] = []] = Object.entries(lists);

    await expect(list([], { [name]: putList('list', content) })).rejects.toThrow(message);
  });

  it('come to the records that the batch function writes, and to the same ids', async () => {
    const objects = await list(['s3://photos/new/']);
    const results: FileResult[] = [];
    const handler = await wireTestBatch(s3);
    await handler(
      mapBatchOf(
        s3,
        [...objects.values()].map(({ key }) => key),
      ),
      contextOf(),
    );

    await classifyObjects([...objects.keys()], {
      environment: { ...s3.environment, MODEL_DIRECTORY: writeTinyModel() },
      workers: 1,
      objects,
      onLabels: () => undefined,
      onResult: (result) => results.push(result),
    });

    const lines = results.map((result) => formats.jsonl.row(result, { top: 3, labels: [] }));

    expect(lines.map((line) => JSON.parse(String(line)))).toEqual(allRecords(s3));
    expect(readEarlierFiles(lines.join(''), 'jsonl', 'out.jsonl')).toEqual(new Set(objects.keys()));
  });
});
