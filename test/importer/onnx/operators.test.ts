import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nameOutputs } from '../../../importer/graph/name-outputs.ts';
import { optimiseGraph } from '../../../importer/graph/optimise-graph.ts';
import { readModel } from '../../../importer/read-model.ts';
import { type Backend, drawInput, largestDifference, runGraph, runPlanned } from '../run-graph.ts';

interface Case {
  readonly name: string;
  readonly opset: number;
  readonly model: string;
  readonly seed: number;
  readonly answer: string;
  /** Where the file itself rounds on the way, which the importer does not. */
  readonly tolerance?: number;
  /** Weights that the file names as weights.bin beside it. */
  readonly data?: string;
}

const cases: Case[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/import/onnx/operators.json'), 'utf8'),
);
const folder = mkdtempSync(join(tmpdir(), 'onnx-operators-'));
const largestAllowed = 1e-5;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each<Backend>(['cpu', 'wasm'])('on the %s backend', (backend) => {
  it.each(cases.map((one) => [one.name, one] as const))('answers as onnxruntime does: %s', async (_, one) => {
    const { graph, expected, input } = await open(one);

    const result = await runGraph(graph, input, backend);

    expect(largestDifference(result.values, expected)).toBeLessThanOrEqual(one.tolerance ?? largestAllowed);
  });
});

it('answers as onnxruntime does where a plan covers the model', async () => {
  const covered: string[] = [];

  for (const one of cases) {
    const { graph, expected, input } = await open(one);
    const result = runPlanned(graph, input);
    if (result === undefined) continue;
    expect(largestDifference(result.values, expected), one.name).toBeLessThanOrEqual(one.tolerance ?? largestAllowed);
    covered.push(one.name);
  }

  expect(covered).toEqual(expect.arrayContaining(['MatMul of channels']));
});

async function open({ name, model, seed, answer, data }: Case) {
  const file = join(folder, `${name.replaceAll(/\W/g, '-')}.onnx`);
  if (data !== undefined) writeFileSync(join(folder, 'weights.bin'), Buffer.from(data, 'base64'));
  writeFileSync(file, Buffer.from(model, 'base64'));
  const { input, score } = await readModel(file, {});
  const expected = new Float32Array(new Uint8Array(Buffer.from(answer, 'base64')).buffer);
  return {
    graph: optimiseGraph(nameOutputs(input, score)),
    input: drawInput(input.shape, seed),
    expected: [...expected],
  };
}
