import { describe, expect, it } from 'vitest';
import { fractionBits } from '../../../../model/fit/antialias-plan.ts';
import { fitKernels } from '../../../../model/fit/kernels/fit-kernels.ts';
import { plainFitKernels } from '../../../../model/fit/kernels/plain-fit-kernels.ts';
import { randomNumbers } from '../../../helpers/random-numbers.ts';
import { TwinMemories } from '../../../helpers/twin-memories.ts';

const twins = (memories: TwinMemories) => [
  fitKernels.instantiate(memories.kernelMemory),
  plainFitKernels(memories.plainBuffer),
];

/** Weights that sum to `share` of one. */
function drawWeights(count: number, share: number, random: () => number): Int32Array {
  const parts = Float64Array.from({ length: count }, random);
  const sum = parts.reduce((total, part) => total + part, 0);
  return Int32Array.from(parts, (part) => Math.round((part / sum) * share * 2 ** fractionBits));
}

describe('resizeRow', () => {
  it.each([
    [1, 1, 1],
    [1, 9, 4],
    [3, 1, 2],
    [3, 7, 5],
    [3, 33, 3],
  ])('makes of %i channels %i pixels by %i taps what its twin makes', (channels, count, taps) => {
    const random = randomNumbers(count);
    const memories = new TwinMemories(count);
    const row = memories.bytes((count + taps) * channels);
    const planStepInWords = 2 + 4 * Math.ceil(taps / 4);
    const plan = memories.bytes(count * planStepInWords * 4);
    const entries = Array.from({ length: count }, (_, target) => {
      // The last sees padding alone.
      const taken = target === count - 1 && count > 1 ? 0 : 1 + (target % taps);
      const weights = taken === 0 ? [] : drawWeights(taken, 1, random);
      const rest = Array<number>(planStepInWords - 2 - taken).fill(0);
      return [target * channels, 8 * Math.ceil(taken / 2), ...weights, ...rest];
    });
    memories.put(plan, Int32Array.from(entries.flat()));
    const out = memories.bytes(count * channels);

    for (const kernels of twins(memories)) {
      kernels?.splitWeights(plan, planStepInWords * 4, count);
      kernels?.resizeRow(row, channels, plan, planStepInWords * 4, count, out);
    }

    memories.expectSameBytes(out, count * channels, 3);
  });

  it('takes weights below zero and above one', () => {
    const memories = new TwinMemories(5);
    const row = memories.bytes(16);
    const plan = memories.bytes(24);
    const weights = [-0.2, 1.3, 0.1, -0.2].map((share) => Math.round(share * 2 ** fractionBits));
    memories.put(plan, Int32Array.of(0, 16, ...weights));
    const out = memories.bytes(3);

    for (const kernels of twins(memories)) {
      kernels?.splitWeights(plan, 24, 1);
      kernels?.resizeRow(row, 3, plan, 24, 1, out);
    }

    memories.expectSameBytes(out, 3, 3);
  });
});

describe('resizeColumns', () => {
  it.each([
    [1, 1, 1],
    [16, 2, 1],
    [17, 5, 1],
    [48, 3, 1.2],
    [31, 1, -0.2],
    [5, 0, 0],
  ])('makes of %i columns and %i rows, weights summing to %d, what its twin makes', (length, rows, share) => {
    const memories = new TwinMemories(length);
    const rowStep = Math.ceil(length / 16) * 16;
    const source = memories.bytes((rows + 1) * rowStep);
    const weights = memories.bytes(rows * 4);
    memories.put(weights, rows === 0 ? new Int32Array() : drawWeights(rows, share, randomNumbers(rows)));
    const out = memories.bytes(length);

    for (const kernels of twins(memories)) {
      kernels?.resizeColumns(source, rowStep, weights, weights + rows * 4, length, out);
    }

    memories.expectSameBytes(out, length, 15);
  });
});

describe.each([
  ['scaleGrey', 1],
  ['scaleRgb', 3],
  ['scaleBgr', 3],
] as const)('%s', (name, channels) => {
  it.each([1, 2, 37])('looks up %i pixels as its twin does', (count) => {
    const memories = new TwinMemories(count);
    const pixels = memories.bytes(count * channels);
    const tables = memories.floats(256 * channels);
    const out = memories.floats(count * channels);

    for (const kernels of twins(memories)) kernels?.[name](pixels, pixels + count * channels, tables, out);

    memories.expectSameBytes(out, count * channels * 4);
  });
});

it('rounds a half up, as Pillow does', () => {
  const memories = new TwinMemories(1);
  const [source, weights, out] = [memories.bytes(16), memories.bytes(4), memories.bytes(1)];
  memories.put(source, Uint8Array.of(5));
  memories.put(weights, Int32Array.of(2 ** (fractionBits - 1)));

  for (const kernels of twins(memories)) kernels?.resizeColumns(source, 16, weights, weights + 4, 1, out);

  expect(new Uint8Array(memories.kernelMemory.buffer)[out]).toBe(3);
  expect(new Uint8Array(memories.plainBuffer)[out]).toBe(3);
});
