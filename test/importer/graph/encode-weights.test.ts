import { describe, expect, it } from 'vitest';
import {
  encodedSizeInBytes,
  encodeWeight,
  type WeightFormat,
  weightFormats,
} from '../../../importer/graph/encode-weights.ts';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import type { ConstantNode } from '../../../importer/graph/node.ts';
import { optimiseGraph } from '../../../importer/graph/optimise-graph.ts';
import { drawInput, largestDifference, runGraph } from '../run-graph.ts';

const builder = new GraphBuilder();
const constantOf = (values: Float32Array | Int32Array, shape: number[]): ConstantNode =>
  builder.constant('kernel', values, shape);
const kernel = constantOf(drawInput([128, 128], 1), [128, 128]);
const withOutlier = constantOf(Float32Array.from([1, 2, 3, 65_505]), [2, 2]);

describe('a weight', () => {
  it.each<[string, ConstantNode, WeightFormat, string]>([
    ['a kernel', kernel, 'float16', 'float16'],
    ['a kernel', kernel, 'float32', 'float32'],
    ['a kernel', kernel, 'uint8', 'uint8'],
    ['a bias, which is small and delicate,', constantOf(drawInput([64], 1), [64]), 'float16', 'float32'],
    ['a kernel past 65,504', withOutlier, 'float16', 'float32'],
    ['whole numbers', constantOf(Int32Array.of(1, 2), [2]), 'float16', 'int32'],
  ])('%s is written as told or, where that would harm it, plainly (%#)', (_what, constant, format, written) => {
    const { specification, bytes } = encodeWeight('name', constant, format);

    expect(specification.quantization?.dtype ?? specification.dtype).toBe(written);
    expect(bytes.length).toBe(encodedSizeInBytes(constant, format));
  });

  it('in float16 is rounded to the nearest, ties to even', () => {
    const { bytes } = encodeWeight(
      'name',
      constantOf(Float32Array.from([1, 1 + 2 ** -11, 1 + 3 * 2 ** -11, -0.1]), [2, 2]),
      'float16',
    );

    expect([...new Uint16Array(bytes.buffer, bytes.byteOffset, 4)]).toEqual([0x3c00, 0x3c00, 0x3c02, 0xae66]);
  });
});

describe('a network in each format', () => {
  const window = { strides: [1, 1], dilations: [1, 1], padding: 'SAME' } as const;
  const input = builder.input('input', [1, 6, 6, 64]);
  // Channels a thousand times apart: one scale for the tensor would drown the small ones.
  const uneven = drawInput([3, 3, 64, 32], 2).map((value, at) => value / 10 ** ((at % 32) / 10));
  const wide = builder.add(
    builder.conv2d(input, builder.constant('a', uneven, [3, 3, 64, 32]), window),
    builder.constant('b', drawInput([32], 3), [32]),
  );
  const narrow = builder.constant('c', drawInput([1, 1, 32, 16], 4), [1, 1, 32, 16]);
  const answers = (activation: 'Relu' | 'Relu6') =>
    optimiseGraph({ input, outputs: { score: builder.conv2d(builder.unary(activation, wide), narrow, window) } });

  it.each(['Relu', 'Relu6'] as const)('answers alike, with %s between its convolutions', async (activation) => {
    const graph = answers(activation);
    const photo = drawInput(input.shape, 5);
    const exact = await runGraph(graph, photo, 'cpu');
    const allowed: Record<WeightFormat, number> = { float32: 1e-6, float16: 1e-3, uint8: 2e-2 };
    for (const weights of weightFormats) {
      const result = await runGraph(graph, photo, 'wasm', { weights });
      expect(largestDifference(result.values, [...exact.values]), weights).toBeLessThan(allowed[weights]);
    }
  });
});
