import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { assets } from '../../function/bundling/assets.ts';
import { type TrainOptions, train } from '../../training/train.ts';
import { encodeRgbPng } from '../helpers/png-file.ts';
import { randomNumbers } from '../helpers/random-numbers.ts';
import { fillPixels, writeTinyModel } from '../helpers/tiny-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'train-'));
afterAll(() => rmSync(folder, { recursive: true }));
const body = writeTinyModel();
const random = randomNumbers(9);
const about = (value: number) => Math.round(value + 40 * (random() - 0.5));

/** Photos of nearly one colour. */
function write(directory: string, count: number, colour: readonly [number, number, number]): void {
  mkdirSync(directory, { recursive: true });
  for (let index = 0; index < count; index++) {
    const [red, green, blue] = colour;
    const pixels = fillPixels(4, 4, [about(red), about(green), about(blue)]);
    writeFileSync(join(directory, `${String(index).padStart(2, '0')}.png`), encodeRgbPng(pixels));
  }
}

const photos = join(folder, 'photos');
write(join(photos, 'red'), 14, [200, 60, 60]);
write(join(photos, 'green'), 12, [60, 200, 60]);
writeFileSync(join(photos, 'red', 'broken.jpg'), 'no photo');
write(join(folder, 'others'), 5, [60, 60, 220]);

const options: TrainOptions = {
  photos,
  others: join(folder, 'others'),
  body,
  cache: join(folder, 'cache'),
  engine: assets,
  threads: 1,
  seed: 1,
  onProgress: () => undefined,
};

it('learns to tell photos apart, the same each time, and reads each photo once', async () => {
  const first = await train(options, async (trained) => trained);
  const second = await train(options, async (trained) => trained);

  expect(first.learned.photos).toHaveLength(26);
  expect(first.learned.photos.filter(({ logits, label }) => (logits[label] as number) > 0)).toHaveLength(26);
  expect(first).toMatchObject({
    labels: ['green', 'red'],
    cached: 0,
    skipped: [{ path: join(photos, 'red', 'broken.jpg'), reason: expect.stringMatching(/./) }],
    calibration: { temperature: expect.any(Number), fitted: { photos: 26, others: 5 } },
  });
  expect(second.cached).toBe(26);
  expect(second.learned.head).toEqual(first.learned.head);
  expect(second.calibration).toEqual(first.calibration);
});

it('promises nothing after two labels of five photos', async () => {
  const few = join(folder, 'few');
  write(join(few, 'a'), 5, [200, 60, 60]);
  write(join(few, 'b'), 5, [60, 60, 200]);
  const fewOptions = { ...options, photos: few, others: undefined };

  const { calibration, learned } = await train(fewOptions, async (trained) => trained);

  expect(calibration).toBeUndefined();
  expect(learned.photos).toHaveLength(10);
});
