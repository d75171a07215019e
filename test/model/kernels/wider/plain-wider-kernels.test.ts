import { describe, expect, it } from 'vitest';
import { errorFunction, plainWiderKernels } from '../../../../model/kernels/wider/plain-wider-kernels.ts';
import { type WiderKernels, widerKernels } from '../../../../model/kernels/wider/wider-kernels.ts';
import { TwinMemories } from '../../../helpers/twin-memories.ts';

/** Sums in single precision of a few hundred products of numbers up to 1. */
const tolerance = 2e-5;
const everything = [-Infinity, Infinity] as const;

/** Runs a kernel and its twin on memories of the same content. */
function runTwins<Name extends keyof WiderKernels>(
  memories: TwinMemories,
  name: Name,
  ...given: Parameters<WiderKernels[Name]>
): void {
  for (const kernels of [widerKernels.instantiate(memories.kernelMemory), plainWiderKernels(memories.plainBuffer)]) {
    (kernels[name] as (...numbers: number[]) => unknown)(...given);
  }
}

describe('directConvolution', () => {
  // A tile has six outputs at most, a panel eight columns, a step of the inner loop four numbers.
  it.each([
    { out: [1, 1], size: [1, 1], depth: 1, columns: 4, stride: 1, dilation: 1, tile: 6 },
    { out: [3, 7], size: [3, 3], depth: 4, columns: 4, stride: 1, dilation: 1, tile: 4 },
    { out: [2, 13], size: [3, 2], depth: 5, columns: 12, stride: 2, dilation: 1, tile: 6 },
    { out: [4, 5], size: [2, 3], depth: 8, columns: 20, stride: 1, dilation: 2, tile: 5 },
    { out: [2, 6], size: [1, 1], depth: 3, columns: 16, stride: 3, dilation: 1, tile: 6 },
  ])('makes $out outputs by $size of $depth channels as its twin does', (one) => {
    const [outHeight = 0, outWidth = 0] = one.out;
    const [kernelHeight = 0, kernelWidth = 0] = one.size;
    const { depth, columns, stride, dilation } = one;
    // Of a picture with channels before and after those of the group.
    const pixel = (depth + 7) * 4;
    const width = (outWidth - 1) * stride + (kernelWidth - 1) * dilation + 1;
    const height = (outHeight - 1) * stride + (kernelHeight - 1) * dilation + 1;
    for (const range of [everything, [0, 0.5] as const]) {
      const memories = new TwinMemories(depth + columns);
      const input = memories.bytes(width * height * pixel) + 12;
      const [weights, bias] = [memories.floats(kernelHeight * kernelWidth * depth * columns), memories.floats(columns)];
      const outStep = (columns + 4) * 4;
      const out = memories.bytes(outHeight * outWidth * outStep);
      const window = [width * pixel * stride, pixel * stride, width * pixel * dilation, pixel * dilation] as const;
      const sizes = [kernelHeight, kernelWidth, depth] as const;
      const result = [columns, out, outStep, outHeight, outWidth, one.tile] as const;

      runTwins(memories, 'directConvolution', input, ...window, ...sizes, weights, bias, ...result, ...range);

      memories.expectAlikeFloats(out, (outHeight * outWidth * outStep) / 4, tolerance);
    }
  });
});

describe.each([
  ['depthwise7s1', 1],
  ['depthwise7s2', 2],
] as const)('%s', (name, stride) => {
  it.each([
    [1, 1, 4, 1, 1],
    [2, 13, 8, 7, 7],
    [3, 8, 12, 3, 4],
  ])('makes %i × %i outputs of %i channels by %i rows as its twin does', (height, width, channels, rows, tileWidth) => {
    const memories = new TwinMemories(width);
    const rowInBytes = ((width - 1) * stride + 7) * channels * 4;
    const input = memories.bytes(((height - 1) * stride + rows) * rowInBytes);
    const [weights, bias] = [memories.floats(7 * rows * channels), memories.floats(channels)];
    const out = memories.floats(height * width * channels);
    const sizes = [height, width, channels * 4, rows, tileWidth] as const;

    runTwins(memories, name, input, rowInBytes, weights, bias, out, ...sizes, ...everything);

    memories.expectAlikeFloats(out, height * width * channels, tolerance);
  });
});

