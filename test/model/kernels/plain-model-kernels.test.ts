import { describe, expect, it } from 'vitest';
import { TwinMemories } from '../../helpers/twin-memories.ts';
import { everything, relu6, runTwins } from './run-twins.ts';

describe.each(['add', 'multiply'] as const)('%s', (name) => {
  it.each([
    [4, everything],
    [36, relu6],
    [64, [-0.25, 0.5]],
  ] as const)('combines %i numbers as its twin does, clamped to %j', (count, [low, high]) => {
    const memories = new TwinMemories(count);
    const [a, b, out] = [memories.floats(count), memories.floats(count), memories.floats(count)];

    runTwins(memories, name, a, b, out, count, low, high);

    memories.expectAlikeFloats(out, count, 1e-7);
  });

  it.each([1, 2, 3, 5])('takes %i numbers, and touches no more than the rest of four behind them', (count) => {
    const memories = new TwinMemories(count);
    const [a, b, out] = [memories.floats(8), memories.floats(8), memories.floats(8)];

    runTwins(memories, name, a, b, out, count, ...everything);

    memories.expectSameBytes(out, count * 4, (4 - (count % 4)) * 4);
  });
});

describe('clamp and sigmoid', () => {
  it.each([4, 20])('clamps %i numbers as its twin does, in place', (count) => {
    const memories = new TwinMemories(count);
    const a = memories.floats(count);

    runTwins(memories, 'clamp', a, a, count, -0.5, 0.25);

    memories.expectSameBytes(a, count * 4);
  });

  it('makes the sigmoid of any number, however large', () => {
    const numbers = Float32Array.from({ length: 400 }, (_, at) => (at - 200) * 0.6);
    const memories = new TwinMemories(1);
    const [a, out] = [memories.floats(numbers.length), memories.floats(numbers.length)];
    memories.put(a, numbers);

    runTwins(memories, 'sigmoid', a, out, numbers.length);

    memories.expectAlikeFloats(out, numbers.length, 2e-7);
  });
});

describe('affine, mean and copyPlaces', () => {
  it.each([
    [1, 4, everything],
    [7, 12, relu6],
  ] as const)('scales %i places of %i channels as its twin does', (places, channels, [low, high]) => {
    const memories = new TwinMemories(places);
    const input = memories.floats(places * channels);
    const [scale, offset] = [memories.floats(channels), memories.floats(channels)];

    runTwins(memories, 'affine', input, scale, offset, input, places, channels * 4, low, high);

    memories.expectAlikeFloats(input, places * channels, 1e-6);
  });

  it.each([
    [1, 4],
    [49, 20],
    [64, 4],
    [129, 4],
  ])('averages %i places of %i channels as its twin does', (places, channels) => {
    const memories = new TwinMemories(places);
    const [input, out] = [memories.floats(places * channels), memories.floats(channels)];

    runTwins(memories, 'mean', input, places, channels * 4, out);

    memories.expectAlikeFloats(out, channels, 1e-6);
  });

  it('averages a large map of one number to that number', () => {
    const places = 112 * 112;
    const memories = new TwinMemories(1);
    const [input, out] = [memories.floats(places * 4), memories.floats(4)];
    memories.put(input, new Float32Array(places * 4).fill(1.1));

    runTwins(memories, 'mean', input, places, 16, out);

    memories.expectAlikeFloats(out, 4, 4e-6);
  });

  it.each([
    [1, 3, 3],
    [5, 12, 20],
    [4, 7, 9],
  ])('copies %i places of %i bytes to every %i', (places, sizeInBytes, step) => {
    const memories = new TwinMemories(places);
    const [input, out] = [memories.bytes(places * sizeInBytes), memories.bytes(places * step)];

    runTwins(memories, 'copyPlaces', input, out, places, sizeInBytes, step);

    memories.expectSameBytes(out, places * step);
  });
});

describe.each(['maximumPool', 'averagePool'] as const)('%s', (name) => {
  it.each([
    [1, 1, 1, 1, 1, 0],
    [5, 4, 2, 2, 2, 0],
    [7, 6, 3, 3, 2, 1],
    [4, 9, 3, 2, 1, 1],
    [2, 2, 3, 3, 1, 2],
  ])('of %i × %i by %i × %i, stride %i, %i before', (height, width, kernelHeight, kernelWidth, stride, before) => {
    const channels = 8;
    const memories = new TwinMemories(height * width);
    const input = memories.floats(height * width * channels);
    // As many windows as begin on the picture.
    const [outHeight, outWidth] = [height, width].map((size) => Math.floor((size - 1 + before) / stride) + 1) as [
      number,
      number,
    ];
    const out = memories.floats(outHeight * outWidth * channels);
    const sizes = [height, width, channels * 4, outHeight, outWidth, kernelHeight, kernelWidth] as const;

    runTwins(memories, name, input, out, ...sizes, stride, stride, before, before);

    memories.expectAlikeFloats(out, outHeight * outWidth * channels, 1e-6);
  });
});

describe('pad', () => {
  it.each([
    [1, 4, 0, 0, 0, 0],
    [3, 8, 1, 2, 4, 4],
    [2, 12, 0, 1, 8, 0],
    [4, 4, 2, 0, 0, 12],
  ])('%i rows of %i bytes, %i and %i rows and %i and %i bytes around', (height, row, top, bottom, left, right) => {
    const memories = new TwinMemories(height);
    const padded = left + row + right;
    const size = (top + height + bottom) * padded;
    const [input, out] = [memories.bytes(height * row), memories.bytes(size)];

    runTwins(memories, 'pad', input, out, height, row, top * padded, bottom * padded, left, right);

    memories.expectSameBytes(out, size);
  });
});

describe.each(['packFloats', 'packHalves'] as const)('%s', (name) => {
  it.each([
    [1, 4],
    [5, 8],
    [3, 12],
    [7, 20],
    [2, 32],
  ])('orders %i rows of %i columns as its twin does', (depth, columns) => {
    const memories = new TwinMemories(depth * columns);
    const [source, to] = [memories.floats(depth * columns), memories.floats(depth * columns)];
    // The upper bits of floats make halves of any size, but infinities and NaNs among them would not compare.
    memories.put(
      source,
      Uint8Array.from({ length: depth * columns * 4 }, (_, at) => (at % 2 === 1 ? 40 + (at % 8) : at)),
    );

    runTwins(memories, name, source, to, depth, columns);

    memories.expectSameBytes(to, depth * columns * 4);
  });
});

describe.each(['dotFloats', 'dotBytes'] as const)('%s', (name) => {
  it.each([4, 8, 1_280])('sums %i products as its twin does, in double precision', (count) => {
    const memories = new TwinMemories(count);
    const [a, b] = [memories.floats(count), memories.floats(count)];

    const [made, expected] = runTwins(memories, name, a, b, count);

    expect(Math.abs((made as number) - (expected as number))).toBeLessThan(1e-10);
  });
});
