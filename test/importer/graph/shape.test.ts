import { describe, expect, it } from 'vitest';
import type { Padding, Window } from '../../../importer/graph/node.ts';
import {
  broadcastShapes,
  countValues,
  explicitPadding,
  requireReasonableShape,
  resolveAxis,
  windowOutput,
} from '../../../importer/graph/shape.ts';

it.each([
  [[], 1],
  [[2, 3, 4], 24],
  [[2, 0], 0],
])('a tensor of %j holds %i values', (shape, count) => {
  expect(countValues(shape)).toBe(count);
});

describe('a shape', () => {
  it.each([[[]], [[0, 3]], [[2 ** 28]], [[2 ** 14, 2 ** 14]], [Array(16).fill(1)]])('is sound: %j', (shape) => {
    expect(() => requireReasonableShape(shape)).not.toThrow();
  });

  it.each([
    [[-1], '[-1]'],
    [[1.5], '[1.5]'],
    [[Number.NaN], '[NaN]'],
    [[2 ** 28 + 1], '[268435457]'],
    [Array(17).fill(1), `[${'1,'.repeat(16)}…]`],
  ])('is out of all proportion: %j', (shape, shown) => {
    expect(() => requireReasonableShape(shape)).toThrow(`A tensor of ${shown} is out of all proportion.`);
  });
});

describe('an axis', () => {
  it.each([
    [0, 0],
    [2, 2],
    [-1, 2],
    [-3, 0],
  ])('%i of three is %i from the front', (axis, resolved) => {
    expect(resolveAxis(axis, 3)).toBe(resolved);
  });

  it.each([3, -4, 0.5, -0.5, Number.NaN])('%d of three is none', (axis) => {
    expect(() => resolveAxis(axis, 3)).toThrow(`Axis ${axis} is outside a tensor of 3 axes.`);
  });
});

describe('shapes of two operands', () => {
  it.each([
    [[2, 3], [3], [2, 3]],
    [[3], [2, 3], [2, 3]],
    [
      [2, 1],
      [1, 3],
      [2, 3],
    ],
    [[], [4], [4]],
    [
      [5, 1, 3],
      [2, 1],
      [5, 2, 3],
    ],
    [[1], [0], [0]],
  ])('%j and %j make %j', (a, b, shape) => {
    expect(broadcastShapes(a, b)).toEqual(shape);
  });

  it.each([
    [[2], [3]],
    [[2, 3], [2]],
    [
      [3, 2],
      [2, 1, 3],
    ],
  ])('%j and %j do not fit together', (a, b) => {
    expect(() => broadcastShapes(a, b)).toThrow(`Shapes [${a}] and [${b}] do not fit together.`);
  });
});

describe('a window', () => {
  const window = (padding: Padding, strides: [number, number], dilations: [number, number]): Window => ({
    padding,
    strides,
    dilations,
  });
  const uneven = { top: 1, bottom: 2, left: 3, right: 4 };

  it.each([
    ['VALID', [1, 1], [1, 1], [7, 8]],
    ['VALID', [2, 3], [1, 1], [4, 3]],
    ['VALID', [1, 1], [2, 3], [5, 2]],
    ['SAME', [1, 1], [1, 1], [9, 11]],
    ['SAME', [2, 3], [2, 3], [5, 4]],
    [uneven, [2, 3], [1, 1], [5, 5]],
  ] as const)('of 3 x 4 over 9 x 11, %j, by %j, dilated by %j, makes %j', (padding, [y, x], [down, across], size) => {
    expect(windowOutput([1, 9, 11, 3], [3, 4], window(padding, [y, x], [down, across]))).toEqual(size);
  });

  it.each([
    [9, 11, true],
    [10, 11, false],
    [9, 12, false],
  ])('of %i x %i fits into 9 x 11: %s', (height, width, fits) => {
    const output = () => windowOutput([1, 9, 11, 3], [height, width], window('VALID', [1, 1], [1, 1]));

    if (fits) expect(output()).toEqual([1, 1]);
    else expect(output).toThrow(`A window of ${height} x ${width} does not fit into a picture of 9 x 11.`);
  });

  it.each([
    ['VALID', [1, 1], [1, 1], { top: 0, bottom: 0, left: 0, right: 0 }],
    ['SAME', [1, 1], [1, 1], { top: 1, bottom: 1, left: 1, right: 2 }],
    ['SAME', [2, 2], [1, 1], { top: 1, bottom: 1, left: 1, right: 2 }],
    ['SAME', [1, 1], [2, 3], { top: 2, bottom: 2, left: 4, right: 5 }],
    ['SAME', [5, 9], [1, 1], { top: 0, bottom: 0, left: 1, right: 1 }],
    [uneven, [1, 1], [1, 1], uneven],
  ] as const)('of 3 x 4 over 9 x 11, %j, by %j, dilated by %j, lies in %j', (padding, [y, x], [
    down,
    across,
  ], zeros) => {
    expect(explicitPadding([1, 9, 11, 3], [3, 4], window(padding, [y, x], [down, across]))).toEqual(zeros);
  });

  it('lies in no zeros where it leaves pixels out', () => {
    expect(explicitPadding([1, 9, 9, 3], [1, 1], window('SAME', [3, 2], [1, 1]))).toEqual({
      top: 0,
      bottom: 0,
      left: 0,
      right: 0,
    });
  });
});
