import { expect, it } from 'vitest';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import { findUint8Range, isWorthUint8, suitsUint8 } from '../../../importer/graph/uint8-range.ts';
import { drawInput } from '../run-graph.ts';

const builder = new GraphBuilder();
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

it('does not suit channels a thousand times apart', () => {
  const values = drawInput([128, 128], 4);

  expect(suitsUint8([128, 128], values)).toBe(true);

  const uneven = values.map((value, at) => (at % 128 === 0 ? value * 1000 : value));

  expect(suitsUint8([128, 128], uneven)).toBe(false);
});
