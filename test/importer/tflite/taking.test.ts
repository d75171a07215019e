import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import { nameOutputs } from '../../../importer/graph/name-outputs.ts';
import type { GraphNode } from '../../../importer/graph/node.ts';
import type { FlatTable } from '../../../importer/tflite/flat-table.ts';
import { taking } from '../../../importer/tflite/taking.ts';
import { runGraph } from '../run-graph.ts';

const builder = new GraphBuilder();
const whole = (...values: number[]) => builder.integers('whole', values);
const photo = builder.input('picture', [1, 6, 5, 3]);
/** Each value is its own flat position. */
const values = Float32Array.from({ length: 90 }, (_, at) => at);

function take(name: string, inputs: readonly GraphNode[], options: readonly number[] = []): GraphNode {
  const table = { int32: (field: number) => options[field] ?? 0 } as FlatTable;
  const result = taking[name]?.({ builder, name, inputs, options: table, shape: [], outputCount: 1 });
  return [result].flat()[0] as GraphNode;
}

async function valuesOf(node: GraphNode): Promise<number[]> {
  return [...(await runGraph(nameOutputs(photo, node), values, 'cpu')).values];
}

describe('a slice of a picture', () => {
  it.each([
    [[0, 1, 2, 0], [1, 3, 2, 3], [1, 3, 2, 3]],
    [[0, 1, 2, 1], [-1, -1, -1, -1], [1, 5, 3, 2]],
  ])('from %j of size %j has the shape %j', (begin, size, expected) => {
    expect(take('SLICE', [photo, whole(...begin), whole(...size)]).shape).toEqual(expected);
  }); // biome-ignore format: a table

  it.each([
    [[0, 1, 1, 0], [1, 5, -1, 3], [1, 1, 1, 1], [1, 4, 3, 3]],
    [[0, 0, 0, 0], [1, 6, 5, 3], [1, 2, 2, 1], [1, 3, 3, 3]],
    [[0, -2, 0, 0], [9, 9, 9, 9], [1, 1, 1, 1], [1, 2, 5, 3]],
    [[0, 0, 0, 2], [1, 6, 5, -9], [1, 1, 1, -1], [1, 6, 5, 3]],
    [[0, 4, 0, 0], [1, 0, 5, 3], [1, -2, 1, 1], [1, 2, 5, 3]],
  ])('strided from %j to %j by %j has the shape %j', (from, to, steps, expected) => {
    expect(take('STRIDED_SLICE', [photo, whole(...from), whole(...to), whole(...steps)]).shape).toEqual(expected);
  }); // biome-ignore format: a table

  it('that goes backwards turns colours around, as x[..., ::-1] does', async () => {
    // Ellipsis as the converter writes it: all ends masked.
    const turned = take('STRIDED_SLICE', [photo, whole(0, 0, 0, 0), whole(0, 0, 0, 0), whole(1, 1, 1, -1)], [15, 15]);

    expect((await valuesOf(turned)).slice(0, 6)).toEqual([2, 1, 0, 5, 4, 3]);
  });

  it('that goes backwards by two takes every second row from the one given', async () => {
    const rows = take('STRIDED_SLICE', [photo, whole(0, 4, 0, 0), whole(0, 0, 0, 0), whole(1, -2, 1, 1)], [13, 13]);

    expect((await valuesOf(rows)).filter((_, at) => at % 15 === 0)).toEqual([60, 30]);
  });

  it('that takes one position out loses its axis', async () => {
    const red = take(
      'STRIDED_SLICE',
      [photo, whole(0, 0, 0, -3), whole(0, 0, 0, 0), whole(1, 1, 1, 1)],
      [7, 7, 0, 0, 8],
    );

    expect(red.shape).toEqual([1, 6, 5]);
    expect((await valuesOf(red)).slice(0, 3)).toEqual([0, 3, 6]);
  });

  it.each([
    ['has a step of 0', [whole(0), whole(4), whole(0)], 'its step is 0'],
    ['depends on the photo', [photo, whole(4), whole(1)], 'a shape or axis that is computed from the photo'],
    ['lacks an input', [whole(0), whole(4)], 'lacks its input 3'],
  ])('that %s is refused', (_, others, complaint) => {
    expect(() => take('STRIDED_SLICE', [photo, ...others])).toThrow(complaint);
  });
});

describe('positions of an axis', () => {
  it('are taken in the order given', async () => {
    const turned = take('GATHER', [photo, whole(2, 1, 0)], [3]);

    expect(turned.shape).toEqual([1, 6, 5, 3]);
    expect((await valuesOf(turned)).slice(0, 6)).toEqual([2, 1, 0, 5, 4, 3]);
  });

  it('are taken of an axis counted from the end, and one of no axis takes it away', () => {
    const one = builder.integers('one', [1], []);

    expect(take('GATHER', [photo, whole(0)], [-1]).shape).toEqual([1, 6, 5, 1]);
    expect(take('GATHER', [photo, one], [3]).shape).toEqual([1, 6, 5]);
  });

  it('that are not there are refused', () => {
    expect(() => take('GATHER', [photo, whole(3)], [3])).toThrow('it takes what is not there');
  });

  it('are turned around along axes counted from the end', async () => {
    const turned = take('REVERSE_V2', [photo, whole(-1)]);

    expect((await valuesOf(turned)).slice(0, 6)).toEqual([2, 1, 0, 5, 4, 3]);
  });
});
