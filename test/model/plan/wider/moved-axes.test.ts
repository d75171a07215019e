import { describe, expect, it } from 'vitest';
import { mergeAxes } from '../../../../model/plan/wider/moved-axes.ts';

/** Each axis as its places, and floats from one to the next before and after. */
const merge = (shape: readonly number[], from: readonly number[], to: readonly number[]) =>
  mergeAxes(shape, from, to).map((axis) => [axis.count, axis.from, axis.to]);

describe('axes that move', () => {
  it.each([
    ['become one where all stay together', [2, 3, 4], [12, 4, 1], [12, 4, 1], [[24, 1, 1]]],
    [
      'stay two where they part before',
      [2, 3],
      [4, 1],
      [3, 1],
      [
        [2, 4, 3],
        [3, 1, 1],
      ],
    ],
    [
      'stay two where they part after',
      [2, 3],
      [3, 1],
      [4, 1],
      [
        [2, 3, 4],
        [3, 1, 1],
      ],
    ],
    ['go where they have one place', [1, 3, 1], [9, 1, 7], [5, 1, 3], [[3, 1, 1]]],
    ['are none where there is one place', [1, 1], [1, 1], [1, 1], []],
  ])('%s', (_, shape, from, to, axes) => {
    expect(merge(shape, from, to)).toEqual(axes);
  });

  it.each([
    // The last one lies side by side in both, whatever is longer.
    [
      'side by side in both',
      [2, 90, 3],
      [300, 3, 1],
      [3, 100, 1],
      [
        [2, 300, 3],
        [90, 3, 100],
        [3, 1, 1],
      ],
    ],
    [
      'the longest of those side by side in one',
      [4, 9],
      [1, 5],
      [20, 1],
      [
        [4, 1, 20],
        [9, 5, 1],
      ],
    ],
    [
      'the longest, the other way around',
      [9, 4],
      [1, 10],
      [5, 1],
      [
        [4, 10, 1],
        [9, 1, 5],
      ],
    ],
    [
      'one side by side in one rather than a longer one in neither',
      [50, 2],
      [3, 1],
      [5, 7],
      [
        [50, 3, 5],
        [2, 1, 7],
      ],
    ],
    [
      'the same where it comes first',
      [2, 50],
      [1, 3],
      [7, 5],
      [
        [50, 3, 5],
        [2, 1, 7],
      ],
    ],
  ])('are walked along innermost: %s', (_, shape, from, to, axes) => {
    expect(merge(shape, from, to)).toEqual(axes);
  });
});
