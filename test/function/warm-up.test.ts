import { expect, test } from 'vitest';
import { decodePhoto } from '../../function/photo/decode-photo.ts';
import { warmUp } from '../../function/warm-up.ts';
import { buildWarmUpPhoto } from '../../function/warm-up-photo.ts';

test('draws a JPEG that the service decodes whole, with detail in its last rows too', async () => {
  const { pixels, photo } = await decodePhoto(buildWarmUpPhoto(), { maximumPixels: 60_000 });
  expect(photo).toMatchObject({ format: 'jpeg', width: 240, height: 240, decoder: 'own' });
  expect(new Set(pixels.data.subarray(239 * 240 * 3)).size).toBeGreaterThan(20);
});

test('posts the photo to the handler until it has run often enough', async () => {
  const events: unknown[] = [];
  const handler = async (event: unknown) => events.push(event);
  expect(await warmUp(handler, 60_000)).toBe(8);
  expect(events).toHaveLength(8);
  expect(events[0]).toMatchObject({ rawPath: '/predict', isBase64Encoded: true });
});

test('begins no photo once its time is over', async () => {
  const handler = async () => new Promise((resolve) => setTimeout(resolve, 30));
  expect(await warmUp(handler, 10)).toBe(1);
  expect(await warmUp(handler, 0)).toBe(0);
});
