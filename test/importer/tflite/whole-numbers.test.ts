import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import type { GraphNode } from '../../../importer/graph/node.ts';
import { foldWholeNumbers } from '../../../importer/tflite/whole-numbers.ts';

const builder = new GraphBuilder();
const whole = (...values: number[]) => builder.integers('whole', values);
const valuesOf = (node: GraphNode | undefined) =>
  node !== undefined && 'values' in node ? Array.from(node.values as Int32Array) : undefined;

describe('foldWholeNumbers', () => {
  it.each([
    ['ADD', [3, 4], [1, 2], [4, 6]],
    ['SUB', [3, 4], [1, 2], [2, 2]],
    ['MUL', [3, 4], [2], [6, 8]],
    ['MUL', [2], [3, 4], [6, 8]],
    ['DIV', [7, -7], [2], [3, -3]],
    ['MAXIMUM', [1, 5], [3], [3, 5]],
    ['MINIMUM', [1, 5], [3], [1, 3]],
  ])('%s of %j and %j is %j', (name, a, b, expected) => {
    expect(valuesOf(foldWholeNumbers(builder, name, [whole(...a), whole(...b)]))).toEqual(expected);
  });

  it.each([
    ['PACK', [[1], [2], [3]], [1, 2, 3]],
    ['CONCATENATION', [[1, 2], [3]], [1, 2, 3]],
    ['REDUCE_PROD', [[2, 3, 4], [0]], [24]],
    [
      'GATHER',
      [
        [5, 6, 7],
        [2, 0],
      ],
      [7, 5],
    ],
  ])('%s of %j is %j', (name, inputs, expected) => {
    expect(
      valuesOf(
        foldWholeNumbers(
          builder,
          name,
          inputs.map((values) => whole(...values)),
        ),
      ),
    ).toEqual(expected);
  });

  it.each([
    [[1], [3], [1], [11, 12]],
    [[0], [4], [2], [10, 12]],
    [[-2], [0], [1], [12, 13]],
    [[-1], [0], [1], [13]],
    [[0], [-1], [1], [10, 11, 12]],
    [[2], [3], [1], [12]],
    [[0], [1], [1], [10]],
    // Of a scalar that is taken out the file says no end behind it.
    [[2], [2], [1], [12]],
  ])('a slice of four from %j to %j by %j is %j', (from, to, step, expected) => {
    const inputs = [whole(10, 11, 12, 13), whole(...from), whole(...to), whole(...step)];

    expect(valuesOf(foldWholeNumbers(builder, 'STRIDED_SLICE', inputs))).toEqual(expected);
  });

  it('has the shape of the longer list, of the first where they are as long', () => {
    const scalar = builder.integers('scalar', [2], []);

    expect(foldWholeNumbers(builder, 'ADD', [scalar, whole(3)])?.shape).toEqual([]);
    expect(foldWholeNumbers(builder, 'ADD', [whole(3), scalar])?.shape).toEqual([1]);
    expect(foldWholeNumbers(builder, 'ADD', [scalar, whole(3, 4)])?.shape).toEqual([2]);
  });

  it('leaves alone what is not known beforehand, or no shape arithmetic', () => {
    const photo = builder.input('photo', [1, 4, 4, 3]);

    expect(foldWholeNumbers(builder, 'ADD', [whole(1), photo])).toBeUndefined();
    expect(foldWholeNumbers(builder, 'ADD', [])).toBeUndefined();
    expect(foldWholeNumbers(builder, 'ADD', [whole(1)])).toBeUndefined();
    expect(foldWholeNumbers(builder, 'CONV_2D', [whole(1), whole(2)])).toBeUndefined();
    expect(foldWholeNumbers(builder, 'STRIDED_SLICE', [whole(1, 2), whole(0)])).toBeUndefined();
  });
});
