import '@tensorflow/tfjs-backend-cpu';
import { env, setBackend } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { GraphFile } from '../../../model/graph/graph-file.ts';
import type { PictureShape } from '../../../model/graph/runnable-graph.ts';
import { planOperations } from '../../../model/plan/operation-table.ts';
import { PlannedGraph } from '../../../model/plan/planned-graph.ts';
import { TensorflowGraph } from '../../../model/tensorflow/tensorflow-graph.ts';
import { drawInput } from '../../importer/run-graph.ts';
import type { Weight } from './graph-file.ts';
import { runSpaced } from './run-spaced.ts';

/** Before tests that compare: what they compare with. */
export async function useReferenceBackend(): Promise<void> {
  env().set('PROD', true);
  await setBackend('cpu');
}

export function draw(shape: readonly number[], seed: number): Weight {
  return { shape, numbers: drawInput(shape, seed) };
}

/** Expects the plan of a graph to answer as TensorFlow.js does, and to touch no memory but its own. */
export function compare(
  file: GraphFile,
  shape: PictureShape,
  names: readonly string[] = ['score'],
  table = planOperations,
): void {
  const planned = PlannedGraph.open(file, shape, table);
  const reference = TensorflowGraph.onCurrentBackend(file, shape);
  try {
    const input = drawInput(shape, 1);
    // The second run finds what the first has left in memory.
    planned?.run(drawInput(shape, 4), names);
    const answers = planned?.run(input, names) ?? [];
    const expected = reference.run(input, names);
    expect(answers.map((answer) => answer.shape)).toEqual(expected.map((answer) => answer.shape));
    expect(runSpaced(file, shape, input, table)).toEqual(answers[0]?.values);
    for (const [index, { values }] of answers.entries()) {
      const wanted = expected[index]?.values ?? new Float32Array();
      const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      for (const [at, value] of values.entries()) {
        expect(Math.abs(value - (wanted[at] as number))).toBeLessThanOrEqual(1e-6 * largest * Math.sqrt(values.length));
      }
    }
  } finally {
    reference.dispose();
    planned?.dispose();
  }
}
