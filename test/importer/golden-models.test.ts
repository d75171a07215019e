import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { nameOutputs } from '../../importer/graph/name-outputs.ts';
import { optimiseGraph } from '../../importer/graph/optimise-graph.ts';
import { readModel } from '../../importer/read-model.ts';
import { type Backend, drawInput, largestDifference, runGraph, runPlanned } from './run-graph.ts';

interface Expected {
  readonly seed: number;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

const fixtures = join(import.meta.dirname, '../fixtures/import');
const folder = mkdtempSync(join(tmpdir(), 'golden-models-'));
const largestAllowed = 1e-5;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each<Backend>(['cpu', 'wasm'])('on the %s backend', (backend) => {
  it.each(Object.entries(readExpected('expected.json')))('answers as Keras does: %s', async (name, expected) => {
    await expectAnswer(join(fixtures, `${name}.keras`), expected, backend);
  });

  it.each(Object.entries(readExpected('expected-legacy.json')))('answers as Keras did: %s', async (name, expected) => {
    await expectAnswer(openFixture(name), expected, backend);
  });
});

it('answers as Keras does where a plan covers the model', async () => {
  const covered: string[] = [];

  for (const [name, { seed, values }] of Object.entries(readExpected('expected.json'))) {
    const { input, score } = await readModel(join(fixtures, `${name}.keras`), {});
    const result = runPlanned(optimiseGraph(nameOutputs(input, score)), drawInput(input.shape, seed));
    if (result === undefined) continue;
    expect(largestDifference(result.values, values), name).toBeLessThanOrEqual(largestAllowed);
    covered.push(name);
  }

  expect(covered).toEqual(expect.arrayContaining(['batch-normalization-folded', 'normalization', 'sigmoid-unit']));
});

async function expectAnswer(file: string, { seed, shape, values }: Expected, backend: Backend): Promise<void> {
  const { input, score } = await readModel(file, {});
  const graph = optimiseGraph(nameOutputs(input, score));
  const result = await runGraph(graph, drawInput(input.shape, seed), backend);
  expect(result.shape).toEqual(shape);
  expect(largestDifference(result.values, values)).toBeLessThanOrEqual(largestAllowed);
}

function readExpected(name: string): Record<string, Expected> {
  return JSON.parse(readFileSync(join(fixtures, name), 'utf8'));
}

/** An .h5 lies compressed among the fixtures, because HDF5 itself is mostly zeros at this size. */
function openFixture(name: string): string {
  if (!name.endsWith('.h5')) return join(fixtures, name);
  const path = join(folder, name);
  writeFileSync(path, gunzipSync(readFileSync(join(fixtures, `${name}.gz`))));
  return path;
}
