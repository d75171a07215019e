import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import type { GraphNode } from '../../../importer/graph/node.ts';
import { followPixels } from '../../../importer/pixels/follow-pixels.ts';

const builder = new GraphBuilder();
const input = builder.input('x', [1, 4, 6, 3]);
const floats = (...values: number[]) => builder.constant('c', Float32Array.from(values), [values.length]);
/** Three channels, each with a way of its own: 1, 2 and 3 times the pixel. */
const apart = builder.multiply(input, floats(1, 2, 3));
const matrix = (shape: readonly number[], ...values: number[]) =>
  builder.constant('matrix', Float32Array.from(values), shape);
const reverse = (x: GraphNode, ...axes: number[]) =>
  builder.node('ReverseV2', [x, builder.integers('axes', axes)], { shape: x.shape });
const gather = (x: GraphNode, axis: number, ...places: number[]) =>
  builder.node('GatherV2', [x, builder.integers('places', places), builder.integers('axis', [axis], [])], {
    shape: x.shape.with(axis, places.length),
  });
const maps = (channels: readonly { scale: number; offset: number }[]) =>
  channels.map(
    ({ scale, offset }) => `${Number(scale.toFixed(4))}x${offset < 0 ? '' : '+'}${Number(offset.toFixed(4))}`,
  );

/** What reaches the exponential behind a node, where nothing stops the pixels before. */
function follow(x: GraphNode) {
  const ends = followPixels({ input, score: builder.unary('Exp', x) });
  return ends.map(({ node, trace: { channels, axis } }) => {
    const along = channels.length === 1 ? '' : ` along ${axis}`;
    return `${maps(channels).join(' ')}${along} into ${node.op}`;
  });
}

describe('pixels are followed through', () => {
  it.each<[string, GraphNode, string]>([
    ['a sum with a number on either side', builder.add(floats(5), builder.add(input, 1)), '1x+6'],
    ['a difference', builder.subtract(input, 4), '1x-4'],
    ['a difference from a number', builder.subtract(floats(4), input), '-1x+4'],
    ['a product on either side', builder.multiply(floats(3), builder.multiply(input, 2)), '6x+0'],
    ['a quotient', builder.divide(builder.add(input, 2), 4), '0.25x+0.5'],
    ['a sign', builder.unary('Neg', builder.add(input, 2)), '-1x-2'],
    ['rounding', builder.unary('Round', builder.multiply(input, 2)), '2x+0'],
    [
      'a pool',
      builder.pool('MaxPool', input, [2, 2], { strides: [2, 2], dilations: [1, 1], padding: 'VALID' }),
      '1x+0',
    ],
    ['numbers for each channel', apart, '1x+0 2x+0 3x+0 along 3'],
    ['such numbers once more', builder.add(apart, floats(1, 0, -1)), '1x+1 2x+0 3x-1 along 3'],
    ['one number after them', builder.multiply(apart, 2), '2x+0 4x+0 6x+0 along 3'],
    ['numbers that are the same', builder.multiply(input, floats(2, 2, 2)), '2x+0'],
    ['numbers that undo others', builder.divide(apart, floats(1, 2, 3)), '1x+0'],
    ['numbers for each row', builder.multiply(input, matrix([4, 1, 1], 1, 2, 3, 4)), '1x+0 2x+0 3x+0 4x+0 along 1'],
  ])('%s', (_what, x, trace) => {
    expect(follow(x)).toEqual([`${trace} into Exp`]);
  });

  it.each<[string, GraphNode, string]>([
    ['a reshape that keeps the channels', builder.reshape(apart, [24, 3]), '1x+0 2x+0 3x+0 along 1'],
    ['another order of axes', builder.transpose(apart, [0, 3, 1, 2]), '1x+0 2x+0 3x+0 along 1'],
    ['one turned around', reverse(apart, 3), '3x+0 2x+0 1x+0 along 3'],
    ['one turned around elsewhere', reverse(apart, 1, 2), '1x+0 2x+0 3x+0 along 3'],
    ['a part of the channels', builder.slice(apart, [0, 0, 0, 1], [1, 4, 6, 2]), '2x+0 3x+0 along 3'],
    ['one channel', builder.slice(apart, [0, 0, 0, 2], [1, 4, 6, 1]), '3x+0'],
    ['a part of the rows', builder.slice(apart, [0, 2, 0, 0], [1, 2, 6, 3]), '1x+0 2x+0 3x+0 along 3'],
    ['every second', builder.stridedSlice(apart, [0, 0, 0, 0], [1, 4, 6, 3], [1, 1, 1, 2]), '1x+0 3x+0 along 3'],
    [
      'every second row',
      builder.stridedSlice(apart, [0, 1, 0, 0], [1, 4, 6, 3], [1, 2, 1, 1]),
      '1x+0 2x+0 3x+0 along 3',
    ],
    ['channels picked', gather(apart, 3, 2, 0), '3x+0 1x+0 along 3'],
    ['rows picked', gather(apart, 1, 3, 0), '1x+0 2x+0 3x+0 along 3'],
    ['pixels picked', gather(input, 3, 2, 0), '1x+0'],
    ['a mean over pixels', builder.reduce('Mean', apart, [1, 2], true), '1x+0 2x+0 3x+0 along 3'],
    ['a mean over pixels that are gone', builder.reduce('Mean', apart, [1, 2], false), '1x+0 2x+0 3x+0 along 1'],
    ['a mean over the channels', builder.reduce('Mean', builder.add(apart, 3), [3], true), '2x+3'],
    ['the largest of pixels', builder.reduce('Max', apart, [2], false), '1x+0 2x+0 3x+0 along 2'],
    ['a sum over the channels', builder.reduce('Sum', builder.add(apart, 3), [3], true), '6x+9'],
    [
      'a product that makes grey',
      builder.matMul(builder.reshape(apart, [24, 3]), matrix([3, 1], 0.3, 0.6, 0.1)),
      '1.8x+0',
    ],
    [
      'rows that sum to 1',
      builder.matMul(matrix([1, 2, 4], 0.5, 0.5, 0, 0, 0, 0, 0.2, 0.8), builder.reshape(apart, [1, 4, 18])),
      '1x+0 2x+0 3x+0 along NaN',
    ],
  ])('%s', (_what, x, trace) => {
    expect(follow(x)).toEqual([`${trace} into Exp`]);
  });

  it('channels put together again, and a grey one repeated', () => {
    const channel = (at: number) => builder.slice(apart, [0, 0, 0, at], [1, 4, 6, 1]);
    const grey = builder.concat([input, input], 3);

    expect(follow(builder.concat([channel(2), channel(1), channel(0)], 3))).toEqual([
      '3x+0 2x+0 1x+0 along 3 into Exp',
    ]);
    expect(follow(builder.concat([apart, channel(0)], 3))).toEqual(['1x+0 2x+0 3x+0 1x+0 along 3 into Exp']);
    expect(follow(grey)).toEqual(['1x+0 into Exp']);
    expect(follow(builder.concat([input, builder.constant('c', new Float32Array(24), [1, 4, 6, 1])], 3))).toEqual([
      '1x+0 into Exp',
    ]);
  });
});

