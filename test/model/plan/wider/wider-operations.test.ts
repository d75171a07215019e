import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../importer/graph/graph-builder.ts';
import { optimiseGraph } from '../../../../importer/graph/optimise-graph.ts';
import { activations } from '../../../../importer/keras/activations.ts';
import { standardise } from '../../../../importer/onnx/operators/normalisation.ts';
import type { PictureShape } from '../../../../model/graph/runnable-graph.ts';
import { PlannedGraph } from '../../../../model/plan/planned-graph.ts';
import { Planner } from '../../../../model/plan/planner.ts';
import { widerOperations } from '../../../../model/plan/wider/wider-operations.ts';
import { toGraphFile } from '../../../importer/run-graph.ts';
import { type Build, beside, constant, grouped, layerNormalisation, map, same, scaledAfter } from './wider-graphs.ts';

describe('widerOperations', () => {
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
