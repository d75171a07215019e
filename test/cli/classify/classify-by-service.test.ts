import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { classifyByService } from '../../../cli/classify/classify-by-service.ts';
import { openDeployedService } from '../../../cli/classify/deployed-service.ts';
import type { FileResult } from '../../../cli/classify/messages.ts';
import { createObjectFetcher } from '../../../function/fetch/fetch-object.ts';
import { readLimits } from '../../../function/settings/limits.ts';
import { drawnJpeg } from '../../helpers/drawn-jpeg.ts';
import { type S3StandIn, startS3StandIn } from '../../helpers/s3-stand-in.ts';
import { startService } from '../../helpers/start-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'by-service-'));
const write = (name: string, bytes: Uint8Array) => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const small = write('small.jpg', drawnJpeg(16, 16));
const large = write('large.jpg', Buffer.concat([drawnJpeg(16, 16, 2), Buffer.alloc(5_000)]));
const broken = write('broken.jpg', drawnJpeg(40, 30).subarray(0, 400));
/** So that what is large here is small enough for a test. */
const limits = readLimits({ MAXIMUM_BODY_SIZE_IN_BYTES: '4000' });
const place = { bucket: 'shop-uploads', prefix: '' };
let s3: S3StandIn;

beforeAll(async () => {
  s3 = await startS3StandIn();
});
afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true });
});

async function ask(url: string, files: readonly string[], environment: Record<string, string> = {}) {
  const results: FileResult[] = [];
  const labels: string[] = [];
  await classifyByService(files, {
    ...{ environment, url, explain: false, thumbnails: false, standardInput: undefined, workers: 3 },
    onLabels: (known) => labels.push(...known),
    onResult: (result) => results.push(result),
  });
  return { results, labels };
}

function startWithUploads() {
  const { environment } = s3;
  const fetchObject = createObjectFetcher({
    ...{ allowedBuckets: [`${place.bucket}/uploads/`], environment },
    ...{ maximumSizeInBytes: 20_000_000, timeoutInMilliseconds: 5_000 },
  });
  return startService({
    limits,
    fetchObject,
    upload: { place, maximumPhotoSizeInBytes: limits.maximumPhotoSizeInBytes, environment },
  });
}

/** Its address; ends with the test. */
async function startAnswering(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('photos of this machine, answered by a service', () => {
  it('come out in their order, with every label, and those that are none as errors', async () => {
    const { url } = await startService();

    const { results, labels } = await ask(`${url}/`, [small, broken, join(folder, 'missing.jpg'), small]);

    expect(labels).toEqual(['red', 'green']);
    expect(results).toMatchObject([
      { file: small, answer: { predictions: [{}, {}] }, content: { sizeInBytes: drawnJpeg(16, 16).length } },
      { file: broken, error: { code: 'corrupt_photo' } },
      { error: { code: 'unreadable_file' } },
      { file: small },
    ]);
  });

  it('go by way of its storage where they are too large for a request', async () => {
    const { url } = await startWithUploads();

    const { results } = await ask(url, [large, small]);

    expect(results).toMatchObject([
      { answer: { photo: { width: 16 } }, content: { sizeInBytes: expect.any(Number) } },
      {},
    ]);
    const [key, stored] = [...s3.objects].find(([path]) => path.startsWith('shop-uploads/uploads/')) ?? [];
    expect(key).toMatch(/^shop-uploads\/uploads\/[\da-f-]{36}$/);
    expect(stored?.length).toBe(drawnJpeg(16, 16, 2).length + 5_000);
  });

  it('are refused where they are too large and it takes no uploads', async () => {
    const { url } = await startService({ limits });

    const { results } = await ask(url, [large]);

    expect(results).toMatchObject([
      { error: { code: 'photo_too_large', hint: expect.stringContaining('uploads on') } },
    ]);
  });

  it('need its secret', async () => {
    const { url } = await startService({ secret: 'a-long-secret' });

    await expect(ask(url, [small])).rejects.toMatchObject({ hint: expect.stringContaining('API_SECRET') });
    expect((await ask(url, [small], { API_SECRET: 'a-long-secret' })).results).toMatchObject([{ answer: {} }]);
  });

  it.each([
    'http://x.test',
    'http://192.0.2.1:8080/lens',
  ])('keep the secret from %s, which anybody can read on', async (url) => {
    const fetchDoor = vi.fn<typeof fetch>();

    await expect(openDeployedService(url, { secret: 'a-long-secret', fetchDoor })).rejects.toThrow(
      `The secret is not sent to ${new URL(url).origin}`,
    );

    expect(fetchDoor).not.toHaveBeenCalled();
  });

  it('go to no other place by a redirect, and the secret neither', async () => {
    const asked: (string | undefined)[] = [];
    const url = await startAnswering((request, response) => {
      asked.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    });

    const asking = ask(url, [small], { API_SECRET: 'a-long-secret' });

    await expect(asking).rejects.toThrow('gives no answer');
    expect(asked).toEqual(['/health']);
  });

  it('need credentials of AWS where it answers signed requests alone', async () => {
    const url = await startAnswering((_, response) => response.writeHead(403).end('{"Message":"Forbidden"}'));

    await expect(ask(url, [small])).rejects.toMatchObject({ hint: expect.stringContaining('AWS_PROFILE') });
  });

  it('end with a sentence where nobody answers, or something else does', async () => {
    await expect(ask('http://127.0.0.1:9', [small])).rejects.toThrow('http://127.0.0.1:9 gives no answer: bad port');
    await expect(ask(s3.url, [small])).rejects.toThrow(/status 404|something else/);
  });
});

describe('a deployed service', () => {
  const health = { model: { labels: ['red', 'green'] }, limits: { bodySizeInBytes: 4_000 } };
  const answers = (...statuses: number[]) => {
    const asked: string[] = [];
    const fetchDoor = async (url: string) => {
      asked.push(new URL(url).pathname);
      if (url.endsWith('/health')) return Response.json(health);
      return Response.json({ label: 'red' }, { status: statuses.shift() ?? 200 });
    };
    return { asked, fetchDoor };
  };
  const noWait = async () => undefined;

  it('is asked again while it is busy', async () => {
    const { asked, fetchDoor } = answers(429, 503);
    const service = await openDeployedService('https://x.test', { secret: undefined, fetchDoor, wait: noWait });

    const answer = await service.predict(new Uint8Array(10), { explain: false });

    expect(answer).toEqual({ label: 'red' });
    expect(asked).toEqual(['/health', '/predict', '/predict', '/predict']);
  });

  it('may not answer without an end, which is said of the photo and not asked for again', async () => {
    const { asked, fetchDoor } = answers();
    const endless = async (url: string) =>
      url.endsWith('/health') ? await fetchDoor(url) : new Response(new Uint8Array(16_000_001));
    const service = await openDeployedService('https://x.test', {
      secret: undefined,
      fetchDoor: endless,
      wait: noWait,
    });

    const answer = service.predict(new Uint8Array(10), { explain: false });

    await expect(answer).rejects.toMatchObject({
      status: 200,
      message: 'The answer of https://x.test is larger than the 16000000 bytes that it may have.',
    });
    expect(asked).toEqual(['/health']);
  });

  it('is given up on after six times', async () => {
    const { fetchDoor } = answers(...Array(9).fill(429));
    const service = await openDeployedService('https://x.test', { secret: undefined, fetchDoor, wait: noWait });

    await expect(service.predict(new Uint8Array(10), { explain: true })).rejects.toMatchObject({ status: 429 });
  });
});
