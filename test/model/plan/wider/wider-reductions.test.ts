import { beforeAll, describe, it } from 'vitest';
import type { PictureShape } from '../../../../model/graph/runnable-graph.ts';
import { useReferenceBackend } from '../compare-with-tensorflow.ts';
import { type Build, expectAsTensorflow, map, same } from './wider-graphs.ts';

beforeAll(useReferenceBackend);

describe('sums, means and largest numbers of a plan', () => {
  it.each<[title: string, input: PictureShape, build: Build]>([
    ['the largest of six channels', [1, 6, 7, 6], (b, x) => b.pool('MaxPool', x, [3, 2], { ...same, strides: [2, 2] })],
    ['the mean of six channels around each place', [1, 6, 7, 6], (b, x) => b.pool('AvgPool', x, [2, 2], same)],
    [
      'squeeze and excite of six channels',
      [1, 80, 80, 6],
      (b, x) => b.multiply(b.unary('Sigmoid', b.reduce('Mean', x, [1, 2], true)), x),
    ],
    [
      'a few numbers in pairs',
      [1, 1, 2, 6],
      (b, x) => b.divide(x, b.add(b.unary('Square', b.reduce('Max', x, [3], true)), b.reduce('Max', x, [1, 2], true))),
    ],
    ['a computed number for each channel added', map, (b, x) => b.add(x, b.reduce('Mean', x, [1, 2], true))],
    ['the largest number of each channel', map, (b, x) => b.reduce('Max', x, [1, 2], false)],
    ['the sum of each channel', map, (b, x) => b.reduce('Sum', x, [1, 2], true)],
    ['the sum over channels', [1, 3, 4, 5], (b, x) => b.reduce('Sum', x, [3], false)],
    ['the largest number over channels', [1, 3, 4, 5], (b, x) => b.reduce('Max', b.subtract(x, 3), [-1], true)],
    ['the mean over channels of few places', [1, 3, 4, 5], (b, x) => b.reduce('Mean', x, [3], false)],
    ['the mean over columns', [1, 3, 4, 6], (b, x) => b.reduce('Mean', x, [2], true)],
    ['the sum of all', [1, 3, 4, 5], (b, x) => b.reduce('Sum', x, [1, 2, 3], true)],
    ['the mean over rows', map, (b, x) => b.reduce('Mean', b.reshape(x, [1, 42, 8]), [1], false)],
    ['a number for each row of a large map', [1, 100, 100, 4], (b, x) => b.multiply(x, b.reduce('Mean', x, [3], true))],
    ['what each row leaves of a number', map, (b, x) => b.subtract(b.reduce('Max', x, [3], true), x)],
  ])('compute as TF.js does: %s', (_, shape, build) => {
    expectAsTensorflow(shape, build);
  });
});
