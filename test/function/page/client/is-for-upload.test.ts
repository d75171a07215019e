import { expect, it } from 'vitest';
import type { HealthBody } from '../../../../facts/answers.ts';
import { isForUpload } from '../../../../function/page/client/is-for-upload.ts';

const limits = { bodySizeInBytes: 4_500_000, photoSizeInBytes: 20_000_000, pixels: 50_000_000, items: 16 };
const on = { limits, uploads: true } as HealthBody;

it.each([
  ['larger than a request takes', 4_500_001, 'image/jpeg', on, true],
  ['as large as it takes', 4_500_000, 'image/jpeg', on, false],
  ['as large as it is taken at all', 20_000_000, 'image/webp', on, true],
  ['larger than that, which can only be made smaller', 20_000_001, 'image/png', on, false],
  ['of a format that the browser alone may know', 8_000_000, 'image/heic', on, false],
  ['where no uploads are taken', 8_000_000, 'image/jpeg', { limits } as HealthBody, false],
  ['where nothing is known of the service', 8_000_000, 'image/jpeg', undefined, false],
])('sends a photo by way of the storage or not: %s', (_case, size, type, health, expected) => {
  expect(isForUpload({ size, type }, health)).toBe(expected);
});
