import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jpegKernels } from '../../../../photo/jpeg/kernels/jpeg-kernels.ts';
import { plainReconstruct, plainReconstructRow } from '../../../../photo/jpeg/kernels/plain-reconstruct.ts';
import type { BlockSize } from '../../../../photo/jpeg/markers/zigzag.ts';
import { ModuleInstances } from '../../../../wasm/module-instances.ts';

const { exports: kernels, memory } = new ModuleInstances(jpegKernels).hold(1 << 16);
const bytes = new Uint8Array(memory.buffer);
const words = new Int32Array(memory.buffer);
const halfWords = new Int16Array(memory.buffer);
const [coefficientsAt, stepsAt, out] = [1024, 8192, 16_384];
const margin = 5;

/** Mostly nothing, as in photos; often what a file has no business to hold. */
const zero = fc.constant(0);
const coefficient = fc.oneof(
  { weight: 3, arbitrary: zero },
  fc.integer({ min: -1024, max: 1023 }),
  fc.constantFrom(-32_768, -2048, -1, 1, 2047, 32_767),
);
const step = fc.oneof(fc.integer({ min: 1, max: 255 }), fc.constantFrom(0, 1, 255, 65_535));
const many = (one: fc.Arbitrary<number>, length: number) => fc.array(one, { minLength: length, maxLength: length });

/** Rows of `width` samples, out of a memory that held something else, and nothing of what lies between them is changed. */
function takeRows(width: number, height: number, make: (stride: number) => void): Uint8Array {
  const stride = width + margin;
  bytes.fill(7, out - margin, out + height * stride);
  make(stride);
  const rows = Array.from({ length: height }, (_, y) => bytes.slice(out + y * stride, out + y * stride + width));
  const between = Array.from({ length: height + 1 }, (_, y) => [
    ...bytes.subarray(out + y * stride - margin, out + y * stride),
  ]);
  expect(between.flat().every((byte) => byte === 7)).toBe(true);
  return Uint8Array.from(rows.flatMap((row) => [...row]));
}

describe.each<BlockSize>([8, 4, 2, 1])('blocks of %i', (size) => {
  const length = size * size;

  it('are made by reconstruct into the very samples of its plain twin', () => {
    // Whatever a file's coefficients and steps come to, wrapped to 32 bits.
    const dequantised = fc.oneof(coefficient, fc.integer());
    fc.assert(
      fc.property(many(dequantised, length), fc.boolean(), (numbers, hasDetail) => {
        const block = Int32Array.from(numbers, (value, at) => (at === 0 || hasDetail ? value : 0));
        words.set(block);

        const samples = takeRows(size, size, (stride) => kernels[`reconstruct${size}`](Number(hasDetail), out, stride));

        expect([...samples]).toEqual([...plainReconstruct(block, size, hasDetail)]);
      }),
    );
  });

  it('are made by reconstructRow into the very samples of its plain twin', () => {
    const rows = fc
      .integer({ min: 1, max: 5 })
      .chain((count) => fc.tuple(many(coefficient, count * length), many(step, length)));
    fc.assert(
      fc.property(rows, ([coefficients, steps]) => {
        const count = coefficients.length / length;
        halfWords.set(coefficients, coefficientsAt / 2);
        words.set(steps, stepsAt / 4);

        const samples = takeRows(count * size, size, (stride) =>
          kernels[`reconstructRow${size}`](coefficientsAt, stepsAt, count, out, stride),
        );

        const plain = plainReconstructRow(Int16Array.from(coefficients), Int32Array.from(steps), size);
        expect([...samples]).toEqual([...plain]);
      }),
    );
  });
});
