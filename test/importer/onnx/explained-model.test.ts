import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assets } from '../../../function/bundling/assets.ts';
import { importModel } from '../../../importer/import-model.ts';
import { writeModelDirectory } from '../../../importer/write-model-directory.ts';
import { calibrate } from '../../../model/calibration/calibrate.ts';
import { load } from '../../../model/classifier.ts';
import { fillPixels } from '../../helpers/tiny-model.ts';
import { buildOnnxFile, type NodeParts, type TensorParts } from './build-onnx-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'onnx-explained-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const floats = (name: string, dims: readonly number[], ...values: readonly number[]): TensorParts => ({
  name,
  dims,
  raw: new Uint8Array(Float32Array.from(values).buffer),
});
const whole = (name: string, ...values: readonly number[]): TensorParts => ({
  name,
  dims: [values.length],
  type: 7,
  raw: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
});
const node = (op: string, inputs: string, output: string, attributes: NodeParts['attributes'] = {}): NodeParts => ({
  op,
  inputs: inputs.split(','),
  outputs: [output],
  attributes,
});

/** Four channels: red, green, blue and their sum; two labels, red and green. */
const body = [node('Conv', 'x,k', 'c'), node('Relu', 'c', 'r')];
const tensors = [
  floats('k', [4, 3, 1, 1], 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1),
  floats('w', [2, 4], 5, 0, 0, 0, 0, 4, 0, 0),
  floats('g', [4, 1, 1], 1, 1, 1, 1),
  floats('s', [], 1 / 64),
  { name: 'z', dims: [], type: 3, raw: Uint8Array.of(0x80) },
  whole('places', -1, -2),
];
const gemm = (from: string, to: string) => node('Gemm', `${from},w`, to, { transB: 1 });
const pooled = node('GlobalAveragePool', 'r', 'p');
const heads: Readonly<Record<string, readonly NodeParts[]>> = {
  'as PyTorch traces it': [pooled, node('Flatten', 'p', 'f'), gemm('f', 'y')],
  'as PyTorch captures it': [node('ReduceMean', 'r,places', 'f', { keepdims: 0 }), gemm('f', 'y')],
  'of a quantised file': [
    pooled,
    node('QuantizeLinear', 'p,s,z', 'q'),
    node('DequantizeLinear', 'q,s,z', 'd'),
    node('Flatten', 'd', 'f'),
    gemm('f', 'y'),
  ],
};
const normalised = [
  pooled,
  node('LayerNormalization', 'p,g', 'n', { axis: 1 }),
  node('Flatten', 'n', 'f'),
  gemm('f', 'y'),
];

// The left half red, the right half green.
const halves = {
  width: 8,
  height: 8,
  data: Uint8Array.from({ length: 192 }, (_, at) => ((at % 24 < 12 ? at % 3 === 0 : at % 3 === 1) ? 200 : 0)),
};

async function importDirectory(name: string, head: readonly NodeParts[]): Promise<string> {
  const directory = mkdtempSync(join(folder, 'model-'));
  const file = join(directory, 'model.onnx');
  writeFileSync(file, buildOnnxFile({ nodes: [...body, ...head], tensors }));
  const model = await importModel(file, {});
  const way = { channels: 'rgb', resize: 'bilinear', fit: 'stretch', scale: 1 / 255, offset: 0 } as const;
  const card = { name, labels: ['red', 'green'], input: { ...model.input, ...way }, output: model.output };
  await writeModelDirectory(directory, model, { card, weights: 'float32' });
  return directory;
}

describe('a model from an .onnx file', () => {
  it.each(Object.entries(heads))('shows where its evidence lies: the head %s', async (name, head) => {
    const classifier = await load(await importDirectory(name, head), assets);

    const { explanation } = classifier.classify(halves, { explain: true });
    classifier.dispose();

    expect(explanation?.label).toBe('red');
    expect(explanation?.grid).toEqual(Array.from({ length: 8 }, () => [1, 1, 1, 1, 0, 0, 0, 0]));
    expect(explanation?.runnerUp.label).toBe('green');
  });

  it('keeps the map before its pooling where a normalisation follows', async () => {
    const file = join(folder, 'normalised.onnx');
    writeFileSync(file, buildOnnxFile({ nodes: [...body, ...normalised], tensors }));

    const { graph } = await importModel(file, {});

    expect(graph.outputs.features?.shape).toEqual([1, 4]);
    expect(graph.outputs.map?.shape).toEqual([1, 8, 8, 4]);
  });

  it('is calibrated, and tells photos of another kind', async () => {
    const classifier = await load(await importDirectory('calibrated', heads['as PyTorch traces it'] ?? []), assets);
    const measure = (red: number, green: number, blue: number) =>
      classifier.measure(fillPixels(8, 8, [red, green, blue]));
    const photos = Array.from({ length: 40 }, (_, at) => ({
      ...(at % 2 === 0 ? measure(150 + at, 20 + (at % 7), 5) : measure(20 + (at % 7), 150 + at, 5)),
      label: at % 2,
    }));
    const others = Array.from({ length: 20 }, (_, at) => measure(10, 10, 180 + at).features as Float32Array);

    const calibration = calibrate({ photos, trainedOn: [], others, empty: [], emptyForMeasuring: [] });
    classifier.dispose();

    expect(calibration.unfamiliar).toBeDefined();
    expect(calibration.fitted?.photos).toBe(40);
  });
});
