import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { assets } from '../../../function/bundling/assets.ts';
import { parseCard } from '../../../model/card/parse-card.ts';
import { load } from '../../../model/classifier.ts';
import { fitPhoto } from '../../../model/fit/fit-photo.ts';
import { drawParityPhoto } from '../../../model/parity/parity-photo.ts';
import { folder, importPixels } from './import-line.ts';

function solidJpeg(side: number, [red, green, blue]: readonly [number, number, number]): Buffer {
  const data = Buffer.alloc(side * side * 4, Buffer.of(red, green, blue, 255));
  return jpeg.encode({ data, width: side, height: side }, 95).data;
}

describe('labelled photos', () => {
  const photos = join(folder, 'photos');
  const shades = { dark: 20, middle: 128, bright: 240 };
  for (const [label, shade] of Object.entries(shades)) {
    mkdirSync(join(photos, label), { recursive: true });
    for (let at = 0; at < 8; at++) {
      writeFileSync(join(photos, label, `${at}.jpg`), solidJpeg(20 + at, [shade + at, shade, shade - at]));
    }
  }
  const names = Object.keys(shades);

  it('say how many come out right', async () => {
    expect(await importPixels('brightness-rescaling.keras', names, '--photos', photos)).toContain(
      'Photos: 24 of 24 right with --preprocess none.',
    );
  });

  it('say which way is better than the one that was given', async () => {
    const text = await importPixels('brightness-plain.keras', names, '--preprocess', 'none', '--photos', photos);

    expect(text).toMatch(/Photos: 8 of 24 right with --preprocess none; with --scale 0.00392157 24 of 24/);
  });

  it('settle what the file does not tell', async () => {
    const text = await importPixels('brightness-plain.keras', names, '--photos', photos);

    expect(text).toMatch(/Pixels: --scale 0.00392157, because labelled photos come out right most often so/);
    const card = parseCard(readFileSync(join(folder, 'brightness-plain.keras', 'card.json'), 'utf8'));
    expect(card.input.scale).toBe(1 / 255);
  });
});

describe('answers that a preprocessing of the owner recorded', () => {
  const recipes = [
    { kind: 'gradient', width: 40, height: 30, seed: 1 },
    { kind: 'discs', width: 40, height: 50, seed: 2 },
    { kind: 'noise', width: 40, height: 50, seed: 3 },
  ] as const;
  const names = ['dark', 'middle', 'bright'];

  /** As a program writes them that divides by 255, and smooths noise away. */
  async function record(moved = 0): Promise<string> {
    await importPixels('brightness-plain.keras', names, '--scale', '0.00392157');
    const classifier = await load(join(folder, 'brightness-plain.keras'), assets);
    const photos = recipes.map((recipe) => {
      const photo = drawParityPhoto(recipe);
      const values = fitPhoto(photo, classifier.card.input);
      const samples = Array.from({ length: 24 }, (_, at) => [at * 70, recipe.kind === 'noise' ? 0.5 : values[at * 70]]);
      const scores = [...classifier.measure(photo).scores];
      const last = scores.indexOf(Math.min(...scores));
      return { name: recipe.kind, recipe, scores: scores.with(last, Number(scores[last]) + moved), input: { samples } };
    });
    classifier.dispose();
    const path = join(folder, 'own.json');
    writeFileSync(path, JSON.stringify({ format: 1, madeWith: 'keras 3', pixels: 'own', photos }));
    return path;
  }

  it('agree with the right scale', async () => {
    const parity = await record();

    const text = await importPixels('brightness-plain.keras', names, '--scale', '0.00392157', '--parity', parity);

    expect(text).toMatch(/Compared with keras 3 on 2 of 3 drawn photos, from the photo on with your own preprocessing/);
  });

  it('say where they are further off than rounding, and are not kept then', async () => {
    const parity = await record(0.1);

    const text = await importPixels('brightness-plain.keras', names, '--scale', '0.00392157', '--parity', parity);

    expect(text).toMatch(
      /the same first labels, and scores differ by at most 1\d %.*more than rounding.*parity.json is left/,
    );
    expect(existsSync(join(folder, 'brightness-plain.keras', 'parity.json'))).toBe(false);
  });

  it.each(['tf', 'none'])('show that %s is the wrong one', async (mode) => {
    const parity = await record();

    const line = importPixels('brightness-plain.keras', names, '--preprocess', mode, '--parity', parity);

    await expect(line).rejects.toThrow(/Your own preprocessing makes other pixels: they run from 0/);
  });
});
