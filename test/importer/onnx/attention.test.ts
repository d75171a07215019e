import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nameOutputs } from '../../../importer/graph/name-outputs.ts';
import { readModel } from '../../../importer/read-model.ts';
import { drawInput, largestDifference, runGraph } from '../run-graph.ts';
import { buildOnnxFile, type NodeParts, type TensorParts } from './build-onnx-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'onnx-attention-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [heads, places, size] = [3, 8, 6];
const photo = drawInput([1, places, size, heads], 3);

/** ONNX's number of the type of truth values is 9. */
function mask(isOpen: (at: number) => boolean): TensorParts {
  return {
    name: 'mask',
    dims: [places, places],
    raw: Uint8Array.from({ length: 64 }, (_, at) => +isOpen(at)),
    type: 9,
  };
}

async function read(nodes: readonly NodeParts[], tensors: readonly TensorParts[] = []) {
  const file = join(folder, 'attention.onnx');
  writeFileSync(file, buildOnnxFile({ nodes, tensors, input: [1, heads, places, size], opset: 23 }));
  const { input, score } = await readModel(file, {});
  return nameOutputs(input, score);
}

const attention = (inputs: readonly string[], attributes: NodeParts['attributes'] = {}): NodeParts => {
  return { op: 'Attention', inputs, outputs: ['y'], name: 'look', attributes };
};
const shape = (name: string, ...sizes: readonly number[]): TensorParts => {
  return { name, dims: [sizes.length], raw: new Uint8Array(BigInt64Array.from(sizes, BigInt).buffer), type: 7 };
};

/** softmax(X × Xᵀ ÷ √size) × X of each head, as the operator's definition has it. */
function plainAttention(at: (head: number, place: number, index: number) => number, count: number): number[] {
  const answers: number[] = [];
  for (let head = 0; head < count; head++) {
    for (let query = 0; query < places; query++) {
      const shares = Array.from({ length: places }, (_, key) => {
        let score = 0;
        for (let index = 0; index < size; index++) score += at(head, query, index) * at(head, key, index);
        return Math.exp(score / Math.sqrt(size));
      });
      const all = shares.reduce((sum, share) => sum + share, 0);
      for (let index = 0; index < size; index++) {
        answers.push(shares.reduce((sum, share, key) => sum + share * at(head, key, index), 0) / all);
      }
    }
  }
  return answers;
}

const pixel = (head: number, place: number, index: number): number =>
  photo[(place * size + index) * heads + head] as number;

describe('Attention', () => {
  it.each([
    ['without a mask', [], []],
    ['with a mask that is open everywhere', ['mask'], [mask(() => true)]],
  ])('looks from every place to every place %s', async (_, names, tensors) => {
    const graph = await read([attention(['x', 'x', 'x', ...names])], tensors);

    const { values } = await runGraph(graph, photo, 'cpu');

    expect(largestDifference(values, plainAttention(pixel, heads))).toBeLessThan(1e-5);
  });

  it('splits three axes into its heads and joins them again', async () => {
    const join: NodeParts = { op: 'Reshape', inputs: ['x', 'wide'], outputs: ['rows'] };
    const looked = attention(['rows', 'rows', 'rows'], { q_num_heads: 3, kv_num_heads: 3 });
    // Eight places of 18 numbers, six of them a head.
    const flat = Array.from({ length: heads * places * size }, (_, at) => {
      const [head, rest] = [Math.floor(at / (places * size)), at % (places * size)];
      return pixel(head, Math.floor(rest / size), rest % size);
    });
    const inHead = (head: number, place: number, index: number): number =>
      flat[place * heads * size + head * size + index] as number;

    const { values } = await runGraph(await read([join, looked], [shape('wide', 1, 8, 18)]), photo, 'cpu');

    const each = plainAttention(inHead, heads);
    const joined = Array.from(each, (_, at) => {
      const [place, head, index] = [Math.floor(at / 18), Math.floor((at % 18) / size), at % size];
      return each[(head * places + place) * size + index] as number;
    });
    expect(largestDifference(values, joined)).toBeLessThan(1e-5);
  });

  it.each<[string, NodeParts, RegExp]>([
    ['some places alone', attention(['x', 'x', 'x', 'mask']), /its mask leaves places out/],
    ['the places before alone', attention(['x', 'x', 'x'], { is_causal: 1 }), /looks back alone/],
    ['what it saw before', attention(['x', 'x', 'x', '', 'x', 'x']), /keeps what it saw before/],
    ['three axes of no heads', attention(['row', 'row', 'row']), /is not of 0 heads/],
    ['three axes that do not split', attention(['row', 'row', 'row'], { q_num_heads: 4 }), /is not of 4 heads/],
    [
      'by fewer keys than queries',
      attention(['row', 'row', 'row'], { q_num_heads: 3, kv_num_heads: 1 }),
      /several heads share their keys/,
    ],
  ])('is refused by name where it looks at %s', async (_, one, message) => {
    const join: NodeParts = { op: 'Reshape', inputs: ['x', 'wide'], outputs: ['row'] };
    const tensors = [shape('wide', 1, 8, 18), mask((at) => at !== 5)];

    await expect(read([join, one], tensors)).rejects.toThrow(message);
  });
});
