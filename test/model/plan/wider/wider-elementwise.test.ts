import { beforeAll, describe, it } from 'vitest';
import { activations } from '../../../../importer/keras/activations.ts';
import type { PictureShape } from '../../../../model/graph/runnable-graph.ts';
import { useReferenceBackend } from '../compare-with-tensorflow.ts';
import { type Build, constant, expectAsTensorflow, map } from './wider-graphs.ts';

beforeAll(useReferenceBackend);

describe('what is made place by place of a plan', () => {
  it.each<[title: string, input: PictureShape, build: Build]>([
    ['a range of its own', map, (b, x) => b.clip(x, -0.3, 0.4)],
    ['a range of three channels', [1, 5, 5, 3], (b, x) => b.clip(x, -0.3, 0.4)],
    ['a lower bound', map, (b, x) => b.binary('Maximum', x, b.scalar(-0.2))],
    ['an upper bound', map, (b, x) => b.binary('Minimum', x, b.scalar(0.2))],
    ['gelu', map, (b, x) => (activations.gelu as Build)(b, b.multiply(x, 4))],
    [
      'gelu by tanh',
      map,
      (b, x) => {
        const inner = b.multiply(b.add(x, b.multiply(b.multiply(b.unary('Square', x), x), 0.044715)), 0.7978845608);
        return b.multiply(x, b.add(b.unary('Tanh', inner), 1));
      },
    ],
    ['gelu by a quotient', map, (b, x) => b.multiply(x, b.add(b.unary('Erf', b.divide(x, 1.5)), 1))],
    [
      'gelu, everything the other way around',
      map,
      (b, x) => b.multiply(b.add(b.scalar(1), b.unary('Erf', b.multiply(b.scalar(0.7), x))), x),
    ],
    ['no gelu: another number than 1', map, (b, x) => b.multiply(x, b.add(b.unary('Erf', b.multiply(x, 0.7)), 2))],
    [
      'no gelu: another tensor',
      map,
      (b, x) => b.multiply(x, b.add(b.unary('Erf', b.multiply(b.unary('Relu', x), 0.7)), 1)),
    ],
    [
      'no gelu: a number by the tensor',
      map,
      (b, x) => b.multiply(x, b.add(b.unary('Erf', b.divide(b.scalar(0.7), b.add(b.unary('Square', x), 1))), 1)),
    ],
    ['the error function', map, (b, x) => b.unary('Erf', b.multiply(x, 3))],
    ['a constant for each place', map, (b, x) => b.add(x, constant(b, [1, 6, 7, 8], 5))],
    ['a constant that repeats', [1, 4, 6, 12], (b, x) => b.multiply(constant(b, [4, 1, 12], 5), x)],
    ['a difference of two maps', map, (b, x) => b.subtract(x, b.unary('Relu', x))],
    ['the larger of two', map, (b, x) => b.binary('Maximum', x, b.multiply(x, -1))],
    ['a quotient of two maps', map, (b, x) => b.divide(x, b.add(b.unary('Square', x), 1))],
    [
      'few numbers by rarer functions',
      [1, 1, 2, 5],
      (b, x) => b.unary('Exp', b.unary('Neg', b.unary('Rsqrt', b.add(b.unary('Square', x), 1)))),
    ],
    ['a logarithm', [1, 1, 2, 5], (b, x) => b.unary('Log', b.add(b.unary('Abs', x), 0.5))],
    ['a softened ReLU', map, (b, x) => b.unary('Softplus', b.multiply(x, 9))],
    ['a slope below zero', map, (b, x) => b.leakyRelu(x, 0.3)],
    ['a power below zero', map, (b, x) => b.unary('Elu', x)],
  ])('compute as TF.js does: %s', (_, shape, build) => {
    expectAsTensorflow(shape, build);
  });
});
