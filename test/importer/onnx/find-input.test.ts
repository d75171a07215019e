import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { nameOutputs } from '../../../importer/graph/name-outputs.ts';
import { optimiseGraph } from '../../../importer/graph/optimise-graph.ts';
import { readModel } from '../../../importer/read-model.ts';
import { drawInput, runGraph } from '../run-graph.ts';
import { buildOnnxFile } from './build-onnx-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'onnx-input-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [width, height, channels] = [4, 2, 3];

/** One score for each channel: the mean of its places, which lie along the axes named. */
async function meansOf(input: readonly number[], axes: readonly number[]) {
  const file = join(folder, 'mean.onnx');
  const mean = { op: 'ReduceMean', inputs: ['x'], outputs: ['y'], attributes: { axes, keepdims: 0 } };
  writeFileSync(file, buildOnnxFile({ input, nodes: [mean], opset: 13 }));
  const read = await readModel(file, {});
  const photo = drawInput(read.input.shape, 3);
  const { values } = await runGraph(optimiseGraph(nameOutputs(read.input, read.score)), photo, 'cpu');
  const expected = Array.from({ length: channels }, (_, channel) => {
    const own = photo.filter((_, at) => at % channels === channel);
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  });
  return { shape: read.input.shape, values, expected };
}

it.each<[what: string, input: readonly number[], axes: readonly number[]]>([
  ['channels first', [1, channels, height, width], [2, 3]],
  ['channels last', [1, height, width, channels], [1, 2]],
  ['channels first, without a batch', [channels, height, width], [1, 2]],
  ['channels last, without a batch', [height, width, channels], [0, 1]],
])('reads a photo with its %s', async (_what, input, axes) => {
  const { shape, values, expected } = await meansOf(input, axes);

  expect(shape).toEqual([1, height, width, channels]);
  expected.forEach((mean, channel) => {
    expect(values[channel]).toBeCloseTo(mean, 5);
  });
});
