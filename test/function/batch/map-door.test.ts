import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type S3Fault, type S3StandIn, startS3StandIn } from '../../helpers/s3-stand-in.ts';
import {
  allRecords,
  brokenPhoto,
  contextOf,
  greenPhoto,
  mapBatchOf,
  readResults,
  redPhoto,
  store,
  toMapAnswer,
  wireTestBatch,
} from './batch-service.ts';

let s3: S3StandIn;
let fault: ((method: string, path: string) => S3Fault | undefined) | undefined;

beforeEach(async () => {
  fault = undefined;
  s3 = await startS3StandIn({ fault: (method, path) => fault?.(method, path) });
});

afterEach(() => s3.close());

const slowDown: S3Fault = { status: 503, code: 'SlowDown' };

describe('a batch of a Distributed Map', () => {
  it('is answered by counts alone, and its file lies under the day of the run', async () => {
    store(s3, 'a.jpg', redPhoto);
    store(s3, 'half.jpg', brokenPhoto);
    store(s3, 'folder/', new Uint8Array());
    const handler = await wireTestBatch(s3);

    const answer = toMapAnswer(await handler(mapBatchOf(s3, ['a.jpg', 'half.jpg', 'folder/']), contextOf()));

    expect(answer).toEqual({
      BatchInput: { bucket: 'photos', date: '2026-11-27', run: 'first' },
      Items: [],
      Counts: {
        photos: 2,
        answered: 1,
        failed: 1,
        skipped: 1,
        verdicts: { uncalibrated: 1 },
        codes: { corrupt_photo: 1 },
        sizeInBytes: redPhoto.length,
        durationMs: expect.any(Number),
      },
    });
    expect([...readResults(s3).keys()].join()).toContain('/date=2026-11-27/');
  });

  it('gives back what is not done as it came, and adds up when that is handed in again', async () => {
    store(s3, 'a.jpg', redPhoto);
    store(s3, 'late.jpg', greenPhoto);
    fault = (_method, path) => (path === 'photos/late.jpg' ? slowDown : undefined);
    const handler = await wireTestBatch(s3);
    const batch = mapBatchOf(s3, ['late.jpg', 'a.jpg']);

    const first = toMapAnswer(await handler(batch, contextOf()));
    fault = undefined;
    const second = toMapAnswer(await handler(first, contextOf()));

    expect(first.Items).toEqual([batch.Items[0]]);
    expect(first.Counts.photos).toBe(1);
    expect(second).toMatchObject({ Items: [], Counts: { photos: 2, answered: 2 } });
    expect(
      allRecords(s3)
        .map(({ key }) => key)
        .sort(),
    ).toEqual(['a.jpg', 'late.jpg']);
  });

  it('fails where nothing gets done, for the state machine to wait', async () => {
    store(s3, 'a.jpg', redPhoto);
    fault = () => slowDown;
    const handler = await wireTestBatch(s3);

    await expect(handler(mapBatchOf(s3, ['a.jpg']), contextOf())).rejects.toMatchObject({ code: 'busy' });
  });

  it('done again on another day rewrites its file with the same bytes', async () => {
    store(s3, 'a.jpg', redPhoto);
    const handler = await wireTestBatch(s3);
    const batch = mapBatchOf(s3, ['a.jpg']);

    await handler(batch, contextOf());
    const first = new Map(readResults(s3));
    await handler(batch, contextOf());

    expect(readResults(s3)).toEqual(first);
  });

  it('takes rows of an inventory: text for sizes, escaped keys, a bucket in each', async () => {
    store(s3, 'new/a coat.jpg', redPhoto);
    const handler = await wireTestBatch(s3);
    const item = { Bucket: 'photos', Key: 'new/a+coat.jpg', Size: String(redPhoto.length) };
    const BatchInput = { date: '2026-11-27', keysAreEscaped: true };

    const answer = toMapAnswer(await handler({ BatchInput, Items: [item] }, contextOf()));

    expect(answer.Counts.answered).toBe(1);
    expect(allRecords(s3)).toMatchObject([{ key: 'new/a coat.jpg' }]);
  });

  it('skips what of an inventory is no current photo below the prefix of the run', async () => {
    store(s3, 'new/a.jpg', redPhoto);
    const handler = await wireTestBatch(s3);
    const row = (Key: string, more = {}) => ({
      Bucket: 'photos',
      Key,
      IsLatest: 'true',
      IsDeleteMarker: 'false',
      ...more,
    });
    const Items = [
      row('new/a.jpg'),
      row('new/old.jpg', { IsLatest: 'false' }),
      row('new/gone.jpg', { IsDeleteMarker: 'true' }),
      row('old/b.jpg'),
    ];
    const BatchInput = { date: '2026-11-27', keysAreEscaped: true, prefix: 'new/' };

    const answer = toMapAnswer(await handler({ BatchInput, Items }, contextOf()));

    expect(answer).toMatchObject({ Items: [], Counts: { photos: 1, answered: 1, skipped: 3 } });
    expect(s3.requests.filter((request) => request.startsWith('GET'))).toEqual(['GET photos/new/a.jpg']);
  });

  it('has nothing to do where all of a batch is skipped', async () => {
    const handler = await wireTestBatch(s3);
    const Items = [{ Key: 'new/old.jpg', IsLatest: 'false' }];

    const answer = toMapAnswer(await handler({ BatchInput: { bucket: 'photos' }, Items }, contextOf()));

    expect(answer).toMatchObject({ Items: [], Counts: { photos: 0, skipped: 1 } });
    expect(s3.requests).toEqual([]);
  });

  it.each([
    ['an item without a key', { BatchInput: { bucket: 'photos' }, Items: [{ Size: 3 }] }],
    ['no bucket anywhere', { BatchInput: {}, Items: [{ Key: 'a.jpg' }] }],
    ['a day that is none', { BatchInput: { bucket: 'photos', date: '../..' }, Items: [{ Key: 'a.jpg' }] }],
  ])('refuses %s', async (_what, event) => {
    const handler = await wireTestBatch(s3);

    await expect(handler(event, contextOf())).rejects.toMatchObject({ code: 'bad_request' });
    expect(s3.requests).toEqual([]);
  });
});
