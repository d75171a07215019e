import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readParityFile } from '../../../model/parity/parity.ts';

const folder = mkdtempSync(join(tmpdir(), 'parity-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sound = {
  name: 'one',
  recipe: { kind: 'gradient', width: 4, height: 4, seed: 1 },
  scores: [1, 2],
  input: { samples: [] },
};
const read = (photos: readonly object[], format = 1) => {
  writeFileSync(join(folder, 'parity.json'), JSON.stringify({ format, madeWith: 'Keras', photos }));
  return readParityFile(folder);
};

describe('readParityFile', () => {
  it('reads what Keras answered', () => {
    expect(read([sound, sound])?.photos).toEqual([sound, sound]);
  });

  it('has nothing to read where there is none', () => {
    expect(readParityFile(join(folder, 'none'))).toBeUndefined();
  });

  it.each([
    ['no photo', [], 1],
    ['one unsound photo of two', [sound, { ...sound, scores: [1, 'two'] }], 1],
    ['a photo of no size', [{ ...sound, recipe: { ...sound.recipe, width: 0 } }], 1],
    ['a photo of a kind that nobody can draw', [{ ...sound, recipe: { ...sound.recipe, kind: 'constructor' } }], 1],
    ['another format', [sound], 2],
  ])('refuses a file of %s', (_, photos, format) => {
    expect(() => read(photos, format)).toThrow('is not in the format 1');
  });

  it('refuses a file that is cut short', () => {
    writeFileSync(join(folder, 'parity.json'), '{"format": 1, "photos": [');

    expect(() => readParityFile(folder)).toThrow('parity.json is damaged');
  });
});
