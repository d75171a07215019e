import { expect, it } from 'vitest';
import { mostPixels, storedMinimumSize } from '../../photo/stored-photo.ts';

const minimumSize = { width: 3, height: 2 };

it.each([1, 4])('wants the size as it is of orientation %i', (orientation) => {
  expect(storedMinimumSize({ maximumPixels: 1, minimumSize }, orientation)).toEqual(minimumSize);
});

it.each([5, 8])('wants the size on its side of orientation %i', (orientation) => {
  expect(storedMinimumSize({ maximumPixels: 1, minimumSize }, orientation)).toEqual({ width: 2, height: 3 });
});

it('wants none where nobody does', () => {
  expect(storedMinimumSize({ maximumPixels: 1 }, 5)).toBeUndefined();
});

it.each([
  ['that can be reduced', { minimumSize }, true, 100],
  ['that nobody wants smaller', {}, true, 10],
  ['that cannot be reduced', { minimumSize }, false, 10],
  ['of one limit', { maximumFullSizePixels: undefined }, false, 100],
])('takes as many pixels as the limits say of a picture %s', (_what, more, canReduce, most) => {
  const options = { maximumPixels: 100, maximumFullSizePixels: 10, ...more };
  if (options.maximumFullSizePixels === undefined)
    delete (options as { maximumFullSizePixels?: number }).maximumFullSizePixels;

  expect(mostPixels(options as Parameters<typeof mostPixels>[0], canReduce)).toBe(most);
});