describe('pixels end at', () => {
  it.each<[string, GraphNode, string]>([
    ['a product with what depends on them', builder.multiply(apart, builder.add(input, 1)), 'Mul'],
    ['a number that divides nothing', builder.divide(input, 0), 'RealDiv'],
    ['a number over them', builder.divide(floats(1), input), 'RealDiv'],
    ['numbers that vary along two axes', builder.add(input, matrix([6, 3], ...Array(18).keys())), 'AddV2'],
    ['numbers along another axis than theirs', builder.add(apart, matrix([6, 1], 1, 2, 3, 4, 5, 6)), 'AddV2'],
    ['the largest channel', builder.reduce('Max', apart, [3], true), 'Max'],
    ['a sum over pixels', builder.reduce('Sum', apart, [1, 2], true), 'Sum'],
    ['a sum of what went one way', builder.reduce('Sum', input, [3], true), 'Sum'],
    ['a power', builder.unary('Square', input), 'Square'],
    ['a kernel of four', builder.matMul(builder.reshape(input, [18, 4]), matrix([4, 1], 0.3, 0.5, 0.1, 0.1)), 'MatMul'],
    [
      'a kernel of two results',
      builder.matMul(builder.reshape(input, [24, 3]), matrix([3, 2], 1, 0, 0, 0, 0, 0)),
      'MatMul',
    ],
    ['a kernel below zero', builder.matMul(builder.reshape(input, [24, 3]), matrix([3, 1], 0.7, 0.7, -0.4)), 'MatMul'],
    ['a kernel that darkens', builder.matMul(builder.reshape(input, [24, 3]), matrix([3, 1], 0.3, 0.5, 0.1)), 'MatMul'],
    [
      'rows that do not sum to 1',
      builder.matMul(matrix([1, 1, 4], 1, 1, 0, 0), builder.reshape(input, [1, 4, 18])),
      'BatchMatMulV2',
    ],
    ['channels that went different ways, one below the other', builder.concat([apart, apart], 1), 'ConcatV2'],
    ['channels together with something else', builder.concat([input, builder.unary('Exp', input)], 3), 'Exp'],
  ])('%s', (_what, x, op) => {
    const ends = followPixels({ input, score: x });

    expect(ends.map(({ node }) => node.op)).toContain(op);
  });

  it('weights, which it says of them', () => {
    const product = builder.matMul(builder.reshape(input, [18, 4]), matrix([4, 1], 1, 2, 3, 4));

    expect(followPixels({ input, score: product }).map(({ isWeighted }) => isWeighted)).toEqual([true]);
    expect(followPixels({ input, score: builder.unary('Exp', input) }).map(({ isWeighted }) => isWeighted)).toEqual([
      false,
    ]);
  });
});

it('says of channels that went different ways and lie among each other no axis', () => {
  const [end] = followPixels({ input, score: builder.unary('Exp', builder.reshape(apart, [1, 72])) });

  expect(end?.trace.axis).toBeNaN();
});

it('remembers each step of arithmetic, up to the first whose numbers were learnt', () => {
  const learnt = { mean: [1], deviation: [2], isTrained: true };
  const normalised = { ...builder.multiply(builder.divide(input, 2), 3), statistics: learnt };
  const known = { ...builder.multiply(input, 3), statistics: { ...learnt, isTrained: false } };
  const stepsOf = (x: GraphNode) => {
    const [end] = followPixels({ input, score: builder.unary('Exp', builder.add(x, 1)) });
    return { steps: end?.trace.steps.map(maps), isLearnt: end?.trace.isLearnt, seen: end?.trace.statistics.length };
  };

  expect(stepsOf(builder.divide(input, 2))).toEqual({ steps: [['0.5x+0'], ['0.5x+1']], isLearnt: false, seen: 0 });
  expect(stepsOf(normalised)).toEqual({ steps: [['0.5x+0']], isLearnt: true, seen: 1 });
  expect(stepsOf(known)).toEqual({ steps: [['3x+0'], ['3x+1']], isLearnt: false, seen: 1 });
});
