import { expect, it } from 'vitest';
import { warmUp } from '../../../function/warm-up/warm-up.ts';
import { buildWarmUpPhoto } from '../../../function/warm-up/warm-up-photo.ts';
import { decodePhoto } from '../../../photo/decode-photo.ts';

it('draws a JPEG that the service decodes whole, with detail in its last rows too', async () => {
  const { pixels, photo } = await decodePhoto(buildWarmUpPhoto(), { maximumPixels: 120_000 });

  expect(photo).toMatchObject({ format: 'jpeg', width: 240, height: 480, decoder: 'own' });
  expect(new Set(pixels.data.subarray(479 * 240 * 3)).size).toBeGreaterThan(100);
});

const nothing = async () => undefined;

it('posts the photo to the handler, then only decodes it, until both have run often enough', async () => {
  const events: unknown[] = [];
  const photos: Uint8Array[] = [];

  const done = await warmUp(
    async (event) => events.push(event),
    async (photo) => photos.push(photo),
    60_000,
  );

  expect(done).toEqual({ predictions: 2, decodes: 4 });
  expect([events.length, photos.length]).toEqual([2, 4]);
  expect(events[0]).toMatchObject({ rawPath: '/predict', isBase64Encoded: true });
  expect(photos[0]).toEqual(buildWarmUpPhoto());
});

it('begins no photo once its time is over', async () => {
  let milliseconds = 0;
  const slow = async () => {
    milliseconds += 30;
  };

  expect(await warmUp(slow, slow, 10, () => milliseconds)).toEqual({ predictions: 1, decodes: 0 });
  expect(await warmUp(nothing, nothing, 0)).toEqual({ predictions: 0, decodes: 0 });
});
