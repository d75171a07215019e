import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../importer/graph/graph-builder.ts';
import type { GraphNode, Window } from '../../../../importer/graph/node.ts';
import { equaliseChannels } from '../../../../importer/graph/passes/equalise-channels.ts';
import { showGraph } from '../../show-graph.ts';

const builder = new GraphBuilder();
const x = builder.input('x', [1, 4, 4, 1]);
const window: Window = { strides: [1, 1], dilations: [1, 1], padding: 'VALID' };
const kernel = (shape: readonly number[], values: readonly number[]) =>
  builder.constant('kernel', Float32Array.from(values), shape);
/** Two channels of one, and one of two. */
const maker = (...values: number[]) => builder.conv2d(x, kernel([1, 1, 1, 2], values), window);
const taker = (from: GraphNode, ...values: number[]) => builder.conv2d(from, kernel([1, 1, 2, 1], values), window);
const always = () => true;

/** The kernels of both, one behind the other. */
function kernelsOf(node: GraphNode): string[] {
  return [...showGraph(node).matchAll(/\{([^}]*)\}/g)].map(([, values = '']) => values);
}

describe('channels whose ranges are shared', () => {
  it.each([
    ['as they are', (made: GraphNode) => made],
    ['through ReLU', (made: GraphNode) => builder.unary('Relu', made)],
    [
      'through leaky ReLU and a pool',
      (made: GraphNode) => builder.pool('MaxPool', builder.leakyRelu(made, 0.1), [2, 2], window),
    ],
    ['through an activation of the product', (made: GraphNode) => ({ ...made, activation: { op: 'Relu' as const } })],
  ])('are as wide in both kernels: %s', (_what, between) => {
    const equal = equaliseChannels(taker(between(maker(4, -1)), 1, 4), always);

    expect(kernelsOf(equal)).toEqual(['2 -2', '2 2']);
  });

  it('take the bias along', () => {
    const made = maker(4, 1);
    const withBias = { ...made, inputs: [...made.inputs, kernel([2], [6, 6])] };

    expect(kernelsOf(equaliseChannels(taker(withBias, 1, 4), always))).toEqual(['2 2', '3 12', '2 2']);
  });

  it('leave a channel alone that is zero on either side, and change none by more than a thousand', () => {
    expect(kernelsOf(equaliseChannels(taker(maker(0, 4), 1, 1), always))).toEqual(['0 2', '1 2']);
    expect(kernelsOf(equaliseChannels(taker(maker(4, 4), 0, 1), always))).toEqual(['4 2', '0 2']);
    expect(kernelsOf(equaliseChannels(taker(maker(1e8, 1), 1, 1e8), always))).toEqual(['100000 1000', '1000 100000']);
  });

  it.each([
    ['something else uses what lies between', taker(maker(4, 1), 1, 4), () => false],
    ['an activation cuts off', taker({ ...maker(4, 1), activation: { op: 'Relu6' } }, 1, 4), always],
    ['a step is not linear', taker(builder.unary('Tanh', maker(4, 1)), 1, 4), always],
    ['nothing makes them', taker(builder.input('y', [1, 4, 4, 2]), 1, 4), always],
    ['nothing takes them', builder.unary('Relu', maker(4, 1)), always],
  ])('are left where %s', (_what, node, isUsedHereOnly) => {
    expect(equaliseChannels(node, isUsedHereOnly)).toBe(node);
  });
});
