import { expect, it } from 'vitest';
import { warmUp } from '../../../function/warm-up/warm-up.ts';
import { buildWarmUpPhoto } from '../../../function/warm-up/warm-up-photo.ts';
import { decodePhoto } from '../../../photo/decode-photo.ts';

it('draws a JPEG that the service decodes whole, with detail in its last rows too', async () => {
  const { pixels, photo } = await decodePhoto(buildWarmUpPhoto(), { maximumPixels: 96_000 });

  expect(photo).toMatchObject({ format: 'jpeg', width: 240, height: 400, decoder: 'own' });
  expect(new Set(pixels.data.subarray(399 * 240 * 3)).size).toBeGreaterThan(100);
});

it('posts the photo to the handler', async () => {
  const events: unknown[] = [];

  await warmUp(async (event) => events.push(event));

  expect(events).toMatchObject([{ rawPath: '/predict', isBase64Encoded: true }]);
  expect(events[0]).toHaveProperty('body', Buffer.from(buildWarmUpPhoto()).toString('base64'));
});
