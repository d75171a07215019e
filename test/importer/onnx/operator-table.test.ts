import { describe, expect, it } from 'vitest';
import { readOnnxModel } from '../../../importer/onnx/onnx-model.ts';
import { opsetsOf } from '../../../importer/onnx/operator-opsets.ts';
import { operatorTable } from '../../../importer/onnx/operator-table.ts';
import { plannedOperators } from '../../../importer/onnx/write-operator-table.ts';
import { drawInput, runPlanned } from '../run-graph.ts';
import { openOperatorCase, operatorCases } from './operator-cases.ts';

/** The operators of a model that see the photo; what is made of its shape alone does not. */
function operatorsThatSee(model: Uint8Array): string[] {
  const { graph, functions } = readOnnxModel(model);
  const seen = new Set(['x']);
  const operators = graph.nodes.filter(({ op, inputs, outputs }) => {
    if (op === 'Shape' || !inputs.some((name) => seen.has(name))) return false;
    for (const name of outputs) seen.add(name);
    return true;
  });
  return functions.size > 0 ? [] : operators.map(({ op }) => op);
}

describe('the table of operators', () => {
  it('calls those planned of which some small model runs as a plan, and no others', async () => {
    const planned = new Set<string>();

    for (const one of operatorCases) {
      const { graph } = await openOperatorCase(one);
      if (runPlanned(graph, drawInput(graph.input.shape, 1)) === undefined) continue;
      for (const op of operatorsThatSee(Buffer.from(one.model, 'base64'))) planned.add(op);
    }

    const named = [...plannedOperators].sort();
    expect(named, 'change plannedOperators, then npm run docs:tables').toEqual([...planned].sort());
  });

  it('has a small model of every operator that is converted', () => {
    const tried = new Set(operatorCases.flatMap(({ model }) => operatorsThatSee(Buffer.from(model, 'base64'))));

    const untried = [...operatorTable.keys()].filter((op) => !tried.has(op));

    expect(untried).toEqual([]);
  });

  it('says of no opset that it lacks an operator which a model of it has', () => {
    const wrong = operatorCases.flatMap(({ opset, model }) =>
      operatorsThatSee(Buffer.from(model, 'base64')).filter((op) => {
        const { since, until = opset } = opsetsOf(op);
        return opset < since || opset > until;
      }),
    );

    expect(wrong).toEqual([]);
  });
});
