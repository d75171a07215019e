import { describe, it } from 'vitest';
import { TwinMemories } from '../../helpers/twin-memories.ts';
import { everything, relu6, runTwins } from './run-twins.ts';

/** Sums in single precision of a few hundred products of numbers up to 1. */
const tolerance = 2e-5;

describe('pointwise', () => {
  // A tile has six or five rows, a panel eight columns, a step of the inner loop four numbers.
  it.each([
    [1, 1, 4],
    [1, 3, 8],
    [4, 4, 4],
    [5, 5, 12],
    [6, 8, 16],
    [7, 27, 20],
    [11, 2, 8],
    [13, 33, 28],
    [25, 7, 36],
    // Blocks of forty tiles, and a row more.
    [401, 9, 20],
    [481, 4, 8],
  ])('multiplies %i rows of %i numbers with %i columns as its twin does', (rows, depth, columns) => {
    for (const [seed, rowsPerTile] of [5, 6].entries()) {
      for (const range of [everything, relu6]) {
        const memories = new TwinMemories(seed + rows);
        const a = memories.floats(rows * depth);
        const b = memories.floats(depth * columns);
        const bias = memories.floats(columns);
        const out = memories.floats(rows * columns);

        runTwins(memories, 'pointwise', a, b, bias, out, rows, depth, columns, rowsPerTile, ...range);

        memories.expectAlikeFloats(out, rows * columns, tolerance);
      }
    }
  });
});

describe('pointwise', () => {
  it.each([
    [6, 64, 16],
    [1, 9, 12],
    [3, 5, 4],
    [250, 8, 40],
  ])('reads nothing behind B, of %i rows of %i numbers with %i columns', (rows, depth, columns) => {
    const memories = new TwinMemories(rows);
    const a = memories.floats(rows * depth);
    const bias = memories.floats(columns);
    const out = memories.floats(rows * columns);
    const b = memories.plainBuffer.byteLength - depth * columns * 4;

    runTwins(memories, 'pointwise', a, b, bias, out, rows, depth, columns, 6, ...everything);

    memories.expectAlikeFloats(out, rows * columns, tolerance);
  });
});

describe.each(['depthwise3s1', 'depthwise3s2', 'depthwise5s1', 'depthwise5s2'] as const)('%s', (name) => {
  const [kernelWidth = 0, stride = 0] = [...name.matchAll(/\d/g)].map(([digit]) => Number(digit));

  // A tile has seven outputs at most; the last of a row reaches back where fewer are left.
  it.each([
    [1, 1, 4, 1, 1],
    [1, 7, 4, 3, 7],
    [2, 9, 8, 3, 5],
    [1, 6, 4, 3, 6],
    [2, 8, 8, 3, 7],
    [3, 8, 12, 5, 4],
    [2, 13, 4, 2, 7],
    [5, 5, 20, 5, 1],
    // Blocks of 64 channels, and four more.
    [3, 7, 64, 3, 7],
    [3, 9, 132, 3, 5],
  ])('makes %i × %i outputs of %i channels by %i rows as its twin does', (height, width, channels, ...rest) => {
    const [kernelHeight, tileWidth] = rest as [number, number];
    const memories = new TwinMemories(height + width);
    const inWidth = (width - 1) * stride + kernelWidth;
    const input = memories.floats(((height - 1) * stride + kernelHeight) * inWidth * channels);
    const weights = memories.floats(kernelHeight * kernelWidth * channels);
    const bias = memories.floats(channels);
    const out = memories.floats(height * width * channels);
    const sizes = [height, width, channels * 4, kernelHeight, tileWidth] as const;

    runTwins(memories, name, input, inWidth * channels * 4, weights, bias, out, ...sizes, ...relu6);

    memories.expectAlikeFloats(out, height * width * channels, tolerance);
  });
});

describe('gather', () => {
  it.each([
    [1, 1, 1, 1],
    [3, 3, 3, 2],
    [4, 8, 5, 1],
    [2, 5, 7, 3],
  ])('gathers %i patches of %i floats by %i rows, %i places apart', (count, patchRow, kernelHeight, pixelStep) => {
    const memories = new TwinMemories(count);
    const inRow = patchRow + (count - 1) * pixelStep + 3;
    const input = memories.floats(inRow * kernelHeight);
    const out = memories.floats(count * kernelHeight * patchRow);

    runTwins(memories, 'gather', input, inRow * 4, pixelStep * 4, patchRow * 4, kernelHeight, count, out);

    memories.expectSameBytes(out, count * kernelHeight * patchRow * 4);
  });
});
