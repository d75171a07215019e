import { expect, it } from 'vitest';
import { roundToUint8 } from '../../../importer/graph/round-to-uint8.ts';
import { findUint8Range, type Uint8Range } from '../../../importer/graph/uint8-range.ts';
import { drawInput } from '../run-graph.ts';

const toReal = (bytes: Uint8Array, { min, scale }: Uint8Range) =>
  Float64Array.from(bytes, (byte) => byte * scale + min);
const squaredError = (values: Float32Array, real: Float64Array) =>
  values.reduce((sum, value, at) => sum + (value - (real[at] as number)) ** 2, 0);

it.each([
  ['both signs', (value: number) => value],
  ['only positive values', Math.abs],
  ['only negative values', (value: number) => -Math.abs(value)],
  ['nothing but zeros', () => 0],
])('keeps zero exactly zero, for %s', (_what, transform) => {
  const values = drawInput([512], 2).map((value, at) => (at % 3 === 0 ? 0 : transform(value)));
  const range = findUint8Range(values);

  expect(toReal(roundToUint8(values, 16, range), range)[0]).toBeCloseTo(0, 12);
});

it('rounds each output channel so that its errors sum up to half a step, at little more error', () => {
  const channels = 16;
  const values = drawInput([256, channels], 3).map((value) => value * 0.4);
  const range = findUint8Range(values);
  const real = toReal(roundToUint8(values, channels, range), range);
  const nearest = Float64Array.from(
    values,
    (value) => Math.round((value - range.min) / range.scale) * range.scale + range.min,
  );
  const sumsOf = (rounded: Float64Array) =>
    Array.from({ length: channels }, (_, channel) =>
      values.reduce((sum, value, at) => sum + (at % channels === channel ? value - (rounded[at] as number) : 0), 0),
    );
  const largest = (sums: number[]) => Math.max(...sums.map(Math.abs)) / range.scale;

  expect(largest(sumsOf(nearest))).toBeGreaterThan(3);
  expect(largest(sumsOf(real))).toBeLessThan(0.51);
  expect(squaredError(values, real)).toBeLessThan(1.1 * squaredError(values, nearest));
});
