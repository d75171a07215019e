import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { etagOf, type S3Fault, type S3StandIn, startS3StandIn } from '../../helpers/s3-stand-in.ts';
import {
  allRecords,
  brokenPhoto,
  contextOf,
  greenPhoto,
  message,
  messageAbout,
  readResults,
  redPhoto,
  store,
  wireTestBatch,
} from './batch-service.ts';

let s3: S3StandIn;
let fault: ((method: string, path: string) => S3Fault | undefined) | undefined;

beforeEach(async () => {
  fault = undefined;
  s3 = await startS3StandIn({ fault: (method, path) => fault?.(method, path) });
});

afterEach(() => s3.close());

describe('messages of SQS', () => {
  it('come to one file with a record for each photo, in their order, bad photos included', async () => {
    store(s3, 'new/a coat+1.jpg', redPhoto);
    store(s3, 'half.jpg', brokenPhoto);
    store(s3, 'note.txt', Buffer.from('no picture at all'));
    const handler = await wireTestBatch(s3);
    const keys = ['new/a coat+1.jpg', 'half.jpg', 'note.txt'];

    const answer = await handler({ Records: keys.map((key) => messageAbout(s3, key)) }, contextOf());

    expect(answer).toEqual({ batchItemFailures: [] });

    const [[path = '', records = []] = []] = readResults(s3);

    expect(path).toMatch(/^results\/shop\/results\/model=[\da-f]{12}\/date=\d{4}-\d\d-\d\d\/[\da-f]{64}\.jsonl$/);
    expect(records).toMatchObject([
      { key: 'new/a coat+1.jpg', etag: etagOf(redPhoto), label: 'red', verdict: 'uncalibrated', modelName: 'tiny' },
      { key: 'half.jpg', error: { code: 'corrupt_photo' } },
      { key: 'note.txt', error: { code: 'unsupported_format' } },
    ]);
  });

  it.each<[string, S3Fault]>([
    ['throttled', { status: 503, code: 'SlowDown' }],
    ['forbidden, which whoever runs this mends', { status: 403, code: 'AccessDenied' }],
  ])('are reported as failed where their photo is %s, and the others are not', async (_what, found) => {
    store(s3, 'good.jpg', redPhoto);
    store(s3, 'held.jpg', greenPhoto);
    fault = (_method, path) => (path === 'photos/held.jpg' ? found : undefined);
    const handler = await wireTestBatch(s3);

    const answer = await handler(
      { Records: [messageAbout(s3, 'held.jpg', 'm-1'), messageAbout(s3, 'good.jpg', 'm-2')] },
      contextOf(),
    );

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
    expect(allRecords(s3)).toMatchObject([{ key: 'good.jpg' }]);
  });

  it('get a record where their photo is gone, or is another by now', async () => {
    store(s3, 'gone.jpg', redPhoto);
    store(s3, 'replaced.jpg', redPhoto);
    const event = { Records: [messageAbout(s3, 'gone.jpg'), messageAbout(s3, 'replaced.jpg')] };
    s3.objects.delete('photos/gone.jpg');
    store(s3, 'replaced.jpg', greenPhoto);
    const handler = await wireTestBatch(s3);

    const answer = await handler(event, contextOf());

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(allRecords(s3)).toMatchObject([
      { key: 'gone.jpg', error: { code: 'fetch_failed' } },
      { key: 'replaced.jpg', error: { code: 'fetch_failed' } },
    ]);
  });

  it('all fail where their results can not be written', async () => {
    store(s3, 'a.jpg', redPhoto);
    fault = (method) => (method === 'PUT' ? { status: 403, code: 'AccessDenied' } : undefined);
    const handler = await wireTestBatch(s3);

    const answer = await handler({ Records: [messageAbout(s3, 'a.jpg', 'm-1')] }, contextOf());

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
  });

  it('fail where they can not be read, whatever the others are', async () => {
    store(s3, 'a.jpg', redPhoto);
    const handler = await wireTestBatch(s3);
    const poison = ['not JSON', '{}', '[]', '{"Records":[]}', '{"Records":[{"eventSource":"aws:sns"}]}'];
    const Records = [...poison.map((body, index) => message(body, `p-${index}`)), messageAbout(s3, 'a.jpg')];

    const answer = await handler({ Records }, contextOf());

    expect(answer).toEqual({ batchItemFailures: poison.map((_body, index) => ({ itemIdentifier: `p-${index}` })) });
    expect(allRecords(s3)).toHaveLength(1);
  });

  it('are done without a file where they are about no photo', async () => {
    const handler = await wireTestBatch(s3);
    const removed = { Records: [{ eventSource: 'aws:s3', eventName: 'ObjectRemoved:Delete', s3: {} }] };
    const bodies = [{ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'photos' }, removed];
    store(s3, 'folder/', new Uint8Array());
    const Records = [
      ...bodies.map((body, index) => message(JSON.stringify(body), `${index}`)),
      messageAbout(s3, 'folder/'),
    ];

    const answer = await handler({ Records }, contextOf());

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(s3.requests).toEqual([]);
  });

  it('give a photo that came twice one record, and both are done', async () => {
    store(s3, 'a.jpg', redPhoto);
    const handler = await wireTestBatch(s3);

    const answer = await handler(
      { Records: [messageAbout(s3, 'a.jpg', 'm-1'), messageAbout(s3, 'a.jpg', 'm-2')] },
      contextOf(),
    );

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(allRecords(s3)).toHaveLength(1);
  });

  it('delivered again in another order write the same bytes to the same file', async () => {
    for (const [key, photo] of Object.entries({ 'a.jpg': redPhoto, 'b.jpg': greenPhoto })) store(s3, key, photo);
    const handler = await wireTestBatch(s3);
    const Records = ['a.jpg', 'b.jpg'].map((key) => messageAbout(s3, key));

    await handler({ Records }, contextOf());
    const first = readResults(s3);
    await handler({ Records: [...Records].reverse() }, contextOf());
    const second = readResults(s3);

    expect([...second.keys()]).toEqual([...first.keys()]);
    expect([...second.values()][0]?.toReversed()).toEqual([...first.values()][0]);
  });

  it('whose photos would pass the deadline are not begun and fail', async () => {
    store(s3, 'a.jpg', redPhoto);
    const handler = await wireTestBatch(s3);

    const answer = await handler({ Records: [messageAbout(s3, 'a.jpg', 'm-1')] }, contextOf(900));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
    expect(s3.requests).toEqual([]);
  });

  it('from a bucket that holds the results too do not bring those back as photos', async () => {
    const handler = await wireTestBatch(s3, { BATCH_RESULTS: 'photos' });
    store(s3, 'results/model=0/date=2026-11-27/0.jsonl', Buffer.from('{}'));

    const answer = await handler(
      { Records: [messageAbout(s3, 'results/model=0/date=2026-11-27/0.jsonl')] },
      contextOf(),
    );

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(s3.requests).toEqual([]);
  });
});
