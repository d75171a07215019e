import { beforeAll, describe, it } from 'vitest';
import { pick, reverse } from '../../../../importer/graph/rearrange.ts';
import type { PictureShape } from '../../../../model/graph/runnable-graph.ts';
import { useReferenceBackend } from '../compare-with-tensorflow.ts';
import { type Build, constant, expectAsTensorflow, map } from './wider-graphs.ts';

beforeAll(useReferenceBackend);

describe('values that are moved of a plan', () => {
  it.each<[title: string, input: PictureShape, build: Build]>([
    ['channels shuffled', map, (b, x) => b.reshape(b.transpose(b.reshape(x, [1, 6, 7, 2, 4]), [0, 1, 2, 4, 3]), map)],
    ['a picture turned over', map, (b, x) => b.transpose(x, [0, 3, 2, 1])],
    ['windows of a picture', [1, 6, 8, 4], (b, x) => b.transpose(b.reshape(x, [1, 2, 3, 2, 4, 4]), [0, 1, 3, 2, 4, 5])],
    [
      'a transpose of five parts',
      [1, 12, 12, 8],
      (b, x) => b.transpose(b.reshape(x, [3, 4, 3, 4, 8]), [4, 3, 2, 1, 0]),
    ],
    [
      'a transpose of six parts',
      [1, 12, 12, 8],
      (b, x) => b.transpose(b.reshape(x, [2, 6, 3, 4, 2, 4]), [4, 2, 0, 5, 3, 1]),
    ],
    ['a slice of channels', map, (b, x) => b.slice(x, [0, 0, 0, 3], [1, 6, 7, 5])],
    ['a slice of rows and columns', map, (b, x) => b.slice(x, [0, 2, 1, 0], [1, 3, 4, 8])],
    ['the first rows', map, (b, x) => b.slice(x, [0, 0, 0, 0], [1, 2, 7, 8])],
    ['every second place', map, (b, x) => b.stridedSlice(x, [0, 1, 0, 0], [1, 6, 7, 8], [1, 2, 2, 1])],
    [
      'a slice to the end of each axis',
      map,
      (b, x) =>
        b.node('Slice', [x, b.integers('begin', [0, 2, 1, 3]), b.integers('size', [-1, -1, 4, -1])], {
          shape: [1, 4, 4, 5],
        }),
    ],
    ['the last rows', map, (b, x) => b.slice(x, [0, 4, 0, 0], [1, 2, 7, 8])],
    ['every third channel', map, (b, x) => b.stridedSlice(x, [0, 0, 0, 1], [1, 6, 7, 8], [1, 1, 1, 3])],
    ['rows one after the other', map, (b, x) => b.concat([b.unary('Relu', x), x], 1)],
    ['a constant before what is computed', map, (b, x) => b.concat([constant(b, [1, 6, 2, 8]), x], 2)],
    ['channels in another order', [1, 5, 4, 3], (b, x) => pick(b, x, 3, [2, 0, 1, 1])],
    ['rows in another order', map, (b, x) => pick(b, x, 1, [5, 0, 0, 3])],
    [
      'rows and columns repeated',
      [1, 3, 2, 8],
      (b, x) => b.node('Tile', [x, b.integers('multiples', [1, 2, 3, 1])], { shape: [1, 6, 6, 8] }),
    ],
    ['channels turned over', [1, 5, 4, 3], (b, x) => reverse(b, x, [3])],
  ])('compute as TF.js does: %s', (_, shape, build) => {
    expectAsTensorflow(shape, build);
  });
});
