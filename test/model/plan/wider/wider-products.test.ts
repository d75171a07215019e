import { beforeAll, describe, it } from 'vitest';
import type { GraphNode } from '../../../../importer/graph/node.ts';
import type { PictureShape } from '../../../../model/graph/runnable-graph.ts';
import { useReferenceBackend } from '../compare-with-tensorflow.ts';
import { type Build, constant, expectAsTensorflow, map } from './wider-graphs.ts';

beforeAll(useReferenceBackend);

/** Of one head, the keys as they come or turned over already. */
const attention =
  (isTurned: boolean): Build =>
  (b, x) => {
    const tokens = b.reshape(x, [1, 42, 8]);
    const [queries, keys, values] = [1, 2, 3].map((seed) => b.matMul(tokens, constant(b, [8, 8], seed))) as [
      GraphNode,
      GraphNode,
      GraphNode,
    ];
    const turned = isTurned ? b.transpose(keys, [0, 2, 1]) : keys;
    const scores = b.matMul(queries, turned, isTurned ? {} : { b: true });
    return b.matMul(b.softmax(b.multiply(scores, 0.35)), values);
  };

describe('products and softmaxes of a plan', () => {
  it.each<[title: string, input: PictureShape, build: Build]>([
    ['a softmax of several rows', map, (b, x) => b.softmax(x)],
    ['a softmax of rows of five', [1, 1, 3, 5], (b, x) => b.softmax(b.multiply(x, 90))],
    ['attention', map, attention(true)],
    ['attention, the keys to be turned over', map, attention(false)],
    [
      'several heads',
      map,
      (b, x) => {
        const heads = b.transpose(b.reshape(x, [1, 42, 2, 4]), [0, 2, 1, 3]);
        return b.matMul(b.softmax(b.matMul(heads, heads, { b: true })), heads);
      },
    ],
    [
      'a dense layer of many rows and ten columns',
      map,
      (b, x) => b.matMul(b.reshape(x, [42, 8]), constant(b, [8, 10])),
    ],
    [
      'many queries of the same keys',
      map,
      (b, x) =>
        b.matMul(b.reshape(x, [1, 3, 14, 8]), b.reshape(b.slice(x, [0, 0, 0, 0], [1, 1, 5, 8]), [1, 1, 5, 8]), {
          b: true,
        }),
    ],
  ])('compute as TF.js does: %s', (_, shape, build) => {
    expectAsTensorflow(shape, build);
  });
});