describe('copyRows and permute', () => {
  it.each([
    [1, 3, 3, 3],
    [5, 12, 24, 20],
    [4, 20, 7, 5],
  ])('copies %i rows from every %i to every %i bytes', (rows, inStep, outStep, sizeInBytes) => {
    const memories = new TwinMemories(rows);
    const [input, out] = [memories.bytes(rows * inStep), memories.bytes(rows * outStep)];

    runTwins(memories, 'copyRows', input, inStep, out, outStep, rows, sizeInBytes);

    memories.expectSameBytes(out, rows * outStep);
  });

  type Axes = Parameters<WiderKernels['permute']> extends [number, number, ...infer Rest] ? Rest : never;
  const moves: readonly (readonly [title: string, axes: Axes])[] = [
    ['turns a matrix', [1, 4, 4, 1, 4, 4, 5, 4, 12, 3, 20, 4]],
    ['moves runs', [2, 96, 48, 3, 16, 96, 2, 48, 16, 4, 4, 4]],
    ['interleaves halves', [1, 4, 4, 3, 56, 56, 2, 28, 4, 7, 4, 8]],
  ];

  it.each(moves)('%s', (_, axes) => {
    const memories = new TwinMemories(3);
    const [input, out] = [memories.floats(100), memories.floats(100)];

    runTwins(memories, 'permute', input, out, ...axes);

    memories.expectSameBytes(out, 400);
  });
});

describe('normaliseRows and softmaxRows', () => {
  it.each([
    [1, 4, 1e-6],
    [5, 20, 1e-5],
    [3, 768, 0.5],
  ])('normalises %i rows of %i numbers as its twin does, in place', (rows, columns, epsilon) => {
    const memories = new TwinMemories(columns);
    const input = memories.floats(rows * columns);
    const [scale, offset] = [memories.floats(columns), memories.floats(columns)];

    runTwins(memories, 'normaliseRows', input, input, rows, columns * 4, epsilon, scale, offset);

    memories.expectAlikeFloats(input, rows * columns, 3e-6);
  });

  it.each([
    [1, 1],
    [4, 2],
    [3, 7],
    [2, 8],
    [5, 197],
  ])('makes the softmax of %i rows of %i numbers as its twin does', (rows, count) => {
    const memories = new TwinMemories(count);
    const [input, out] = [memories.floats(rows * count), memories.floats(rows * count)];
    memories.put(
      input,
      Float32Array.from({ length: rows * count }, (_value, at) => ((at * 7919) % 211) - 160),
    );

    runTwins(memories, 'softmaxRows', input, out, rows, count);

    memories.expectAlikeFloats(out, rows * count, 1e-6);
  });
});

describe('curves', () => {
  const numbers = Float32Array.from({ length: 1_200 }, (_, at) => (at - 600) * 0.01);

  it.each(['errorFunction', 'tanh'] as const)('makes %s of numbers from -6 to 6 within 1e-6', (name) => {
    const memories = new TwinMemories(1);
    const [a, out] = [memories.floats(numbers.length), memories.floats(numbers.length)];
    memories.put(a, numbers);

    runTwins(memories, name, a, out, numbers.length);

    memories.expectAlikeFloats(out, numbers.length, 1e-6);
  });

  it('makes twice the exact gelu of numbers from -6 to 6 within 2e-6', () => {
    const memories = new TwinMemories(1);
    const [a, out] = [memories.floats(numbers.length), memories.floats(numbers.length)];
    memories.put(a, numbers);

    runTwins(memories, 'gelu', a, out, numbers.length, Math.SQRT1_2);

    memories.expectAlikeFloats(out, numbers.length, 2e-6);
  });

  it.each([
    'subtract',
    'divide',
    'maximum',
    'minimum',
  ] as const)('makes %s as its twin does, up to three numbers behind the last', (name) => {
    for (const count of [1, 3, 4, 9]) {
      const memories = new TwinMemories(count);
      const [a, b, out] = [memories.floats(12), memories.floats(12), memories.floats(12)];

      runTwins(memories, name, a, b, out, count);

      memories.expectSameBytes(out, count * 4, (4 - (count % 4)) * 4);
    }
  });

  it.each([
    [0, 0],
    [0.5, 0.5204998778],
    [-1, -0.8427007929],
    [2.5, 0.999593048],
    [-8, -1],
  ])('knows that erf(%f) is %f', (x, expected) => {
    expect(errorFunction(x)).toBeCloseTo(expected, 9);
  });
});
