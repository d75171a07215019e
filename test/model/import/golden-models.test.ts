import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nameOutputs } from '../../../model/import/graph/name-outputs.ts';
import { optimiseGraph } from '../../../model/import/graph/optimise-graph.ts';
import { readModel } from '../../../model/import/read-model.ts';
import { type Backend, drawInput, largestDifference, runGraph } from './run-graph.ts';

interface Expected {
  readonly seed: number;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

const fixtures = join(import.meta.dirname, '../../fixtures/import');
const expected: Record<string, Expected> = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8'));
const largestAllowed = 1e-5;

describe.each<Backend>(['cpu', 'wasm'])('on the %s backend', (backend) => {
  it.each(Object.entries(expected))('answers as Keras does: %s', async (name, { seed, shape, values }) => {
    const { input, score } = await readModel(join(fixtures, `${name}.keras`), {});
    const graph = optimiseGraph(nameOutputs(input, score));
    const result = await runGraph(graph, drawInput(input.shape, seed), backend);
    expect(result.shape).toEqual(shape);
    expect(largestDifference(result.values, values)).toBeLessThanOrEqual(largestAllowed);
  });
});
