import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type S3StandIn, startS3StandIn } from '../../helpers/s3-stand-in.ts';
import { contextOf, wireTestBatch } from './batch-service.ts';

let s3: S3StandIn;

beforeEach(async () => {
  s3 = await startS3StandIn();
});

afterEach(() => s3.close());

const Counts = {
  photos: 3,
  answered: 2,
  failed: 1,
  skipped: 0,
  verdicts: { confident: 2 },
  codes: { corrupt_photo: 1 },
  sizeInBytes: 500,
  durationMs: 90,
};
const folder = 'shop/runs/first/map/';
const marker = 'results/shop/runs/first/complete.json';
const Finish = {
  run: 'first',
  startedAt: '2026-11-27T06:00:00.000Z',
  source: 's3://photos/new/',
  ResultWriterDetails: { Bucket: 'results', Key: `${folder}manifest.json` },
};

/** Puts down what a result writer leaves: a manifest, and its files of children. */
function writeMapResults(files: Readonly<Record<string, Readonly<Record<string, string>>>>): void {
  const ResultFiles = Object.fromEntries(
    Object.entries(files).map(([status, contents]) => [
      status,
      Object.entries(contents).map(([name, content]) => {
        s3.objects.set(`results/${folder}${name}`, Buffer.from(content));
        return { Key: `${folder}${name}`, Size: content.length };
      }),
    ]),
  );
  s3.objects.set(`results/${folder}manifest.json`, Buffer.from(JSON.stringify({ ResultFiles })));
}

const child = JSON.stringify({ Counts });

describe('the end of a run', () => {
  it.each([
    ['a line for each child', `${child}\n${child}\n`],
    ['a list of what children answered', `[${child},${child}]`],
    [
      'a list of children with what they were asked',
      JSON.stringify([1, 2].map(() => ({ Input: '{}', Output: child }))),
    ],
  ])('adds up %s and writes the marker', async (_what, content) => {
    writeMapResults({ SUCCEEDED: { 'SUCCEEDED_0.jsonl': content }, FAILED: {}, PENDING: {} });
    const handler = await wireTestBatch(s3);

    const answer = await handler({ Finish }, contextOf());

    expect(answer).toMatchObject({
      run: 'first',
      source: 's3://photos/new/',
      complete: true,
      batchesMissing: 0,
      counts: { photos: 6, answered: 4, failed: 2, verdicts: { confident: 4 }, codes: { corrupt_photo: 2 } },
    });
    expect(JSON.parse(Buffer.from(s3.objects.get(marker) ?? []).toString())).toEqual(answer);
  });

  it.each(['FAILED', 'PENDING'])('writes no marker where children are %s', async (status) => {
    writeMapResults({ SUCCEEDED: { 'SUCCEEDED_0.jsonl': `${child}\n` }, [status]: { 'other_0.jsonl': '{}\n{}\n' } });
    const handler = await wireTestBatch(s3);

    const answer = await handler({ Finish }, contextOf());

    expect(answer).toMatchObject({ complete: false, batchesMissing: 2, counts: { photos: 3 } });
    expect(s3.objects.has(marker)).toBe(false);
  });

  it.each([
    ['no run', { ...Finish, run: undefined }],
    ['a run that leads elsewhere', { ...Finish, run: '../x' }],
    ['no place of the results', { ...Finish, ResultWriterDetails: {} }],
  ])('refuses %s', async (_what, finish) => {
    const handler = await wireTestBatch(s3);

    await expect(handler({ Finish: finish }, contextOf())).rejects.toMatchObject({ code: 'bad_request' });
  });
});
