import { describe, expect, it } from 'vitest';
import { shrinkWeights } from '../../../training/body/shrink-weights.ts';

const half = { dtype: 'float16' };
const halves = (count: number) => Float16Array.from({ length: count }, (_, index) => Math.sin(index));
const bytesOf = (values: Float16Array) => new Uint8Array(values.buffer);

describe("a body's weights", () => {
  it('are bytes where a kernel is large, within half a step of its range', () => {
    const values = halves(128 * 128);

    const { entries, weights } = shrinkWeights(
      [{ name: 'kernel', shape: [1, 1, 128, 128], dtype: 'float32', quantization: half }],
      [bytesOf(values)],
    );

    const { scale = 0, min = 0, dtype } = entries[0]?.quantization ?? {};
    expect(dtype).toBe('uint8');
    expect(weights[0]).toHaveLength(values.length);
    // Rounding hands each error on to the next value, so one may be a whole step off.
    const errors = Array.from(weights[0] ?? [], (byte, index) =>
      Math.abs(byte * scale + min - (values[index] as number)),
    );
    expect(Math.max(...errors)).toBeLessThan(2 * scale);
  });

  it.each([
    ['small kernels', [3, 3, 3, 32]],
    ['depthwise ones', [5, 5, 1152, 1]],
  ])('stay half floats in %s', (_what, shape) => {
    const values = halves(shape.reduce((product, size) => product * size, 1));
    const entry = { name: 'kernel', shape, dtype: 'float32', quantization: half };

    const { entries, weights } = shrinkWeights([entry], [bytesOf(values)]);

    expect(entries).toEqual([entry]);
    expect(weights[0]).toEqual(bytesOf(values));
  });
});
