import { describe, expect, it } from 'vitest';
import { type Backend, largestDifference, runGraph, runPlanned } from '../run-graph.ts';
import { openOperatorCase, operatorCases } from './operator-cases.ts';

const largestAllowed = 1e-5;

describe.each<Backend>(['cpu', 'wasm'])('on the %s backend', (backend) => {
  it.each(operatorCases.map((one) => [one.name, one] as const))('answers as onnxruntime does: %s', async (_, one) => {
    const { graph, expected, input } = await openOperatorCase(one);

    const result = await runGraph(graph, input, backend);

    expect(largestDifference(result.values, expected)).toBeLessThanOrEqual(one.tolerance ?? largestAllowed);
  });
});

it('answers as onnxruntime does where a plan covers the model', async () => {
  const covered: string[] = [];

  for (const one of operatorCases) {
    const { graph, expected, input } = await openOperatorCase(one);
    const result = runPlanned(graph, input);
    if (result === undefined) continue;
    expect(largestDifference(result.values, expected), one.name).toBeLessThanOrEqual(one.tolerance ?? largestAllowed);
    covered.push(one.name);
  }

  expect(covered).toEqual(
    expect.arrayContaining([
      'MatMul of channels',
      'Conv in groups',
      'LayerNormalization of channels',
      'attention',
      "MobileNetV2 and a dense head, as torch's older exporter writes them",
      "MobileNetV2 and a dense head, as torch's newer exporter writes them",
    ]),
  );
});
