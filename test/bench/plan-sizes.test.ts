import { expect, it } from 'vitest';
import { PlanSizes } from '../../bench/profile/plan-sizes.ts';
import { timedOperations } from '../../bench/profile/time-steps.ts';
import { assets } from '../../function/bundling/assets.ts';
import { readGraphFile } from '../../model/graph/read-graph-file.ts';
import { PlannedGraph } from '../../model/plan/planned-graph.ts';

it.each([
  [224, 383.9],
  [192, 282.1],
])('counts what the shipped model multiplies at %i pixels, in million', async (size, millions) => {
  const file = await readGraphFile(assets.modelDirectory);
  const { table, steps } = timedOperations();
  const shape = [1, size, size, 3] as const;
  PlannedGraph.open(file, shape, table)?.dispose();
  const sizes = new PlanSizes(file, shape, steps);

  expect(sizes.countAllMultiplications() / 1e6).toBeCloseTo(millions, 1);
});
