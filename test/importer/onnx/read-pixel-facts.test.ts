import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readModel } from '../../../importer/read-model.ts';
import { buildOnnxFile, type NodeParts, type TensorParts } from './build-onnx-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'onnx-pixels-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [float, uint8, int8] = [1, 2, 3];
const scale: TensorParts = { name: 's', dims: [], raw: new Uint8Array(Float32Array.of(0.5).buffer) };
const zeros: readonly TensorParts[] = [
  { name: 'z', dims: [], type: uint8, raw: Uint8Array.of(8) },
  { name: 'i', dims: [], type: int8, raw: Uint8Array.of(0) },
];
const node = (op: string, inputs: readonly string[], outputs: readonly string[] = ['y']): NodeParts => ({
  op,
  inputs,
  outputs,
  ...(op === 'Cast' && { attributes: { to: float } }),
  ...(op === 'Transpose' && { attributes: { perm: [0, 2, 3, 1] } }),
});

async function factsOf(inputType: number, nodes: readonly NodeParts[]) {
  const file = join(folder, 'pixels.onnx');
  writeFileSync(file, buildOnnxFile({ inputType, nodes, tensors: [scale, ...zeros] }));
  return (await readModel(file, {})).pixelFacts;
}

describe('what the front of a file says of pixels', () => {
  it.each<[what: string, type: number, nodes: readonly NodeParts[], facts: object]>([
    ['bytes stand for themselves', uint8, [node('Cast', ['x'])], { kind: 'bytes', scale: 1, offset: 0 }],
    [
      'bytes stand for what their scale makes of them',
      uint8,
      [node('DequantizeLinear', ['x', 's', 'z'])],
      { kind: 'bytes', scale: 0.5, offset: -4 },
    ],
    [
      'signed bytes are those less 128',
      int8,
      [node('DequantizeLinear', ['x', 's', 'i'])],
      { kind: 'bytes', scale: 0.5, offset: -64 },
    ],
    [
      'a photo may be turned before',
      uint8,
      [node('Transpose', ['x'], ['t']), node('DequantizeLinear', ['t', 's'])],
      { kind: 'bytes', scale: 0.5, offset: 0 },
    ],
    [
      'real numbers have the range in which they are quantised',
      float,
      [node('QuantizeLinear', ['x', 's', 'z'], ['q']), node('DequantizeLinear', ['q', 's', 'z'])],
      { kind: 'range', low: -4, high: 123.5 },
    ],
  ])('%s', async (_what, type, nodes, facts) => {
    expect(await factsOf(type, nodes)).toEqual(facts);
  });

  it('is nothing of real numbers that are not quantised, and of wider whole numbers', async () => {
    const int32 = 6;

    expect(await factsOf(float, [node('Relu', ['x'])])).toBeUndefined();
    expect(await factsOf(int32, [node('Cast', ['x'])])).toBeUndefined();
  });
});
