import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogFields } from '../../../function/invocation/request-log.ts';
import { wireService } from '../../../function/wire.ts';
import { drawnJpeg } from '../../helpers/drawn-jpeg.ts';
import { type S3StandIn, startS3StandIn } from '../../helpers/s3-stand-in.ts';
import { contextFor, request } from '../../helpers/test-service.ts';
import { writeTinyModel } from '../../helpers/tiny-model.ts';

const photo = drawnJpeg(16, 16);
const digest = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');
let s3: S3StandIn;

beforeEach(async () => {
  s3 = await startS3StandIn();
});
afterEach(() => s3.close());

async function send(environment: Record<string, string>, bytes: Uint8Array = photo) {
  const lines: LogFields[] = [];
  const service = wireService(
    { ...s3.environment, MODEL_DIRECTORY: writeTinyModel(), ...environment },
    { startsCold: false, log: (line) => lines.push(line) },
  );
  const later: (() => Promise<void>)[] = [];
  const context = { ...contextFor(), afterAnswer: (work: () => Promise<void>) => void later.push(work) };
  const { status } = await request(service, { method: 'POST', path: '/predict', body: bytes }, undefined, context);
  const putsBefore = s3.requests.length;
  for (const work of later) await work();
  return { status, putsBefore, lines, works: later.length };
}

describe('photos that callers send', () => {
  it('are copied with their answers once they are answered, where the owner says so', async () => {
    const { status, putsBefore } = await send({ KEEP_BUCKET: 'kept/shop', KEEP_RANDOM_SHARE: '1' });

    const [path = '', recordPath = ''] = s3.objects.keys();
    const record = JSON.parse(Buffer.from(s3.objects.get(recordPath) ?? '').toString());
    const id = digest(`${digest(photo)}\n${record.modelVersion}`);

    expect([status, putsBefore]).toEqual([200, 0]);
    expect(path).toMatch(/^kept\/shop\/kept\/date=[\d-]{10}\/verdict=uncalibrated\//);
    expect(path.endsWith(`/${id}.jpg`)).toBe(true);
    expect(s3.objects.get(path)).toEqual(photo);
    expect(record).toMatchObject({ id, file: `${id}.jpg`, sha256: digest(photo), sizeInBytes: photo.length });
    expect(Object.keys(record).sort().join(' ')).toBe(
      'file id label modelName modelVersion photo predictions probability sha256 sizeInBytes verdict',
    );
  });

  it.each([
    ['nobody says so', {}, 0],
    ['their share is none', { KEEP_BUCKET: 'kept', KEEP_UNSURE_SHARE: '0', KEEP_RANDOM_SHARE: '0' }, 1],
  ])('are not where %s', async (_case, environment, works) => {
    const sent = await send(environment);

    expect(sent).toMatchObject({ status: 200, works });
    expect(s3.objects.size).toBe(0);
  });

  it('are not where they are none', async () => {
    const { status } = await send({ KEEP_BUCKET: 'kept', KEEP_RANDOM_SHARE: '1' }, photo.subarray(0, 200));

    expect(status).toBe(422);
    expect(s3.objects.size).toBe(0);
  });

  it('are answered all the same where the bucket takes none', async () => {
    await s3.close();
    s3 = await startS3StandIn({ fault: () => ({ status: 403, code: 'AccessDenied' }) });

    const { status, lines } = await send({ KEEP_BUCKET: 'kept', KEEP_RANDOM_SHARE: '1' });

    expect(status).toBe(200);
    expect(lines).toContainEqual(expect.objectContaining({ message: 'a photo was not kept', level: 'warn' }));
  });

  it('are spoken of by /health and the page', async () => {
    const page = '<script>x</script><p class="hint privacy">Nothing is stored.</p>';
    const settings = { MODEL_DIRECTORY: writeTinyModel(), KEEP_BUCKET: 'kept', ...s3.environment };
    const service = wireService(settings, { startsCold: false, log: () => undefined, readPage: async () => page });

    expect((await request(service, { path: '/health' })).json.keepsPhotos).toBe(true);
    const { text } = await request(service, { path: '/' });

    expect(text).toContain('some are kept there for a while');
    expect(text).not.toContain('Nothing is stored');
  });

  it('stop the start where a share is none', async () => {
    const service = wireService({ KEEP_BUCKET: 'kept', KEEP_RANDOM_SHARE: '2', ...s3.environment });

    await expect(service.checkFetching()).rejects.toMatchObject({ key: 'KEEP_RANDOM_SHARE' });
  });
});
