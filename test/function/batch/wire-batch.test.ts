import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogFields } from '../../../function/invocation/request-log.ts';
import { type S3StandIn, startS3StandIn } from '../../helpers/s3-stand-in.ts';
import {
  allRecords,
  brokenPhoto,
  contextOf,
  greenPhoto,
  mapBatchOf,
  readLines,
  redPhoto,
  store,
  wireTestBatch,
} from './batch-service.ts';

let s3: S3StandIn;

beforeEach(async () => {
  s3 = await startS3StandIn();
});

afterEach(() => s3.close());

describe('the batch function', () => {
  it.each([
    [
      'straight from S3',
      {
        Records: [
          {
            eventSource: 'aws:s3',
            eventName: 'ObjectCreated:Put',
            s3: { bucket: { name: 'photos' }, object: { key: 'a+b.jpg' } },
          },
        ],
      },
    ],
    [
      'by EventBridge, whose keys are as they are',
      {
        source: 'aws.s3',
        'detail-type': 'Object Created',
        detail: { bucket: { name: 'photos' }, object: { key: 'a b.jpg' } },
      },
    ],
  ])('takes an event %s', async (_what, event) => {
    store(s3, 'a b.jpg', redPhoto);
    const handler = await wireTestBatch(s3);

    expect(await handler(event, contextOf())).toMatchObject({ Counts: { answered: 1 } });
  });

  it.each([
    ['1.0', { s3BucketArn: 'arn:aws:s3:::photos' }],
    ['2.0', { s3Bucket: 'photos' }],
  ])('takes a request of S3 Batch Operations of schema %s', async (invocationSchemaVersion, bucket) => {
    store(s3, 'a b.jpg', redPhoto);
    store(s3, 'half.jpg', brokenPhoto);
    const handler = await wireTestBatch(s3);
    const tasks = ['a+b.jpg', 'half.jpg', ''].map((s3Key) => ({
      taskId: `t-${s3Key}`,
      s3Key,
      s3VersionId: null,
      ...bucket,
    }));

    const answer = await handler({ invocationSchemaVersion, invocationId: 'i', job: { id: 'j' }, tasks }, contextOf());

    expect(answer).toEqual({
      invocationSchemaVersion,
      treatMissingKeysAs: 'TemporaryFailure',
      invocationId: 'i',
      results: [
        { taskId: 't-a+b.jpg', resultCode: 'Succeeded', resultString: expect.stringContaining('"label":"red"') },
        { taskId: 't-half.jpg', resultCode: 'Succeeded', resultString: 'corrupt_photo' },
        { taskId: 't-', resultCode: 'PermanentFailure', resultString: 'The task names no object.' },
      ],
    });
    expect(allRecords(s3)).toHaveLength(2);
  });

  it('answers what is no batch as any other function does', async () => {
    const handler = await wireTestBatch(s3);

    expect(await handler({ health: {} }, contextOf())).toMatchObject({ status: 'ok' });
    await expect(handler({ Records: [{ eventSource: 'aws:kinesis' }] }, contextOf())).rejects.toMatchObject({
      code: 'bad_request',
    });
  });

  it('writes a line of the log for each batch, which names no photo', async () => {
    const lines: LogFields[] = [];
    store(s3, 'private.jpg', redPhoto);
    const handler = await wireTestBatch(s3, {}, lines);

    await handler(mapBatchOf(s3, ['private.jpg']), contextOf());

    expect(lines).toMatchObject([
      { message: 'request', level: 'info', door: 'map', coldStart: true, answered: 1, notDone: 0 },
    ]);
    expect(JSON.stringify(lines)).not.toContain('private');
  });

  it('counts photos for CloudWatch where it is watched, a hundred in a line', async () => {
    const lines: LogFields[] = [];
    const keys = Array.from({ length: 101 }, (_, index) => `${index}.jpg`);
    for (const key of keys) store(s3, key, greenPhoto);
    const watched = { MONITORING: 'on', AWS_LAMBDA_FUNCTION_NAME: 'shop-batch' };
    const handler = await wireTestBatch(s3, watched, lines);

    await handler(mapBatchOf(s3, keys), contextOf());

    const counted = lines.filter(({ message }) => message === 'photos');

    expect(counted).toHaveLength(2);
    expect(counted[0]).toMatchObject({ FunctionName: 'shop-batch', Unsure: expect.any(Array), ColdStart: 1 });
    expect(counted[0]?.Bytes).toHaveLength(100);
  });

  it('keeps a share of the photos with their records, the same ones each time', async () => {
    const keys = Array.from({ length: 24 }, (_, index) => `${index}.jpg`);
    for (const key of keys) store(s3, key, redPhoto);
    const handler = await wireTestBatch(s3, { KEEP_BUCKET: 'kept/shop', KEEP_RANDOM_SHARE: '0.5' });
    const keptPaths = () => [...s3.objects.keys()].filter((path) => path.startsWith('kept/'));

    await handler(mapBatchOf(s3, keys), contextOf());
    const first = keptPaths();
    await handler(mapBatchOf(s3, keys), contextOf());

    expect(keptPaths()).toEqual(first);
    expect(first.length).toBeGreaterThan(4);
    expect(first.length).toBeLessThan(44);

    const [photo = '', record = ''] = first;

    expect(photo).toMatch(/^kept\/shop\/kept\/date=[\d-]{10}\/verdict=uncalibrated\/[\da-f]{64}\.jpg$/);
    expect(s3.objects.get(photo)).toEqual(redPhoto);
    expect(readLines(s3.objects.get(record) ?? new Uint8Array())).toMatchObject([{ label: 'red' }]);
  });

  it('keeps nothing unless it is told where', async () => {
    store(s3, 'a.jpg', redPhoto);
    const handler = await wireTestBatch(s3, { KEEP_RANDOM_SHARE: '1' });

    await handler(mapBatchOf(s3, ['a.jpg']), contextOf());

    expect([...s3.objects.keys()].filter((path) => !/^(?:photos|results)\//.test(path))).toEqual([]);
  });

  it.each([
    ['BATCH_RESULTS', 'No Such Bucket'],
    ['BATCH_TOP', '0'],
    ['KEEP_UNSURE_SHARE', '2'],
  ])('refuses to start with %s set to %s', async (variable, value) => {
    await expect(wireTestBatch(s3, { [variable]: value })).rejects.toMatchObject({ key: variable });
  });
});
