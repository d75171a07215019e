import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import type { GraphNode } from '../../../importer/graph/node.ts';
import { areSharesOfOne } from '../../../importer/graph/shares-of-one.ts';

type Make = (builder: GraphBuilder, one: GraphNode, other: GraphNode) => GraphNode;

function make(build: Make, labels = 3): GraphNode {
  const builder = new GraphBuilder();
  const scores = builder.input('scores', [1, labels]);
  return build(builder, builder.softmax(scores), builder.softmax(builder.multiply(scores, 2)));
}

const beside: Make = (builder, one) => {
  const sigmoid = builder.unary('Sigmoid', builder.slice(one, [0, 0], [1, 1]));
  return builder.concat([builder.subtract(builder.scalar(1), sigmoid), sigmoid], 1);
};

describe('shares that sum to 1', () => {
  it.each<[what: string, build: Make]>([
    ['a softmax', (_, one) => one],
    ['the mean of two', (builder, one, other) => builder.multiply(builder.add(one, other), 0.5)],
    ['the mean of two by division', (builder, one, other) => builder.divide(builder.add(one, other), 2)],
    ['a weighted mean', (builder, a, b) => builder.add(builder.multiply(a, 0.25), builder.multiply(b, 0.75))],
    ['a sigmoid beside what it leaves', beside],
  ])('are %s', (_what, build) => {
    expect(areSharesOfOne(make(build))).toBe(true);
  });

  it.each<[what: string, build: Make]>([
    ['a sum of two softmaxes', (builder, one, other) => builder.add(one, other)],
    ['percentages', (builder, one) => builder.multiply(one, 100)],
    ['a difference', (builder, one, other) => builder.subtract(one, other)],
    ['a mean with a negative part', (builder, a, b) => builder.add(builder.multiply(a, 2), builder.multiply(b, -1))],
    ['two softmaxes side by side', (builder, one, other) => builder.concat([one, other], 1)],
  ])('are not %s', (_what, build) => {
    expect(areSharesOfOne(make(build))).toBe(false);
  });

  it('are not looked for in a chain that doubles at each step', () => {
    const doubled: Make = (builder, one) =>
      Array.from({ length: 5000 }).reduce<GraphNode>((x) => builder.add(x, x), one);

    expect(areSharesOfOne(make(doubled))).toBe(false);
  });
});
