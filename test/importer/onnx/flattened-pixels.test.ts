import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { nameOutputs } from '../../../importer/graph/name-outputs.ts';
import { optimiseGraph } from '../../../importer/graph/optimise-graph.ts';
import { ImportError } from '../../../importer/import-error.ts';
import { readModel } from '../../../importer/read-model.ts';
import { drawInput, runGraph } from '../run-graph.ts';
import { buildOnnxFile } from './build-onnx-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'onnx-flattened-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [width, height, channels] = [4, 2, 3];
const count = width * height * channels;
const kernel = Float32Array.from({ length: count * 2 }, (_, at) => ((at * 7) % 11) / 11 - 0.4);
const file = join(folder, 'flat.onnx');
writeFileSync(
  file,
  buildOnnxFile({
    input: [undefined, count],
    nodes: [{ op: 'MatMul', inputs: ['x', 'w'], outputs: ['y'] }],
    tensors: [{ name: 'w', dims: [count, 2], raw: new Uint8Array(kernel.buffer) }],
  }),
);

it('reads a row of pixels, the channels of each side by side, where the size of the photo is said', async () => {
  const { input, score } = await readModel(file, { size: { width, height } });
  const photo = drawInput(input.shape, 3);

  const { values } = await runGraph(optimiseGraph(nameOutputs(input, score)), photo, 'cpu');

  expect(input.shape).toEqual([1, height, width, channels]);
  const expected = [0, 1].map((label) =>
    photo.reduce((sum, value, at) => sum + value * (kernel[at * 2 + label] as number), 0),
  );
  expect(values[0]).toBeCloseTo(expected[0] as number, 5);
  expect(values[1]).toBeCloseTo(expected[1] as number, 5);
});

it.each([
  ['without a size', undefined, /a row of 24 numbers, not a picture/],
  ['of another size', { width: 5, height: 2 }, /no 5 x 2 pixels/],
])('refuses a row of numbers %s', async (_what, size, message) => {
  const refusal = await readModel(file, { ...(size && { size }) }).catch((thrown: unknown) => thrown);

  expect(refusal).toBeInstanceOf(ImportError);
  expect((refusal as ImportError).message).toMatch(message);
  expect((refusal as ImportError).hint).toMatch(/--size/);
});
