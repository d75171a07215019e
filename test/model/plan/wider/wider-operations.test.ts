import { beforeAll, describe, expect, it } from 'vitest';
import { convolveGroups } from '../../../../importer/graph/convolve-groups.ts';
import { GraphBuilder } from '../../../../importer/graph/graph-builder.ts';
import type { GraphNode, Window } from '../../../../importer/graph/node.ts';
import { optimiseGraph } from '../../../../importer/graph/optimise-graph.ts';
import { pick, reverse } from '../../../../importer/graph/rearrange.ts';
import { resizeByMatrices } from '../../../../importer/graph/resize-by-matrices.ts';
import { activations } from '../../../../importer/keras/activations.ts';
import { standardise } from '../../../../importer/onnx/operators/normalisation.ts';
import type { PictureShape } from '../../../../model/graph/runnable-graph.ts';
import { PlannedGraph } from '../../../../model/plan/planned-graph.ts';
import { Planner } from '../../../../model/plan/planner.ts';
import { widerOperations } from '../../../../model/plan/wider/wider-operations.ts';
import { drawInput, toGraphFile } from '../../../importer/run-graph.ts';
import { compare, useReferenceBackend } from '../compare-with-tensorflow.ts';

beforeAll(useReferenceBackend);

type Build = (builder: GraphBuilder, input: GraphNode) => GraphNode;

const same: Window = { strides: [1, 1], dilations: [1, 1], padding: 'SAME' };
const constant = (b: GraphBuilder, shape: number[], seed = 1) => b.constant('constant', drawInput(shape, seed), shape);
const map: PictureShape = [1, 6, 7, 8];

/** `groups` groups of as many channels, each of which makes `filters`. */
const grouped = (
  size: readonly [number, number],
  groups: number,
  filters: number,
  window: Partial<Window> = {},
): Build => {
  return (b, x) => {
    const kernel = constant(b, [...size, (x.shape[3] as number) / groups, filters * groups]);
    return convolveGroups(b, x, kernel, groups, { ...same, ...window });
  };
};

/** Convolutions of channels from these on, a seed each, side by side along an axis. */
const beside =
  (begins: readonly number[], { axis = 3, channels = 4, filters = [4, 4] } = {}): Build =>
  (b, x) => {
    const parts = begins.map((begin, at) => {
      const part = b.slice(x, [0, 0, 0, begin], [1, 6, 7, channels]);
      return b.conv2d(part, constant(b, [3, 3, channels, filters[at] as number], at + 1), same);
    });
    return b.concat(parts, axis);
  };

/** (x − a mean) ÷ √(a mean + epsilon), of which each part may be another's. */
const standardisedBy =
  (meanOf: Build, varianceOf: Build, epsilon: (b: GraphBuilder) => GraphNode): Build =>
  (b, x) => {
    const difference = b.subtract(x, b.reduce('Mean', meanOf(b, x), [3], true));
    const variance = b.reduce('Mean', b.unary('Square', varianceOf(b, difference)), [3], true);
    return b.multiply(difference, b.unary('Rsqrt', b.add(variance, epsilon(b))));
  };
const itself: Build = (_, x) => x;
const rectified: Build = (b, x) => b.unary('Relu', x);
const scaledAfter =
  (size: readonly [number, number], stride: 1 | 2): Build =>
  (b, x) => {
    const window = { ...same, strides: [stride, stride] as const };
    return b.depthwiseConv2d(standardise(b, x, [3], 1e-6), constant(b, [...size, 8, 1]), window);
  };

const layerNormalisation: Build = (b, x) => {
  const columns = x.shape.at(-1) as number;
  const normal = standardise(b, x, [x.shape.length - 1], 1e-6);
  return b.add(b.multiply(normal, constant(b, [columns], 2)), constant(b, [columns], 3));
};

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

/** To eight rows and nine columns by weights that are drawn. */
const resized: Build = (b, x) => {
  const [, rows = 1, columns = 1] = x.shape;
  const matrix = (target: number, source: number) =>
    ({ values: drawInput([target, source], target), shape: [target, source] }) as const;
  return resizeByMatrices(b, x, matrix(8, rows), matrix(9, columns));
};

