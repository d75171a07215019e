import { describe, expect, it } from 'vitest';
import { chooseOutput } from '../../importer/choose-output.ts';
import { GraphBuilder } from '../../importer/graph/graph-builder.ts';
import type { GraphNode } from '../../importer/graph/node.ts';
import { showGraph } from './show-graph.ts';

const builder = new GraphBuilder();
const answer = (...shape: number[]) => builder.input('answer', shape);
const sigmoids = (count: number) => builder.unary('Sigmoid', answer(1, count));
const softmax = builder.softmax(answer(1, 3));
type Activation = Parameters<typeof chooseOutput>[1];

const choose = (node: GraphNode, activation?: Activation) => {
  const { score, kind, outputs } = chooseOutput(node, activation);
  return `${kind} ${outputs} ${showGraph(score)}`;
};

describe('the scores of a model', () => {
  it.each([
    ['are left as they are', answer(1, 3), 'logits 3 answer'],
    ['lose axes of one place', answer(1, 1, 1, 3), 'logits 3 Reshape[1,3](answer, {-1 3})'],
    ['gain the batch’s', answer(3), 'logits 3 Reshape[1,3](answer, {-1 3})'],
    ['are turned from a column', answer(3, 1), 'logits 3 Reshape[1,3](answer, {-1 3})'],
    ['are probabilities', softmax, 'softmax 3 Softmax[1,3](answer)'],
    ['are one for two labels', sigmoids(1), 'sigmoid 1 Sigmoid[1,1](answer)'],
  ])('%s', (_what, node, chosen) => {
    expect(choose(node)).toBe(chosen);
  });

  it.each<[string, GraphNode, Activation, string]>([
    ['one for two labels', answer(1, 1), 'sigmoid', 'sigmoid 1 Sigmoid[1,1](answer)'],
    ['one that has it already', sigmoids(1), 'sigmoid', 'sigmoid 1 Sigmoid[1,1](answer)'],
    ['one for each label', answer(1, 3), 'sigmoid-each', 'sigmoids 3 Sigmoid[1,3](answer)'],
    ['each that has it already', sigmoids(3), 'sigmoid-each', 'sigmoids 3 Sigmoid[1,3](answer)'],
    ['each of one', answer(1, 1), 'sigmoid-each', 'sigmoid 1 Sigmoid[1,1](answer)'],
  ])('end as the owner says: %s', (_what, node, activation, chosen) => {
    expect(choose(node, activation)).toBe(chosen);
  });

  it.each<[string, GraphNode, Activation, string]>([
    ['are none but a picture', answer(1, 2, 3), undefined, 'answers a tensor of [1,2,3], not one score a label'],
    ['are none at all', answer(1, 0), undefined, 'answers a tensor of [1,0]'],
    ['are several yeses and noes', sigmoids(2), undefined, 'ends in 2 independent sigmoids'],
    ['are one number that is no probability', answer(1, 1), undefined, 'a single number that is no probability'],
    ['are probabilities already', softmax, 'sigmoid-each', 'ends in a softmax'],
    ['are more than one', answer(1, 2), 'sigmoid', 'the model has 2'],
  ])('are refused where they %s', (_what, node, activation, complaint) => {
    expect(() => chooseOutput(node, activation)).toThrow(complaint);
  });
});
