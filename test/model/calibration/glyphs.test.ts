import { expect, it } from 'vitest';
import { glyphHeight, glyphs, glyphWidth } from '../../../model/calibration/glyphs.ts';

it('every letter has its rows of dots, and no two are the same', () => {
  const rows = glyphs.flat();

  expect(glyphs.map((glyph) => glyph.length)).toEqual(glyphs.map(() => glyphHeight));
  expect(rows.every((row) => Number.isInteger(row) && row >= 0 && row < 2 ** glyphWidth)).toBe(true);
  expect(glyphs.every((glyph) => glyph.some((row) => row > 0))).toBe(true);
  expect(new Set(glyphs.map(String)).size).toBe(glyphs.length);
});
