import { expect, it } from 'vitest';
import { assets } from '../../../function/bundling/assets.ts';
import { openGraph } from '../../../model/open-graph.ts';
import { PlannedGraph } from '../../../model/plan/planned-graph.ts';
import { TensorflowGraph } from '../../../model/tensorflow/tensorflow-graph.ts';
import { drawInput } from '../../importer/run-graph.ts';

const shape = [1, 224, 224, 3] as const;

it('answers for the shipped model what TF.js does, every named output alike', async () => {
  const planned = await openGraph(assets.modelDirectory, shape, assets);

  expect(planned).toBeInstanceOf(PlannedGraph);

  const reference = await TensorflowGraph.open(planned.file, shape, assets.wasmFile, 'tensorflow');
  const names = [...planned.file.outputs.keys()];
  const input = drawInput(shape, 1);
  const expected = reference.run(input, names);
  for (const [index, { values, shape: answered }] of planned.run(input, names).entries()) {
    const wanted = expected[index]?.values ?? new Float32Array();
    expect(answered).toEqual(expected[index]?.shape);
    expect(
      values.reduce((most, value, at) => Math.max(most, Math.abs(value - (wanted[at] as number))), 0),
    ).toBeLessThan(1e-4);
  }
  reference.dispose();
});
