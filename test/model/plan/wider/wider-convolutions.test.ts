import { beforeAll, describe, it } from 'vitest';
import { resizeByMatrices } from '../../../../importer/graph/resize-by-matrices.ts';
import type { PictureShape } from '../../../../model/graph/runnable-graph.ts';
import { drawInput } from '../../../importer/run-graph.ts';
import { useReferenceBackend } from '../compare-with-tensorflow.ts';
import { type Build, beside, constant, expectAsTensorflow, grouped, map, same } from './wider-graphs.ts';

beforeAll(useReferenceBackend);

/** To eight rows and nine columns by weights that are drawn. */
const resized: Build = (b, x) => {
  const [, rows = 1, columns = 1] = x.shape;
  const matrix = (target: number, source: number) =>
    ({ values: drawInput([target, source], target), shape: [target, source] }) as const;
  return resizeByMatrices(b, x, matrix(8, rows), matrix(9, columns));
};

describe('convolutions of a plan', () => {
  it.each<[title: string, input: PictureShape, build: Build]>([
    ['groups of four channels', map, grouped([3, 3], 2, 4)],
    ['groups of two channels that make eight each', map, grouped([3, 3], 4, 8)],
    ['groups of three channels by a stride of two', [1, 9, 8, 12], grouped([3, 2], 4, 12, { strides: [2, 2] })],
    ['groups of a dilated convolution', map, grouped([3, 3], 2, 4, { dilations: [2, 2] })],
    ['groups too narrow to be one convolution', map, grouped([1, 1], 4, 2)],
    ['groups side by side', map, beside([0, 4])],
    ['no groups: below each other', map, beside([0, 4], { axis: 1 })],
    ['no groups: in another order', map, beside([4, 0])],
    ['no groups: channels left out', map, beside([0, 2], { channels: 2 })],
    ['no groups: channels taken twice', map, beside([0, 3], { channels: 5 })],
    ['no groups: of unlike widths', map, beside([0, 4], { filters: [4, 8] })],
    [
      'no groups: one of them activated',
      map,
      (b, x) => b.concat([b.unary('Relu', beside([0])(b, x)), beside([4])(b, x)], 3),
    ],
    ['no groups: of two pictures', map, (b, x) => b.concat([beside([0])(b, x), beside([4])(b, b.unary('Relu', x))], 3)],
    [
      'a dilated convolution of more rows than are done at once',
      [1, 20, 80, 64],
      (b, x) => b.conv2d(x, constant(b, [3, 3, 64, 4]), { ...same, dilations: [2, 2] }),
    ],
    [
      'groups with a bias and ReLU',
      map,
      (b, x) => b.unary('Relu', b.add(grouped([3, 3], 2, 4)(b, x), constant(b, [8], 4))),
    ],
    ['a dilated convolution', map, (b, x) => b.conv2d(x, constant(b, [3, 3, 8, 12]), { ...same, dilations: [2, 3] })],
    ['a convolution to ten channels', map, (b, x) => b.unary('Relu6', b.conv2d(x, constant(b, [3, 3, 8, 10]), same))],
    [
      'a convolution to six channels and a sigmoid',
      map,
      (b, x) => b.unary('Sigmoid', b.conv2d(x, constant(b, [1, 1, 8, 6]), same)),
    ],
    ['a depthwise convolution of 7 × 7', map, (b, x) => b.depthwiseConv2d(x, constant(b, [7, 7, 8, 1]), same)],
    [
      'a depthwise convolution of 7 × 7 by a stride of two',
      [1, 13, 12, 4],
      (b, x) => b.depthwiseConv2d(x, constant(b, [7, 7, 4, 1]), { ...same, strides: [2, 2] }),
    ],
    [
      'a depthwise convolution of six channels',
      [1, 5, 6, 6],
      (b, x) => b.depthwiseConv2d(x, constant(b, [3, 3, 6, 1]), same),
    ],
    [
      'a convolution and a slope below zero',
      map,
      (b, x) => b.leakyRelu(b.add(b.conv2d(x, constant(b, [1, 1, 8, 8]), same), constant(b, [8], 2)), 0.3),
    ],
    [
      'a dense layer and a power below zero',
      map,
      (b, x) => b.unary('Elu', b.matMul(b.reshape(x, [42, 8]), constant(b, [8, 10]))),
    ],
    [
      'a depthwise convolution and a power below zero',
      map,
      (b, x) => b.unary('Elu', b.depthwiseConv2d(x, constant(b, [3, 3, 8, 1]), same)),
    ],
    ['a picture resized by a matrix for each axis', [1, 6, 5, 3], (b, x) => resized(b, x)],
  ])('compute as TF.js does: %s', (_, shape, build) => {
    expectAsTensorflow(shape, build);
  });
});