const cases: readonly (readonly [title: string, input: PictureShape, build: Build])[] = [
  ['a range of its own', map, (b, x) => b.clip(x, -0.3, 0.4)],
  ['a range of three channels', [1, 5, 5, 3], (b, x) => b.clip(x, -0.3, 0.4)],
  ['a lower bound', map, (b, x) => b.binary('Maximum', x, b.scalar(-0.2))],
  ['an upper bound', map, (b, x) => b.binary('Minimum', x, b.scalar(0.2))],
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
  ['the largest of six channels', [1, 6, 7, 6], (b, x) => b.pool('MaxPool', x, [3, 2], { ...same, strides: [2, 2] })],
  ['the mean of six channels around each place', [1, 6, 7, 6], (b, x) => b.pool('AvgPool', x, [2, 2], same)],
  [
    'squeeze and excite of six channels',
    [1, 80, 80, 6],
    (b, x) => b.multiply(b.unary('Sigmoid', b.reduce('Mean', x, [1, 2], true)), x),
  ],
  ['channels shuffled', map, (b, x) => b.reshape(b.transpose(b.reshape(x, [1, 6, 7, 2, 4]), [0, 1, 2, 4, 3]), map)],
  ['a picture turned over', map, (b, x) => b.transpose(x, [0, 3, 2, 1])],
  ['windows of a picture', [1, 6, 8, 4], (b, x) => b.transpose(b.reshape(x, [1, 2, 3, 2, 4, 4]), [0, 1, 3, 2, 4, 5])],
  ['a transpose of five parts', [1, 12, 12, 8], (b, x) => b.transpose(b.reshape(x, [3, 4, 3, 4, 8]), [4, 3, 2, 1, 0])],
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
  ['layer normalisation', map, layerNormalisation],
  ['layer normalisation of rows', map, (b, x) => layerNormalisation(b, b.reshape(x, [1, 14, 24]))],
  ['rows normalised without scale', map, (b, x) => standardise(b, x, [3], 1e-3)],
  ['normalised over places, channel by channel', map, (b, x) => standardise(b, x, [1, 2], 1e-3)],
  ['rows normalised by their parts', map, standardisedBy(itself, itself, (b) => b.scalar(0.1))],
  ['no rows normalised: the mean of another tensor', map, standardisedBy(rectified, itself, (b) => b.scalar(0.1))],
  ['no rows normalised: the variance of another tensor', map, standardisedBy(itself, rectified, (b) => b.scalar(0.1))],
  [
    'no rows normalised: an epsilon a column',
    map,
    standardisedBy(itself, itself, (b) => b.constant('epsilon', Float32Array.of(0.1, 0.2, 0.3, 0.4, 1, 2, 3, 4), [8])),
  ],
  ['rows normalised and scaled by a convolution of one place', map, scaledAfter([1, 1], 1)],
  ['rows normalised, then a convolution of more places', map, scaledAfter([3, 3], 1)],
  ['rows normalised, scaled and activated', map, (b, x) => b.unary('Relu', scaledAfter([1, 1], 1)(b, x))],
  ['normalised over columns alone', map, (b, x) => standardise(b, x, [2], 1e-3)],
  [
    'layer normalisation that is used twice',
    map,
    (b, x) => b.concat([layerNormalisation(b, x), standardise(b, x, [3], 1e-6)], 3),
  ],
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
  ['a dense layer of many rows and ten columns', map, (b, x) => b.matMul(b.reshape(x, [42, 8]), constant(b, [8, 10]))],
  ['a constant for each place', map, (b, x) => b.add(x, constant(b, [1, 6, 7, 8], 5))],
  [
    'a few numbers in pairs',
    [1, 1, 2, 6],
    (b, x) => b.divide(x, b.add(b.unary('Square', b.reduce('Max', x, [3], true)), b.reduce('Max', x, [1, 2], true))),
  ],
  ['a constant that repeats', [1, 4, 6, 12], (b, x) => b.multiply(constant(b, [4, 1, 12], 5), x)],
  ['a difference of two maps', map, (b, x) => b.subtract(x, b.unary('Relu', x))],
  ['the larger of two', map, (b, x) => b.binary('Maximum', x, b.multiply(x, -1))],
  ['a quotient of two maps', map, (b, x) => b.divide(x, b.add(b.unary('Square', x), 1))],
  ['a computed number for each channel added', map, (b, x) => b.add(x, b.reduce('Mean', x, [1, 2], true))],
  [
    'a response normalised over places and channels',
    map,
    (b, x) => {
      const length = b.unary('Sqrt', b.reduce('Sum', b.unary('Square', x), [1, 2], true));
      const share = b.divide(length, b.add(b.reduce('Mean', length, [3], true), 1e-6));
      return b.add(b.multiply(b.multiply(x, share), constant(b, [8], 2)), x);
    },
  ],
  ['the largest number of each channel', map, (b, x) => b.reduce('Max', x, [1, 2], false)],
  ['the sum of each channel', map, (b, x) => b.reduce('Sum', x, [1, 2], true)],
  ['the sum over channels', [1, 3, 4, 5], (b, x) => b.reduce('Sum', x, [3], false)],
  ['the largest number over channels', [1, 3, 4, 5], (b, x) => b.reduce('Max', b.subtract(x, 3), [-1], true)],
  ['the mean over channels of few places', [1, 3, 4, 5], (b, x) => b.reduce('Mean', x, [3], false)],
  ['the mean over columns', [1, 3, 4, 6], (b, x) => b.reduce('Mean', x, [2], true)],
  ['the sum of all', [1, 3, 4, 5], (b, x) => b.reduce('Sum', x, [1, 2, 3], true)],
  ['the mean over rows', map, (b, x) => b.reduce('Mean', b.reshape(x, [1, 42, 8]), [1], false)],
  [
    'few numbers by rarer functions',
    [1, 1, 2, 5],
    (b, x) => b.unary('Exp', b.unary('Neg', b.unary('Rsqrt', b.add(b.unary('Square', x), 1)))),
  ],
  ['a number for each row of a large map', [1, 100, 100, 4], (b, x) => b.multiply(x, b.reduce('Mean', x, [3], true))],
  ['what each row leaves of a number', map, (b, x) => b.subtract(b.reduce('Max', x, [3], true), x)],
  ['rows of six numbers normalised in a large map', [1, 100, 100, 6], (b, x) => standardise(b, x, [3], 1e-6)],
  [
    'many queries of the same keys',
    map,
    (b, x) =>
      b.matMul(b.reshape(x, [1, 3, 14, 8]), b.reshape(b.slice(x, [0, 0, 0, 0], [1, 1, 5, 8]), [1, 1, 5, 8]), {
        b: true,
      }),
  ],
  ['a logarithm', [1, 1, 2, 5], (b, x) => b.unary('Log', b.add(b.unary('Abs', x), 0.5))],
  ['a softened ReLU', map, (b, x) => b.unary('Softplus', b.multiply(x, 9))],
  ['a slope below zero', map, (b, x) => b.leakyRelu(x, 0.3)],
  ['a power below zero', map, (b, x) => b.unary('Elu', x)],
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
  ['channels in another order', [1, 5, 4, 3], (b, x) => pick(b, x, 3, [2, 0, 1, 1])],
  ['rows in another order', map, (b, x) => pick(b, x, 1, [5, 0, 0, 3])],
  [
    'rows and columns repeated',
    [1, 3, 2, 8],
    (b, x) => b.node('Tile', [x, b.integers('multiples', [1, 2, 3, 1])], { shape: [1, 6, 6, 8] }),
  ],
  ['channels turned over', [1, 5, 4, 3], (b, x) => reverse(b, x, [3])],
  ['a picture resized by a matrix for each axis', [1, 6, 5, 3], (b, x) => resized(b, x)],
];

