import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ImportError } from '../../../importer/import-error.ts';
import { readModel } from '../../../importer/read-model.ts';
import { buildOnnxFile, type NodeParts, type TensorParts } from './build-onnx-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'onnx-hostile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const relu: NodeParts = { op: 'Relu', inputs: ['x'], outputs: ['y'] };
const external = (location: string, offset: string, length: string): TensorParts => ({
  name: 'w',
  dims: [4],
  external: { location, offset, length },
});
const add: NodeParts = { op: 'Add', inputs: ['x', 'w'], outputs: ['y'] };

async function refusalOf(bytes: Uint8Array): Promise<ImportError> {
  const file = join(folder, 'hostile.onnx');
  writeFileSync(file, bytes);
  const refusal = await readModel(file, {}).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(refusal).toBeInstanceOf(ImportError);
  return refusal as ImportError;
}

describe('a hostile .onnx file is refused with a sentence', () => {
  writeFileSync(join(folder, 'model.onnx.data'), new Uint8Array(64));
  mkdirSync(join(folder, 'weights'));
  symlinkSync('/etc', join(folder, 'elsewhere'));

  it.each<[what: string, file: Uint8Array, message: RegExp]>([
    ['that is no protobuf', new TextEncoder().encode('\bhello'), /makes no sense/],
    ['that is cut short', buildOnnxFile({ nodes: [relu] }).slice(0, 40), /makes no sense/],
    ['of a newer format', buildOnnxFile({ nodes: [relu], irVersion: 99 }), /IR version 99/],
    ['of a newer opset', buildOnnxFile({ nodes: [relu], opset: 99 }), /opset 99/],
    ['whose nodes bite their tails', buildOnnxFile({ nodes: [{ ...relu, inputs: ['y'] }] }), /before it is computed/],
    ['that names a value twice', buildOnnxFile({ nodes: [relu, { ...relu, inputs: ['y'] }] }), /before|twice/],
    ['of an operator of its own', buildOnnxFile({ nodes: [{ ...relu, op: '__proto__' }] }), /__proto__ at/],
    ['of an operator called constructor', buildOnnxFile({ nodes: [{ ...relu, op: 'constructor' }] }), /constructor at/],
    [
      'of a name of a million characters',
      buildOnnxFile({ nodes: [{ ...relu, inputs: ['x'.repeat(1e6)] }] }),
      /"x{60}…"/,
    ],
    [
      'with weights out of all proportion',
      buildOnnxFile({ nodes: [add], tensors: [{ name: 'w', dims: [2 ** 31, 2 ** 31], raw: new Uint8Array(4) }] }),
      /out of all proportion/,
    ],
    [
      'with fewer weights than their shape has',
      buildOnnxFile({ nodes: [add], tensors: [{ name: 'w', dims: [1000], raw: new Uint8Array(4) }] }),
      /holds 1 values/,
    ],
    [
      'with weights outside its folder',
      buildOnnxFile({ nodes: [add], tensors: [external('../w', '0', '16')] }),
      /outside/,
    ],
    [
      'with weights at a path of the system',
      buildOnnxFile({ nodes: [add], tensors: [external('/etc/passwd', '0', '16')] }),
      /outside/,
    ],
    [
      'with weights behind a link',
      buildOnnxFile({ nodes: [add], tensors: [external('elsewhere/hostname', '0', '16')] }),
      /outside the model's folder/,
    ],
    [
      'whose file of weights is missing',
      buildOnnxFile({ nodes: [add], tensors: [external('weights.data', '0', '16')] }),
      /are kept in weights\.data, and there is no such file beside \w+\.onnx\./,
    ],
    [
      'whose file of weights is a folder',
      buildOnnxFile({ nodes: [add], tensors: [external('weights', '0', '16')] }),
      /are kept in weights, which cannot be read: it is a folder, not a file\./,
    ],
    [
      'with weights past the end of their file',
      buildOnnxFile({ nodes: [add], tensors: [external('model.onnx.data', '60', '16')] }),
      /past the end/,
    ],
    [
      'with a place that is no number',
      buildOnnxFile({ nodes: [add], tensors: [external('model.onnx.data', '-1', '16')] }),
      /no sound place/,
    ],
    [
      'with weights that overlap',
      buildOnnxFile({
        nodes: [add, { op: 'Add', inputs: ['y', 'v'], outputs: ['z'] }],
        output: 'z',
        input: [1, 3, 8, 4],
        tensors: [external('model.onnx.data', '0', '16'), { ...external('model.onnx.data', '8', '16'), name: 'v' }],
      }),
      /shares some of its bytes/,
    ],
    [
      'whose functions call each other for ever',
      buildOnnxFile({ nodes: [{ ...relu, domain: 'own', op: 'f' }], functions: [{ name: 'f', calls: 2 }] }),
      /deep|more than/,
    ],
    ['of an LSTM', buildOnnxFile({ nodes: [{ ...relu, op: 'LSTM', name: 'rnn/lstm' }] }), /LSTM at rnn\/lstm/],
    ['of a loop', buildOnnxFile({ nodes: [{ ...relu, op: 'Loop', name: 'loop' }] }), /Loop at loop/],
    [
      'that makes a side of 160000 places',
      buildOnnxFile({
        nodes: [{ ...relu, op: 'Upsample', inputs: ['x', 's'] }],
        tensors: [{ name: 's', dims: [4], raw: new Uint8Array(Float32Array.of(1, 1, 1, 20_000).buffer) }],
        opset: 9,
      }),
      /160000 places/,
    ],
    ['that takes a table', buildOnnxFile({ nodes: [relu], input: [1, 30] }), /not a picture/],
    ['of a batch of eight', buildOnnxFile({ nodes: [relu], input: [8, 3, 8, 8] }), /batch of 8/],
    ['of an open size', buildOnnxFile({ nodes: [relu], input: [1, 3, undefined, undefined] }), /leaves the size/],
  ])('%s', async (_what, file, message) => {
    const refusal = await refusalOf(file);

    expect(refusal.message).toMatch(message);
    expect(refusal.message.length).toBeLessThan(400);
    expect(refusal.hint).not.toBe('');
  });
});
