import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getObject } from '../../function/s3/get-object.ts';
import { type ListedObject, listObjects } from '../../function/s3/list-objects.ts';
import { putObject } from '../../function/s3/put-object.ts';
import { createS3Client } from '../../function/s3/s3-client.ts';
import { wireService } from '../../function/wire.ts';
import { wireBatch } from '../../function/wire-batch.ts';
import { backlogDefinition } from '../../infra/bulk/backlog-definition.ts';
import { runCli } from '../cli/run-cli.ts';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import { payload2Event } from '../helpers/events.ts';
import { contextFor } from '../helpers/test-service.ts';
import { DrivenMap } from './driven-map.ts';
import { findPython } from './find-tools.ts';
import { type StartedMoto, startMoto } from './started-moto.ts';

const python = findPython();
const [photoCount, badCount] = [Number(process.env.BULK_PHOTOS ?? 60), Number(process.env.BULK_BAD ?? 4)];
const machine = 'arn:aws:states:eu-west-1:123456789012:stateMachine:lens';
const { signal } = new AbortController();

describe.skipIf(python === undefined)('a run over a bucket, against an S3 that moto simulates', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulk-'));
  const environment: Record<string, string> = {};
  let moto: StartedMoto;
  let driven: DrivenMap;
  let crashes = 0;
  /** Whether every fifth call of the function is killed, the first one too. */
  let crashing = false;
  let calls = 0;
  /** Where it is set, all calls but the first two wait for it: a run that can't end before it is stopped. */
  let stopped: Promise<void> | undefined;

  const bulk = (...words: readonly string[]) => {
    const named = ['--state-machine', machine, '--results', 'results/lens', '--region', 'eu-west-1'];
    return runCli(['bulk', ...words, ...named], environment);
  };
  const untilOver = async (run: string) => {
    for (let tries = 0; tries < 300; tries++) {
      const { output } = await bulk('status', run);
      if (!/^ {2}running/m.test(output)) return output;
      await sleep(500);
    }
    throw new Error(`${run} does not end.`);
  };

  beforeAll(async () => {
    moto = await startMoto(python ?? '', join(folder, 'python'));
    Object.assign(environment, moto.environment);
    const send = createS3Client({ environment, timeoutInMilliseconds: 20_000, connections: 8 });
    const put = (bucket: string, key: string, body: Uint8Array) =>
      putObject(send, { bucket, key }, body, { contentType: 'application/octet-stream', signal });
    for (const bucket of ['photos', 'results']) await moto.createBucket(bucket);
    for (let index = 0; index < photoCount; index++) {
      const whole = drawnJpeg(96 + (index % 7) * 8, 96 + (index % 5) * 8);
      // Half a photo is no photo.
      const bytes = index < badCount ? whole.subarray(0, whole.length / 2) : whole;
      await put('photos', `new/${String(index).padStart(5, '0')} +ü.jpg`, bytes);
    }
    await put('photos', 'new/', Buffer.alloc(0));
    await put('photos', 'old/another.jpg', drawnJpeg(64, 64));
    await putInventory(listObjects(send, { bucket: 'photos', prefix: '', signal }), put);

    const log = () => undefined;
    const handler = await wireBatch({ ...environment, BATCH_RESULTS: 'results/lens', MONITORING: 'off' }, { log });
    driven = new DrivenMap({
      definition: backlogDefinition({
        functionArn: 'lens',
        resultsBucket: 'results',
        resultsPrefix: 'lens/',
        photosInBatch: 10,
        concurrency: 2,
      }),
      list: (bucket, prefix) => listObjects(send, { bucket, prefix, signal }),
      read: async (bucket, key) =>
        Buffer.from((await getObject(send, { bucket, key }, { maximumSizeInBytes: 1e8, signal })).bytes).toString(),
      readBytes: async (bucket, key) =>
        (await getObject(send, { bucket, key }, { maximumSizeInBytes: 1e8, signal })).bytes,
      write: (bucket, key, body) => put(bucket, key, Buffer.from(body)),
      async invoke(payload) {
        const call = ++calls;
        if (call > 2) await stopped;
        const answer = await handler(payload, { requestId: 'one', deadlineAt: Date.now() + 60_000 });
        // Killed after its work: what it wrote is there, and nobody hears of it.
        if (crashing && call % 5 === 1) {
          crashes++;
          throw Object.assign(new Error('killed'), { code: 'Runtime.ExitError' });
        }
        return JSON.parse(JSON.stringify(answer));
      },
    });
    environment.AWS_ENDPOINT_URL_SFN = await driven.listen();
  });

  afterAll(() => {
    driven?.close();
    // Undefined where it never answered.
    (moto as StartedMoto | undefined)?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells what it takes, and starts nothing that nobody has said yes to', async () => {
    const { errors, output, code } = await bulk('start', 's3://photos/new/');

    expect(output).toContain(`${photoCount} photos, `);
    expect(output).toMatch(
      /It takes about \d+ s and costs less than a cent: \d+ instances, 35 ms a photo, eu-west-1 prices of/,
    );
    expect(errors).toContain('Nobody is there to say yes.');
    expect(code).toBe(1);
  });

  it('a sample has its photos and no others', async () => {
    await bulk('start', 's3://photos/new/', '--sample', '20', '--run', 'sample', '--yes');

    const status = await untilOver('sample');

    expect(status).toContain('20 of 20 photos done (100 %)');
    expect(status).toContain('complete: each of 20 photos has its record');
  });

  it('a whole run, stopped in the middle and resumed, has each photo once', async () => {
    const gate = Promise.withResolvers<void>();
    [crashing, calls, stopped] = [true, 0, gate.promise];
    await bulk('start', 's3://photos/new/', '--run', 'whole', '--yes');
    const stop = await bulk('stop', 'whole');
    gate.resolve();
    const status = await bulk('status', 'whole');

    expect(stop.output).toContain('whole is stopped.');
    expect(status.output).toContain('  aborted, begun');
    expect(status.output).toContain('not complete: "lambda-lens bulk resume whole" does what is missing');

    const resumed = await bulk('resume', 'whole');
    const [, rest = ''] = /run (\S+) has begun/.exec(resumed.output) ?? [];
    await untilOver(rest);
    crashing = false;
    const { output } = await bulk('resume', 'whole');

    expect(output).toBe(`Nothing is missing: each of ${photoCount} photos has its record. whole is complete.\n`);
    expect((await bulk('status', 'whole')).output).toContain(`${badCount} failed: ${badCount} corrupt_photo`);
    expect(crashes).toBeGreaterThan(0);
  });

  it.each(['csv', 'jsonl', 'parquet'])('its results are there as %s, each id once', async (format) => {
    const out = join(folder, format);

    const { output, code } = await bulk('results', 'whole', '--out', out, '--format', format);

    expect(code).toBe(0);
    expect(output).toContain(`${photoCount} photos: ${photoCount - badCount} answered, ${badCount} failed`);

    const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));

    expect(summary).toMatchObject({ photos: photoCount, failed: badCount, codes: { corrupt_photo: badCount } });

    const sheet = readFileSync(join(out, 'sheet.html'), 'utf8');

    expect(sheet.match(/<img src="data:image\/jpeg;base64,/g)?.length).toBeGreaterThan(5);
    if (format === 'csv') {
      expect(readFileSync(join(out, 'results.csv'), 'utf8').trim().split('\n')).toHaveLength(photoCount + 1);
    }
  });

  it('a photo that is too large for a request goes by an upload', async () => {
    const service = wireService(
      { ...environment, UPLOAD_BUCKET: 'photos' },
      { startsCold: false, log: () => undefined },
    );
    const ask = async (path: string, body: object) => {
      const event = payload2Event({ method: 'POST', path, body: Buffer.from(JSON.stringify(body)) });
      const { body: answer } = (await service.handler(event, contextFor())) as { body: string };
      return JSON.parse(answer);
    };
    const photo = drawnJpeg(1_500, 1_000);

    const { put, s3 } = await ask('/upload', { sizeInBytes: photo.length });
    const stored = await fetch(put.url, { method: 'PUT', body: Buffer.from(photo) });
    const answer = await ask('/predict', { s3 });

    expect(stored.status).toBe(200);
    expect(answer.photo).toMatchObject({ format: 'jpeg', width: 1_500, height: 1_000 });
  });

  it('a run over an inventory takes what is current below the prefix, and is resumed from it', async () => {
    crashing = true;
    const inventory = ['--inventory', 's3://photos/inventory/manifest.json'];
    const started = await bulk('start', 's3://photos/new/', ...inventory, '--run', 'listed', '--yes');
    await bulk('stop', 'listed');

    expect(started.output).toContain('What the inventory s3://photos/inventory/manifest.json lists');

    const resumed = await bulk('resume', 'listed');
    const [, rest = ''] = /run (\S+) has begun/.exec(resumed.output) ?? [];
    if (rest !== '') await untilOver(rest);
    crashing = false;

    expect((await bulk('resume', 'listed')).output).toContain(
      `Nothing is missing: each of ${photoCount} photos has its record. listed is complete.`,
    );
  });

  it('a run over an inventory that ends by itself counts what it skipped, and is complete', async () => {
    const inventory = ['--inventory', 's3://photos/inventory/manifest.json'];
    await bulk('start', 's3://photos/new/', ...inventory, '--run', 'whole-list', '--yes');

    const status = await untilOver('whole-list');

    expect(status).toContain(`complete: each of ${photoCount} photos has its record`);
  });

  it('a sample is drawn from an inventory as well', async () => {
    const inventory = ['--inventory', 's3://photos/inventory/manifest.json'];
    await bulk('start', 's3://photos/new/', ...inventory, '--sample', '7', '--run', 'listed-sample', '--yes');

    expect(await untilOver('listed-sample')).toContain('complete: each of 7 photos has its record');
  });

  it('says so where there is no such run', async () => {
    const { errors, code } = await bulk('results', 'other', '--out', join(folder, 'other'));

    expect(errors).toContain('There is no run called other.');
    expect(code).toBe(1);
  });
});

/** As S3 writes one of all versions, with what is no photo of the run: an old version, a deletion, what is elsewhere. */
async function putInventory(
  objects: AsyncIterable<ListedObject>,
  put: (bucket: string, key: string, body: Uint8Array) => Promise<void>,
): Promise<void> {
  const row = (...fields: readonly string[]) => `${fields.map((field) => JSON.stringify(field)).join(',')}\n`;
  const escapeKey = (key: string) => encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
  let rows =
    row('photos', 'new/gone.jpg', '', 'true', 'true', '0', '') +
    row('photos', 'new/old.jpg', '', 'false', 'false', '9', 'x');
  for await (const { key, etag, sizeInBytes } of objects) {
    rows += row('photos', escapeKey(key), '', 'true', 'false', String(sizeInBytes), etag);
  }
  const manifest = {
    sourceBucket: 'photos',
    destinationBucket: 'arn:aws:s3:::photos',
    fileFormat: 'CSV',
    fileSchema: 'Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, ETag',
    files: [{ key: 'inventory/data/1.csv.gz' }],
  };
  await put('photos', 'inventory/data/1.csv.gz', gzipSync(rows));
  await put('photos', 'inventory/manifest.json', Buffer.from(JSON.stringify(manifest)));
}
