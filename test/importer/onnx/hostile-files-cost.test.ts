import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildOnnxFile, type NodeParts, type OnnxParts, type TensorParts } from './build-onnx-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'onnx-costly-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mostSeconds = 3;
const mostMegabytes = 500;

const whole = (name: string, ...values: readonly number[]) => wholes(name, values);
const wholes = (name: string, values: readonly number[]): TensorParts => ({
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
/** Links of a chain that begins with `x` or with `first`, and ends in `y`. */
const chain = (length: number, link: (from: string, to: string, at: number) => NodeParts, first = 'x') =>
  Array.from({ length }, (_, at) => link(at === 0 ? first : `v${at}`, at === length - 1 ? 'y' : `v${at + 1}`, at));
const zeros = node('ConstantOfShape', 'shape', 'zeros');
const outside = (name: string, offset: number): TensorParts => ({
  name,
  dims: [4],
  external: { location: 'weights', offset: String(offset), length: '16' },
});

const files: Readonly<Record<string, OnnxParts>> = {
  // The first of its process, since it takes most.
  'fifty thousand nodes': { nodes: chain(50_000, (from, to) => node('Relu', from, to)), input: [1, 3, 512, 512] },
  'branches a thousand deep': {
    nodes: [{ ...node('If', 'x', 'y'), nested: { name: 'then_branch', depth: 1000 } }],
  },
  'functions that call themselves twice': {
    nodes: [{ ...node('f', 'x', 'y'), domain: 'own' }],
    functions: [{ name: 'f', calls: 2 }],
  },
  'nodes that bite their tails': { nodes: [node('Relu', 'b', 'a'), node('Relu', 'a', 'b'), node('Add', 'a,b', 'y')] },
  'a shape of 2^62 values': {
    nodes: [node('Add', 'x,w', 'y')],
    tensors: [{ name: 'w', dims: [2 ** 31, 2 ** 31], raw: new Uint8Array(4) }],
  },
  'a photo of 2^62 values': { nodes: [node('Relu', 'x', 'y')], input: [1, 3, 2 ** 31, 2 ** 31] },
  'a photo of 2^27 values': { nodes: [node('Relu', 'x', 'y')], input: [1, 3, 6700, 6700] },
  'a constant of 2^62 values': {
    nodes: [zeros, node('Add', 'x,zeros', 'y')],
    tensors: [whole('shape', 2 ** 31, 2 ** 31)],
  },
  'a constant that grows to 2^28 values': {
    nodes: [node('Expand', 'one,shape', 'large'), node('Add', 'x,large', 'y')],
    tensors: [whole('shape', 1, 1, 2 ** 14, 2 ** 14), whole('one', 1)],
  },
  'a constant that is tiled to 2^28 values': {
    nodes: [node('Tile', 'row,shape', 'large'), node('Add', 'x,large', 'y')],
    tensors: [whole('shape', 2 ** 28), whole('row', 1)],
  },
  'a sum of a large constant, again and again': {
    nodes: [
      zeros,
      ...Array.from({ length: 2000 }, (_, at) => node('ReduceSum', 'zeros', `s${at}`)),
      ...chain(2000, (from, to, at) => node('Add', `${from},s${at}`, to)),
    ],
    tensors: [whole('shape', 2 ** 22)],
  },
  'a large constant, turned again and again': {
    nodes: [
      zeros,
      node('GlobalAveragePool', 'x', 'p'),
      ...chain(500, (from, to) => node('Mul', `${from},zeros`, to), 'p'),
    ],
    tensors: [whole('shape', 1, 3, 1024, 1024)],
  },
  'a large constant, dequantised again and again': {
    nodes: [
      zeros,
      ...Array.from({ length: 500 }, (_, at) => node('DequantizeLinear', 'zeros,step', `d${at}`)),
      ...chain(500, (from, to, at) => node('Add', `${from},d${at}`, to)),
    ],
    tensors: [whole('shape', 1, 3, 1024, 1024), { name: 'step', dims: [], raw: new Uint8Array(4) }],
    input: [1, 3, 1024, 1024],
  },
  'a shape of a million axes': {
    nodes: [node('Reshape', 'x,shape', 'y')],
    tensors: [wholes('shape', [...Array<number>(1e6).fill(1), 192])],
  },
  'a million axes of one place': {
    nodes: [node('Unsqueeze', 'x,axes', 'y')],
    tensors: [wholes('axes', [...Array(1e6).keys()])],
  },
  'weights of a million axes': {
    nodes: [node('Add', 'x,w', 'y')],
    tensors: [{ name: 'w', dims: Array<number>(1e6).fill(1), raw: new Uint8Array(4) }],
  },
  'a slice of a million axes': {
    nodes: [node('Slice', 'x,many,many,many', 'y')],
    tensors: [wholes('many', Array<number>(1e6).fill(1))],
  },
  'thousands of groups in each of a thousand convolutions': {
    nodes: chain(1000, (from, to) => node('Conv', `${from},k`, to, { group: 4096 })),
    tensors: [{ name: 'k', dims: [8192, 2, 1, 1], raw: new Uint8Array(8192 * 2 * 4) }],
    input: [1, 8192, 1, 3],
  },
  'pads of 2^16 places': {
    nodes: [node('AveragePool', 'x', 'y', { kernel_shape: [65536, 65536], pads: [16000, 16000, 16000, 16000] })],
  },
  'a resize from 2^14 places to as many': {
    nodes: [node('Resize', 'x,,,wide', 'w'), node('Resize', 'w,,,narrow', 'y')],
    tensors: [whole('wide', 1, 3, 8, 16383), whole('narrow', 1, 3, 8, 16384)],
  },
  'sixty thousand nodes': { nodes: chain(60_000, (from, to) => node('Relu', from, to)) },
  'names of a million characters': { nodes: chain(20, (from, to) => node('Foo'.repeat(3e5), from, to)) },
  'names of prototypes': {
    nodes: [node('constructor', 'x', '__proto__'), node('Relu', '__proto__', 'y')],
    tensors: [{ name: 'toString', dims: [1], raw: new Uint8Array(4) }],
  },
  'weights that overlap': {
    nodes: chain(1000, (from, to, at) => node('Add', `${from},w${at}`, to)),
    tensors: Array.from({ length: 1000 }, (_, at) => outside(`w${at}`, at)),
    input: [1, 3, 8, 4],
  },
  'the same weights twenty thousand times': {
    nodes: chain(20_000, (from, to, at) => node('Add', `${from},w${at}`, to)),
    tensors: Array.from({ length: 20_000 }, (_, at) => outside(`w${at}`, 0)),
    input: [1, 3, 8, 4],
  },
};

/** So many files a process: each finds what those before it left in memory. */
const filesAtOnce = 5;
const names = Object.keys(files);
const groups = names.flatMap((_, at) => (at % filesAtOnce === 0 ? [names.slice(at, at + filesAtOnce)] : []));

describe('hostile .onnx files cost less than three seconds and 500 megabytes', () => {
  writeFileSync(join(folder, 'weights'), new Uint8Array(4096));

  it.each(groups.map((group) => [group.join(', '), group] as const))('%s', (_, group) => {
    const paths = group.map((name) => {
      const path = join(folder, `${name.replaceAll(' ', '-')}.onnx`);
      writeFileSync(path, buildOnnxFile(files[name] as OnnxParts));
      return path;
    });

    const script = join(import.meta.dirname, 'read-hostile-files.ts');
    const lines = execFileSync(process.execPath, [script, ...paths], { encoding: 'utf8' })
      .trim()
      .split('\n');

    expect(lines).toHaveLength(paths.length);
    for (const line of lines) {
      const { file, outcome, seconds, peakInMegabytes } = JSON.parse(line);
      expect(outcome, file).not.toMatch(/^(thrown|imported)/);
      expect(outcome.length, file).toBeLessThan(400);
      expect(seconds, file).toBeLessThan(mostSeconds);
      expect(peakInMegabytes, file).toBeLessThan(mostMegabytes);
    }
  });
});
