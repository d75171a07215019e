import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ImportError } from '../../../importer/import-error.ts';
import { readModel } from '../../../importer/read-model.ts';
import { buildOnnxFile, type NodeParts, type TensorParts } from './build-onnx-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'onnx-refused-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tensor = (name: string, dims: readonly number[], ...values: readonly number[]): TensorParts => ({
  name,
  dims,
  raw: new Uint8Array(Float32Array.from(values).buffer),
});
const tensors = [tensor('s', [], 0.5), tensor('each', [3], 0.5, 0.25, 1), tensor('two', [2], 0.5, 0.25)];
const whole = (name: string, ...values: readonly number[]): TensorParts => ({
  ...{ name, dims: [values.length], type: 7 },
  raw: new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer),
});
const sizes = [whole('wide', 0, 0, 16, 0, 0, 0, 0, 0), whole('axis', 1), whole('long', 20_000)];
const kernel = tensor('k', [3, 3, 1, 1], 1, 2, 3, 4, 5, 6, 7, 8, 9);
const square = tensor('square', [3, 1, 2, 2], ...Array(12).fill(1));
const stored = tensor('w', [3, 1, 1], 1, 2, 3);
const node = (op: string, inputs: readonly string[], outputs: readonly string[] = ['y'], domain = ''): NodeParts => ({
  op,
  inputs,
  outputs,
  name: `at/${op}`,
  domain,
});

describe('an operator that is not imported is refused by name and place', () => {
  it.each<[what: string, nodes: readonly NodeParts[], message: RegExp]>([
    [
      'a product of two photos in whole numbers',
      [node('MatMulInteger', ['x', 'x'])],
      /MatMulInteger at at\/MatMulInteger/,
    ],
    [
      'zero points for other filters',
      [node('ConvInteger', ['x', 'k', '', 'two'])],
      /ConvInteger at at.*2 zero points for an axis of 3/,
    ],
    ['a sum of products of three', [node('Einsum', ['x', 'x', 'x'])], /Einsum at at\/Einsum.*its equation/],
    ['a place for each largest value', [node('TopK', ['x', 's'])], /TopK at at\/TopK/],
    ['an operator of another domain', [node('QLinearWhere', ['x'], ['y'], 'com.microsoft')], /QLinearWhere at at/],
    ['a photo with a scale a channel', [node('QuantizeLinear', ['x', 'each'])], /a scale for each channel/],
    ['a zero point of no whole type', [node('QuantizeLinear', ['x', 's', 's'])], /another type than 8 or 16 bits/],
    [
      'weights that are rounded to no whole type',
      [node('QuantizeLinear', ['w', 's', 's'], ['q']), node('Add', ['x', 'q'])],
      /QuantizeLinear at at\/QuantizeLinear.*another type than 8 or 16 bits/,
    ],
    [
      'fewer scales than channels',
      [node('DequantizeLinear', ['w', 'two'], ['q']), node('Add', ['x', 'q'])],
      /2 scales for an axis of 1/,
    ],
    [
      'borders wider than what they mirror',
      [{ ...node('Pad', ['x', 'wide']), attributes: { mode: 'reflect' } }],
      /Pad at at\/Pad.*its borders are wider/,
    ],
    [
      'a pool along channels that pads by itself',
      [
        node('Unsqueeze', ['x', 'axis'], ['five']),
        { ...node('AveragePool', ['five']), attributes: { kernel_shape: [3, 1, 1], auto_pad: 'SAME_UPPER' } },
      ],
      /AveragePool at at\/AveragePool/,
    ],
    [
      'a transposed kernel whose places lie far apart',
      [{ ...node('ConvTranspose', ['x', 'square']), attributes: { dilations: [9000, 9000] } }],
      /ConvTranspose at at\/ConvTranspose.*out of all proportion/,
    ],
    [
      'a transposed kernel for other channels',
      [{ ...node('ConvTranspose', ['x', 'square']), attributes: { group: 2 } }],
      /ConvTranspose at at.*does not fit 3 channels in 2 groups/,
    ],
    [
      'means of places that lie apart',
      [{ ...node('AveragePool', ['x']), attributes: { kernel_shape: [2, 2], dilations: [2, 2] } }],
      /AveragePool at at.*its dilations are \[2,2\]/,
    ],
    [
      'a list that nobody made',
      [node('SequenceAt', ['x', 's'])],
      /SequenceAt at at.*none of the operators that are imported/,
    ],
    [
      'a list of more parts than any model has',
      [
        node('Expand', ['s', 'long'], ['wide']),
        { ...node('SplitToSequence', ['wide'], ['list']), attributes: { axis: 0 } },
        node('SequenceAt', ['list', 'axis'], ['a']),
        node('Add', ['x', 'a']),
      ],
      /SplitToSequence at at.*more than 16384 parts/,
    ],
    [
      'a place behind the end of a list',
      [node('SequenceConstruct', ['x'], ['list']), node('SequenceAt', ['list', 'axis'])],
      /SequenceAt at at.*no place 1 in a list of 1/,
    ],
    ['a scale that is computed', [node('QuantizeLinear', ['x', 'x'])], /QuantizeLinear at at\/QuantizeLinear/],
  ])('%s', async (_what, nodes, message) => {
    const file = join(folder, 'refused.onnx');
    writeFileSync(file, buildOnnxFile({ nodes, tensors: [...tensors, ...sizes, stored, kernel, square] }));

    const refusal = await readModel(file, {}).catch((thrown: unknown) => thrown);

    expect(refusal).toBeInstanceOf(ImportError);
    expect((refusal as ImportError).message).toMatch(message);
    expect((refusal as ImportError).hint).not.toBe('');
  });
});