describe('widerOperations', () => {
  it.each(cases)('compute as TF.js does: %s', (_, shape, build) => {
    const builder = new GraphBuilder();
    const input = builder.input('photo', shape);
    const file = toGraphFile(optimiseGraph({ input, outputs: { score: build(builder, input) } }));

    expect(PlannedGraph.open(file, shape)).toBeUndefined();
    compare(file, shape, ['score'], widerOperations);
  });

  // What is recognised is done in one go: a padding of its own, and what comes before, count as well.
  it.each<[string, number, Build]>([
    ['groups of channels', 2, grouped([3, 3], 2, 4)],
    ['groups side by side', 2, beside([0, 4])],
    ['rows normalised', 1, (b, x) => standardise(b, x, [3], 1e-3)],
    ['layer normalisation', 1, layerNormalisation],
    ['rows normalised and scaled by a convolution of one place', 1, scaledAfter([1, 1], 1)],
    ['gelu, between four times and a half', 3, (b, x) => (activations.gelu as Build)(b, b.multiply(x, 4))],
    ['gelu by a quotient', 1, (b, x) => b.multiply(x, b.add(b.unary('Erf', b.divide(x, 1.5)), 1))],
    ['a range of its own', 1, (b, x) => b.clip(x, -0.3, 0.4)],
  ])('plan in few steps: %s', (_, steps, build) => {
    const builder = new GraphBuilder();
    const input = builder.input('photo', map);
    const file = toGraphFile(optimiseGraph({ input, outputs: { score: build(builder, input) } }));
    const planner = new Planner(file, widerOperations);
    planner.placeholder(map);

    planner.tensor(file.outputs.get('score') ?? '');

    expect(planner.steps).toHaveLength(steps);
  });

  it.each<[string, fits: PictureShape, isTooLarge: PictureShape, Build]>([
    ['a largest number of each row', [1, 512, 512, 4], [1, 512, 513, 4], (b, x) => b.reduce('Max', x, [3], true)],
    [
      'a number for each row',
      [1, 512, 512, 4],
      [1, 512, 513, 4],
      (b, x) => b.multiply(x, b.reduce('Max', x, [3], true)),
    ],
    ['a power of each number', [1, 1024, 1024, 1], [1, 1024, 1025, 1], (b, x) => b.unary('Exp', x)],
    // As wide as a run has to be in a map too large for pairs, and narrower.
    [
      'a difference a channel',
      [1, 60, 60, 16],
      [1, 60, 60, 12],
      (b, x) => b.subtract(x, b.reduce('Mean', x, [1, 2], true)),
    ],
  ])('plan %s as far as it pays', (_, fits, isTooLarge, build) => {
    const plans = [fits, isTooLarge].map((shape) => {
      const builder = new GraphBuilder();
      const input = builder.input('photo', shape);
      const plan = PlannedGraph.open(
        toGraphFile({ input, outputs: { score: build(builder, input) } }),
        shape,
        widerOperations,
      );
      plan?.dispose();
      return plan !== undefined;
    });

    expect(plans).toEqual([true, false]);
  });

  it.each<[string, PictureShape, Build]>([
    ['the mean over rows and channels', map, (b, x) => b.reduce('Mean', x, [1, 3], true)],
    ['rows normalised, then every second place of them scaled', map, scaledAfter([1, 1], 2)],
    ['a sine', map, (b, x) => b.unary('Sin', x)],
    [
      'a transpose of five parts, the outermost of them long',
      [1, 8200, 4, 2],
      (b, x) => b.transpose(b.reshape(x, [4100, 2, 2, 2, 2]), [0, 4, 3, 2, 1]),
    ],
    ['a number for each row of a large map', [1, 600, 600, 4], (b, x) => b.multiply(x, b.reduce('Mean', x, [3], true))],
    [
      'a depthwise convolution of width nine',
      [1, 9, 9, 4],
      (b, x) => b.depthwiseConv2d(x, constant(b, [9, 9, 4, 1]), same),
    ],
    ['rows of six numbers normalised in a large map', [1, 500, 500, 6], (b, x) => standardise(b, x, [3], 1e-6)],
  ])('leave to TF.js: %s', (_, shape, build) => {
    const builder = new GraphBuilder();
    const input = builder.input('photo', shape);
    const file = toGraphFile({ input, outputs: { score: build(builder, input) } });

    expect(PlannedGraph.open(file, shape, widerOperations)).toBeUndefined();
  });
});
