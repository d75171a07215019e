import { afterAll, beforeAll, expect, it } from 'vitest';
import { createByteBudget } from '../../../function/batch/byte-budget.ts';
import { createClassifyPhotos } from '../../../function/batch/classify-photos.ts';
import { createDeadline } from '../../../function/invocation/deadline.ts';
import { onThisThread } from '../../../function/prediction/classify-photo.ts';
import { createSerialQueue } from '../../../function/prediction/serial-queue.ts';
import { readSettings } from '../../../function/settings/settings.ts';
import { createPhotoThreads } from '../../../function/threads/photo-threads.ts';
import { wirePhotos } from '../../../function/wire-photos.ts';
import { drawnJpeg } from '../../helpers/drawn-jpeg.ts';
import { createTestService, request } from '../../helpers/test-service.ts';
import { writeTinyModel } from '../../helpers/tiny-model.ts';

const settings = readSettings({ MODEL_DIRECTORY: writeTinyModel(), MAXIMUM_PIXELS: '10000' });
const threads = createPhotoThreads(2, settings);
const here = onThisThread(wirePhotos(settings), createSerialQueue());
beforeAll(() => threads.start());
afterAll(() => threads.close(0));

const whole = [drawnJpeg(16, 16), drawnJpeg(90, 40), drawnJpeg(33, 70), drawnJpeg(64, 64)];
const cut = drawnJpeg(90, 40).subarray(0, 700);

it('answers as one thread does, to the last bit, in the order of the questions', async () => {
  const deadline = createDeadline(Date.now() + 60_000);
  const ask = (from: typeof here) =>
    Promise.all(whole.map((bytes) => from.classify(bytes, { explain: true, deadline }).then(withoutTimes)));

  const [ours, theirs] = [await ask(here), await ask(threads)];
  deadline.release();

  expect(theirs).toEqual(ours);
  expect(await threads.model()).toEqual(await here.model());
});

it.each([
  ['a damaged photo', cut, 'corrupt_photo', 422],
  ['a photo over a limit', drawnJpeg(200, 200), 'photo_too_large', 413],
  ['another kind of file', Buffer.from('GIF89a and more of it'), 'unsupported_format', 415],
])('tells %s as one thread does', async (_what, body, code, status) => {
  const service = createTestService({ threads, limits: settings.limits });
  const alone = createTestService({ limits: settings.limits });
  const parts = { method: 'POST', path: '/predict', headers: { 'content-type': 'image/jpeg' }, body };

  const [answer, expected] = [await request(service, parts), await request(alone, parts)];

  expect(answer.status).toBe(status);
  expect(answer.json).toEqual(expected.json);
  expect(answer.json.error.code).toBe(code);
});

it('keeps the errors of items with their items', async () => {
  const service = createTestService({ threads, limits: settings.limits });
  const items = [whole[0], cut, whole[1]].map((bytes) => ({ image: Buffer.from(bytes ?? []).toString('base64') }));
  const headers = { 'content-type': 'application/json' };

  const { json } = await request(service, {
    method: 'POST',
    path: '/predict',
    headers,
    body: Buffer.from(JSON.stringify({ items })),
  });

  expect(json.items).toMatchObject([
    { label: expect.any(String) },
    { error: { code: 'corrupt_photo' } },
    { photo: { width: 90 } },
  ]);
});

it('begins no photo after its deadline', async () => {
  const deadline = createDeadline(Date.now() - 1);

  await expect(threads.classify(drawnJpeg(16, 16), { explain: false, deadline })).rejects.toMatchObject({
    code: 'too_slow',
  });

  deadline.release();
});

it('leaves photos to the thread that asks until it is ready', async () => {
  const later = createPhotoThreads(1, settings);
  const service = createTestService({ threads: later, limits: settings.limits });
  const body = drawnJpeg(16, 16);
  const parts = { method: 'POST', path: '/predict', headers: { 'content-type': 'image/jpeg' }, body };

  const before = await request(service, parts);
  const wasReady = later.isReady();
  await later.start();
  const after = await request(service, parts);
  await later.close(0);

  expect([wasReady, later.isReady()]).toEqual([false, true]);
  expect({ ...after.json, timing: {} }).toEqual({ ...before.json, timing: {} });
});

it('says which model cannot be loaded, in words for its owner', async () => {
  const broken = createPhotoThreads(2, { ...settings, modelDirectory: '/nowhere/model' });

  await expect(broken.start()).rejects.toMatchObject({
    message: expect.stringContaining('no model directory'),
    hint: expect.stringContaining('lambda-lens import'),
  });

  await broken.close(0);
});

function withoutTimes({ classification, photo }: Awaited<ReturnType<typeof here.classify>>) {
  const { timing: _timing, ...answer } = classification;
  return { ...answer, photo };
}

it('gives a batch the records that one thread gives it, in the order of its photos', async () => {
  const deadline = createDeadline(Date.now() + 60_000);
  const files = [...whole, cut, ...whole];
  const photos = files.map((_file, index) => ({ bucket: 'photos', key: `${index}.jpg`, etag: String(index) }));
  const batchOn = (place: typeof here) =>
    createClassifyPhotos({
      place: () => place,
      readObject: async ({ key }) => ({ bytes: files[Number.parseInt(key, 10)] as Uint8Array, etag: undefined }),
      budget: createByteBudget(1_000_000),
      ahead: 4,
      maximumPhotoSizeInBytes: 100_000,
      top: 3,
    });
  const recordsOf = async (place: typeof here) => {
    const outcomes = await batchOn(place)(photos, deadline);
    return [...outcomes].map(([name, outcome]) => [name, outcome.kind === 'done' ? outcome.record : outcome.failure]);
  };

  const [ours, theirs] = [await recordsOf(here), await recordsOf(threads)];
  deadline.release();

  expect(theirs).toEqual(ours);
  expect(theirs.filter(([, record]) => 'error' in (record as object))).toHaveLength(1);
});
