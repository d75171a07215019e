import { expect, it } from 'vitest';
import { GraphBuilder } from '../../../../model/import/graph/graph-builder.ts';
import {
  findUint8Range,
  isWorthUint8,
  roundToUint8,
  suitsUint8,
  type Uint8Range,
} from '../../../../model/import/graph/quantise-uint8.ts';
import { drawInput } from '../run-graph.ts';

const builder = new GraphBuilder();
const toReal = (bytes: Uint8Array, { min, scale }: Uint8Range) =>
  Float64Array.from(bytes, (byte) => byte * scale + min);
const squaredError = (values: Float32Array, real: Float64Array) =>
  values.reduce((sum, value, at) => sum + (value - (real[at] as number)) ** 2, 0);

it.each([
  ['a large kernel', [1, 1, 128, 128], true],
  ['a small one', [1, 1, 127, 128], false],
  ['a depthwise one', [3, 3, 2048, 1], false],
])('%s of %j is worth eight bits: %s', (_what, shape, expected) => {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  expect(isWorthUint8(builder.constant('kernel', values, shape))).toBe(expected);
});

it.each([
  ['a lone value a little beyond all others', 1.1, 1.02],
  ['next to nothing of one far beyond them, which would lose too much', 3, 2.7],
])('cuts off %s', (_what, lone, expected) => {
  const values = drawInput([65_536], 1).map((value, at) => (at === 7 ? lone : value));
  const { min, scale } = findUint8Range(values);
  expect([min, min + 255 * scale]).toEqual([expect.closeTo(-1, 1), expect.closeTo(expected, 1)]);
});

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

it('does not suit channels a thousand times apart', () => {
  const values = drawInput([128, 128], 4);
  expect(suitsUint8([128, 128], values)).toBe(true);
  const uneven = values.map((value, at) => (at % 128 === 0 ? value * 1000 : value));
  expect(suitsUint8([128, 128], uneven)).toBe(false);
});
