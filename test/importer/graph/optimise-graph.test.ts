import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import { orderNodes } from '../../../importer/graph/graph-order.ts';
import type { GraphNode, Window } from '../../../importer/graph/node.ts';
import { optimiseGraph } from '../../../importer/graph/optimise-graph.ts';
import { type Backend, drawInput, largestDifference, runGraph } from '../run-graph.ts';

type Build = (builder: GraphBuilder, input: GraphNode) => GraphNode;

const window: Window = { strides: [1, 1], dilations: [1, 1], padding: 'SAME' };
const valid: Window = { ...window, padding: 'VALID' };

const kernel = (builder: GraphBuilder, shape: number[], seed = 1) =>
  builder.constant('kernel', drawInput(shape, seed), shape);
const perChannel = (builder: GraphBuilder, channels: number, seed: number) =>
  builder.constant(
    'channels',
    drawInput([channels], seed).map((value) => value + 1.5),
    [channels],
  );
const conv: Build = (builder, x) => builder.conv2d(x, kernel(builder, [3, 3, x.shape[3] as number, 8]), window);
const depthwise: Build = (builder, x) =>
  builder.depthwiseConv2d(x, kernel(builder, [3, 3, x.shape[3] as number, 1], 2), window);
const normalise: Build = (builder, x) => {
  const channels = x.shape.at(-1) as number;
  return builder.add(builder.multiply(x, perChannel(builder, channels, 3)), perChannel(builder, channels, 4));
};
const pixelwise: Build = (builder, x) => builder.conv2d(x, kernel(builder, [1, 1, x.shape[3] as number, 4], 5), valid);

const cases: readonly (readonly [what: string, build: Build, operations: readonly string[]])[] = [
  [
    'normalisation and ReLU6 into the convolution before',
    (b, x) => b.unary('Relu6', normalise(b, conv(b, x))),
    ['Conv2D'],
  ],
  [
    'normalisation into the depthwise convolution before',
    (b, x) => normalise(b, depthwise(b, x)),
    ['DepthwiseConv2dNative'],
  ],
  [
    'normalisation into the convolution after, where nothing is padded',
    (b, x) => pixelwise(b, b.pool('MaxPool', normalise(b, b.unary('Tanh', x)), [1, 1], valid)),
    ['Tanh', 'Mul', 'AddV2', 'MaxPool', 'Conv2D'],
  ],
  [
    'a factor and term into the convolution of one pixel after',
    (b, x) => pixelwise(b, normalise(b, b.unary('Tanh', x))),
    ['Tanh', 'Conv2D'],
  ],
  [
    'a factor into a padded convolution after',
    (b, x) => conv(b, b.multiply(b.unary('Tanh', x), perChannel(b, 3, 3))),
    ['Tanh', 'Conv2D'],
  ],
  [
    'no term into a padded convolution after, whose border must not have it',
    (b, x) => conv(b, normalise(b, b.unary('Tanh', x))),
    ['Tanh', 'Mul', 'AddV2', 'Conv2D'],
  ],
  [
    'padding into a convolution',
    (b, x) =>
      b.conv2d(
        b.pad(x, [
          [0, 0],
          [0, 1],
          [1, 0],
          [0, 0],
        ]),
        kernel(b, [2, 2, 3, 4]),
        { ...valid, strides: [2, 2] },
      ),
    ['Conv2D'],
  ],
  [
    'normalisation and ReLU that no convolution can take, into one depthwise pixel',
    (b, x) => b.unary('Relu', normalise(b, b.concat([conv(b, x), x], 3))),
    ['Conv2D', 'ConcatV2', 'DepthwiseConv2dNative'],
  ],
  [
    "hard swish's sixth into the next convolution",
    (b, x) => {
      const y = b.unary('Tanh', x);
      const gate = b.multiply(b.unary('Relu6', b.add(y, 3)), 1 / 6);
      return pixelwise(b, b.multiply(y, gate));
    },
    ['Tanh', 'AddV2', 'Relu6', 'Mul', 'Conv2D'],
  ],
  [
    'no leaky ReLU into a depthwise convolution, whose kernel would lose the slope',
    (b, x) => b.leakyRelu(depthwise(b, x), 0.3),
    ['DepthwiseConv2dNative', 'LeakyRelu'],
  ],
  [
    'no tanh into a convolution, whose kernel does not know it',
    (b, x) => b.unary('Tanh', conv(b, x)),
    ['Conv2D', 'Tanh'],
  ],
  [
    'nothing into a convolution whose result is used twice',
    (b, x) => {
      const y = conv(b, x);
      return b.multiply(b.unary('Relu', y), y);
    },
    ['Conv2D', 'Relu', 'Mul'],
  ],
];

describe('optimising folds', () => {
  it.each(cases)('%s', async (_what, build, operations) => {
    const builder = new GraphBuilder();
    const input = builder.input('input', [1, 6, 5, 3]);
    const graph = { input, outputs: { score: build(builder, input) } };
    const optimised = optimiseGraph(graph);
    const left = orderNodes(optimised).filter(({ op }) => op !== 'Const' && op !== 'Placeholder');

    expect(left.map(({ op }) => op)).toEqual(operations);

    for (const backend of ['cpu', 'wasm'] satisfies Backend[]) {
      const photo = drawInput(input.shape, 9);
      const before = await runGraph(graph, photo, 'cpu');
      const after = await runGraph(optimised, photo, backend);
      expect(largestDifference(after.values, [...before.values])).toBeLessThan(1e-6);
    }
  });

  it('nothing across an output', () => {
    const builder = new GraphBuilder();
    const input = builder.input('input', [1, 6, 5, 3]);
    const map = conv(builder, input);
    const optimised = optimiseGraph({ input, outputs: { score: builder.unary('Relu', map), map } });

    expect([optimised.outputs.map?.op, optimised.outputs.score?.op]).toEqual(['Conv2D', 'Relu']);
  });
});
