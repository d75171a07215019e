import { afterEach, describe, expect, it } from 'vitest';
import { getObject } from '../../../function/s3/get-object.ts';
import { type ListedObject, listObjects } from '../../../function/s3/list-objects.ts';
import { putObject } from '../../../function/s3/put-object.ts';
import { createS3Client } from '../../../function/s3/s3-client.ts';
import {
  etagOf,
  type S3Fault,
  type S3StandIn,
  type S3StandInOptions,
  startS3StandIn,
} from '../../helpers/s3-stand-in.ts';

const servers: S3StandIn[] = [];
const { signal } = new AbortController();

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(options: S3StandInOptions = {}, timeoutInMilliseconds = 2_000) {
  const s3 = await startS3StandIn(options);
  servers.push(s3);
  const pauses: number[] = [];
  const wait = async (milliseconds: number) => pauses.push(milliseconds);
  const send = createS3Client({ environment: s3.environment, timeoutInMilliseconds, connections: 1, wait });
  return { s3, send, pauses };
}

/** Answers by these faults, one after another, and then as it should. */
function firstBy(...faults: readonly S3Fault[]) {
  const left = [...faults];
  return () => left.shift();
}

const slowDown: S3Fault = { status: 503, code: 'SlowDown' };
const location = { bucket: 'photos', key: 'a b+c/ü%.jpg' };
const limits = { maximumSizeInBytes: 1_000, signal };

describe('the client of S3', () => {
  it('reads what it wrote over one connection', async () => {
    const { s3, send } = await start();
    const bytes = Buffer.from('a photo');

    await putObject(send, location, bytes, { contentType: 'image/jpeg', signal });
    const read = await getObject(send, { ...location, etag: etagOf(bytes) }, limits);

    expect(Buffer.from(read.bytes).toString()).toBe('a photo');
    expect(read.etag).toBe(etagOf(bytes));
    expect(s3.connections()).toBe(1);
  });

  it('tries again what may pass, after pauses that may double', async () => {
    const { s3, send, pauses } = await start({ fault: firstBy(slowDown, { status: 500, code: 'InternalError' }) });
    s3.objects.set('photos/a', Buffer.from('here'));

    await getObject(send, { bucket: 'photos', key: 'a' }, limits);

    expect(pauses).toHaveLength(2);
    expect(pauses[0]).toBeLessThanOrEqual(100);
    expect(pauses[1]).toBeLessThanOrEqual(200);
  });

  it.each<[S3Fault, string, number]>([
    [slowDown, 'passing', 4],
    [{ status: 429, code: 'TooManyRequests' }, 'passing', 4],
    [{ status: 400, code: 'RequestTimeout' }, 'passing', 4],
    [{ status: 400, code: 'ExpiredToken' }, 'passing', 4],
    [{ status: 403, code: 'AccessDenied' }, 'refused', 1],
    [{ status: 404, code: 'NoSuchBucket' }, 'refused', 1],
    [{ status: 301, code: 'PermanentRedirect' }, 'refused', 1],
    [{ status: 404, code: 'NoSuchKey' }, 'gone', 1],
    [{ status: 404, code: 'NoSuchVersion' }, 'gone', 1],
    [{ status: 412, code: 'PreconditionFailed' }, 'gone', 1],
    [{ status: 403, code: 'InvalidObjectState' }, 'gone', 1],
  ])('takes %j for %s, after %i attempts', async (fault, kind, attempts) => {
    const { s3, send } = await start({ fault: () => fault });

    await expect(getObject(send, location, limits)).rejects.toMatchObject({ name: 'S3Error', kind, code: fault.code });
    expect(s3.requests).toHaveLength(attempts);
  });

  it('takes silence for what may pass', async () => {
    const { send } = await start({ delayInMilliseconds: 500 }, 20);

    await expect(getObject(send, location, limits)).rejects.toMatchObject({ kind: 'passing' });
  });

  it('takes a server that is not there for what may pass', async () => {
    const { s3, send } = await start();
    await servers.pop()?.close();

    await expect(getObject(send, location, limits)).rejects.toMatchObject({ kind: 'passing' });
    expect(s3.requests).toEqual([]);
  });

  it('goes on with a new connection where S3 has closed the kept one', async () => {
    const { s3, send } = await start();
    s3.objects.set('photos/a', Buffer.from('here'));
    await getObject(send, { bucket: 'photos', key: 'a' }, limits);

    s3.dropConnections();
    await getObject(send, { bucket: 'photos', key: 'a' }, limits);

    expect(s3.connections()).toBe(2);
  });

  it('says by its own words that nobody waits any more', async () => {
    const { send } = await start({ delayInMilliseconds: 500 });
    const reason = new Error('over');

    await expect(getObject(send, location, { ...limits, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('refuses an object that is larger than it may be', async () => {
    const { s3, send } = await start();
    s3.objects.set('photos/a', new Uint8Array(1_001));

    await expect(getObject(send, { bucket: 'photos', key: 'a' }, limits)).rejects.toMatchObject({
      code: 'photo_too_large',
    });
  });

  it('has no credentials as something that its owner mends', async () => {
    const send = createS3Client({ environment: {}, timeoutInMilliseconds: 1_000, connections: 1 });

    await expect(getObject(send, location, limits)).rejects.toMatchObject({ kind: 'refused' });
  });
});

describe('a list of objects', () => {
  it('goes over all pages, with keys as they are', async () => {
    const { s3, send } = await start();
    const keys = ['in/a b.jpg', 'in/b+c.jpg', 'in/d&e<f>.jpg', 'in/g%20h.jpg', 'in/ü.jpg'];
    for (const key of [...keys, 'out/x.jpg']) s3.objects.set(`photos/${key}`, Buffer.from(key));

    const listed: ListedObject[] = [];
    for await (const object of listObjects(send, { bucket: 'photos', prefix: 'in/', signal })) listed.push(object);

    expect(listed.map(({ key }) => key).sort()).toEqual([...keys].sort());
    expect(listed[0]).toEqual({
      key: 'in/a b.jpg',
      etag: etagOf(Buffer.from('in/a b.jpg')),
      sizeInBytes: Buffer.byteLength('in/a b.jpg'),
    });
  });
});
