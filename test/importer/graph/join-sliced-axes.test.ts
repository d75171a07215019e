import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import { joinSlicedAxes } from '../../../importer/graph/join-sliced-axes.ts';
import { nameOutputs } from '../../../importer/graph/name-outputs.ts';
import { drawInput, runGraph } from '../run-graph.ts';

describe('a slice in fewer axes', () => {
  it('joins axes that are taken whole to those before them', () => {
    const joined = joinSlicedAxes({ shape: [1, 49, 3, 4, 8], begin: [0, 0, 2, 0, 0], size: [1, 49, 1, 4, 8] });

    expect(joined).toEqual({ shape: [49, 96], begin: [0, 64], size: [49, 32] });
  });

  it('keeps each axis of which a part is taken', () => {
    const joined = joinSlicedAxes({ shape: [1, 6, 6, 2, 5], begin: [0, 1, 2, 0, 3], size: [1, 4, 3, 2, 2] });

    expect(joined).toEqual({ shape: [1, 6, 12, 5], begin: [0, 1, 4, 3], size: [1, 4, 6, 2] });
  });

  it.each([
    ['the keys among queries, keys and values', [0, 0, 1, 0, 0], [1, 3, 1, 2, 4]],
    ['parts of two axes', [0, 1, 0, 1, 0], [1, 2, 3, 1, 4]],
    ['parts of four axes', [0, 1, 1, 1, 2], [1, 2, 2, 1, 2]],
  ])('takes the same values of five axes: %s', async (_what, begin, size) => {
    const builder = new GraphBuilder();
    const [whole, input] = [[1, 3, 3, 2, 4], builder.input('input', [1, 3, 6, 4])];
    const count = size.reduce((product, length) => product * length, 1);
    const sliced = builder.reshape(builder.slice(builder.reshape(input, whole), begin, size), [1, count]);
    const values = drawInput(input.shape, 3);

    const result = await runGraph(nameOutputs(input, sliced), values, 'wasm');

    const expected: number[] = [];
    const take = (axis: number, flat: number): void => {
      if (axis === whole.length) expected.push(values[flat] as number);
      else
        for (let at = 0; at < (size[axis] as number); at++)
          take(axis + 1, flat * (whole[axis] as number) + (begin[axis] as number) + at);
    };
    take(0, 0);
    expect([...result.values]).toEqual(expected);
  });
});
