import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jpegKernels } from '../../../../photo/jpeg/kernels/jpeg-kernels.ts';
import {
  plainBlendRows,
  plainDoubleBlendedRows,
  plainDoubleRow,
  plainYcbcr,
} from '../../../../photo/jpeg/kernels/plain-sample-rows.ts';
import { ModuleInstances } from '../../../../wasm/module-instances.ts';

const { exports: kernels, memory } = new ModuleInstances(jpegKernels).hold(1 << 16);
const bytes = new Uint8Array(memory.buffer);
const [first, second, third, out] = [1000, 2000, 3000, 4000];

/** Up to three rows of one length, at random and at the ends of what a sample can be. */
const rows = fc.integer({ min: 3, max: 70 }).chain((width) => {
  const sample = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 127, 128, 254, 255));
  const row = fc.array(sample, { minLength: width, maxLength: width }).map((samples) => Uint8Array.from(samples));
  return fc.tuple(row, row, row);
});

function put(...all: readonly Uint8Array[]): void {
  for (const [index, row] of all.entries()) bytes.set(row, [first, second, third][index]);
}

const resultOf = (length: number): number[] => [...bytes.subarray(out, out + length)];

it('doubleRow gives the very samples of its plain twin', () => {
  fc.assert(
    fc.property(rows, ([near]) => {
      put(near);
      kernels.doubleRow(first, near.length, out);
      expect(resultOf(2 * near.length)).toEqual([...plainDoubleRow(near)]);
    }),
  );
});

it('doubleBlendedRows gives the very samples of its plain twin', () => {
  fc.assert(
    fc.property(rows, ([near, far]) => {
      put(near, far);
      kernels.doubleBlendedRows(first, second, near.length, out);
      expect(resultOf(2 * near.length)).toEqual([...plainDoubleBlendedRows(near, far)]);
    }),
  );
});

it.each([1, 2])('blendRows gives the very samples of its plain twin, rounded by %i', (rounding) => {
  fc.assert(
    fc.property(rows, ([near, far]) => {
      put(near, far);
      kernels.blendRows(first, second, near.length, rounding, out);
      expect(resultOf(near.length)).toEqual([...plainBlendRows(near, far, rounding)]);
    }),
  );
});

it('writeYcbcr gives the very pixels of its plain twin', () => {
  fc.assert(
    fc.property(rows, ([luma, cb, cr]) => {
      put(luma, cb, cr);
      kernels.writeYcbcr(first, second, third, luma.length, out);
      expect(resultOf(3 * luma.length)).toEqual([...plainYcbcr(luma, cb, cr)]);
    }),
  );
});
