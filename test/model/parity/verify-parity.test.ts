import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assets } from '../../../function/bundling/assets.ts';
import { load } from '../../../model/classifier.ts';
import { drawParityPhoto } from '../../../model/parity/parity-photo.ts';
import { loadTiny } from '../../helpers/load-tiny.ts';
import { writeTinyModel } from '../../helpers/tiny-model.ts';

describe('verifyParity', () => {
  const recipe = { kind: 'gradient', width: 9, height: 8, seed: 1 } as const;
  const photo = { name: 'gradient', recipe, scores: [2, 2], input: { samples: [] } };

  function writeParity(scores: readonly number[]): string {
    const file = { format: 1, madeWith: 'a test', photos: [{ ...photo, scores }] };
    return writeTinyModel({ files: { 'parity.json': JSON.stringify(file) } });
  }

  it('is undefined for a model without parity.json', async () => {
    expect((await loadTiny()).verifyParity()).toBeUndefined();
  });

  it('agrees with scores that the model answers itself', async () => {
    const { scores } = (await loadTiny()).measure(drawParityPhoto(recipe));

    const report = (await load(writeParity([...scores]), assets)).verifyParity();

    expect(report).toEqual({ photos: 1, ok: true, sameFirstLabels: true, largestDifference: 0 });
  });

  it('disagrees with scores of another model', async () => {
    const { scores } = (await loadTiny()).measure(drawParityPhoto(recipe));

    const report = (await load(writeParity([...scores].reverse()), assets)).verifyParity();

    expect(report).toMatchObject({ ok: false, sameFirstLabels: false });
  });

  it('refuses a recipe that it cannot draw', async () => {
    const directory = writeParity([2, 2]);
    const file = { format: 1, photos: [{ ...photo, recipe: { ...recipe, kind: 'photo' } }] };
    writeFileSync(join(directory, 'parity.json'), JSON.stringify(file));

    await expect(load(directory, assets)).rejects.toThrow('parity.json');
  });
});
