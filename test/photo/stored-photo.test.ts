import { expect, it } from 'vitest';
import { mostPixels, storedMinimumSize } from '../../photo/stored-photo.ts';

const minimumSize = { width: 3, height: 2 };
const limits = { maximumPixels: 100, maximumFullSizePixels: 10 };

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
  ['that can be reduced', { ...limits, minimumSize }, true, 100],
  ['that nobody wants smaller', limits, true, 10],
  ['that cannot be reduced', { ...limits, minimumSize }, false, 10],
  ['of one limit', { maximumPixels: 100, minimumSize }, false, 100],
])('takes as many pixels as the limits say of a picture %s', (_what, options, canReduce, most) => {
  expect(mostPixels(options, canReduce)).toBe(most);
});
