import { countUp, doWhile, sum } from '../../../wasm/text/control.ts';
import { i8x16, i16x8, i32, v128 } from '../../../wasm/text/instructions.ts';
import { type Declare, type Kernel, kernel } from '../../../wasm/text/kernel.ts';
import type { I32, Local, Statement, V128, Whole } from '../../../wasm/text/value.ts';

const samplesAtOnce = 8;
const triple = (value: V128) => i16x8.mul(value, i16x8.splat(3));

/** Eight samples of a row from the one `offset` to the right of `x` on, as numbers of 16 bits. */
const eight = (row: I32, x: I32, offset = 0) => v128.load8x8U(offset === 0 ? sum(row, x) : sum(row, x, offset));

/** Three parts of the nearer and one of the farther, all four shifted away. */
function blend(near: V128, far: V128, rounding: Whole, shift: number): V128 {
  return i16x8.shrU(i16x8.add(i16x8.add(triple(near), far), i16x8.splat(rounding)), shift);
}

interface Doubling {
  /** Eight samples from the one `offset` to the right of `x` on, times `weight`. */
  readonly samples: (x: I32, offset: number) => V128;
  /** One sample at a place of the rows, times four times `weight`: all of it where there is no neighbour. */
  readonly edge: (place: Whole) => I32;
  /** Of the sample on the left and on the right, less than half a step where two ways are as near. */
  readonly roundings: readonly [left: number, right: number];
  readonly shift: number;
}

/** Twice as many samples as a row has, or as two have together. */
function double(
  width: I32,
  out: I32,
  { samples, edge, roundings: [left, right], shift }: Doubling,
  declare: Declare,
): Statement {
  const x = declare('i32', 'x');
  const here = declare('v128', 'here');
  const outAt = (place: I32) => sum(out, i32.shl(place, 1));
  const last = i32.sub(width, 1);
  const edgeSample = (address: I32, place: Whole, rounding: number) =>
    i32.store8(address, i32.shrU(sum(edge(place), rounding), shift));
  return [
    doWhile(
      'row',
      [
        here.set(samples(x, 0)),
        v128.store(
          outAt(x),
          v128.or(blend(here, samples(x, -1), left, shift), i16x8.shl(blend(here, samples(x, 1), right, shift), 8)),
        ),
      ],
      countUp(x, samplesAtOnce, width),
    ),
    edgeSample(out, 0, left),
    edgeSample(sum(outAt(last), 1), last, right),
  ];
}

const sampleAt = (row: I32, place: Whole) => i32.load8U(sum(row, place));

const doubleRow = kernel('doubleRow', { near: 'i32', width: 'i32', out: 'i32' }, ({ near, width, out }, declare) => {
  const alongRow: Doubling = {
    samples: (x, offset) => eight(near, x, offset),
    edge: (place) => i32.shl(sampleAt(near, place), 2),
    roundings: [1, 2],
    shift: 2,
  };
  return double(width, out, alongRow, declare);
});

const doubleBlendedRows = kernel(
  'doubleBlendedRows',
  { near: 'i32', far: 'i32', width: 'i32', out: 'i32' },
  ({ near, far, width, out }, declare) => {
    const betweenRows: Doubling = {
      samples: (x, offset) => i16x8.add(triple(eight(near, x, offset)), eight(far, x, offset)),
      edge: (place) => i32.shl(sum(i32.mul(sampleAt(near, place), 3), sampleAt(far, place)), 2),
      roundings: [8, 7],
      shift: 4,
    };
    return double(width, out, betweenRows, declare);
  },
);

const blendRows = kernel(
  'blendRows',
  { near: 'i32', far: 'i32', width: 'i32', rounding: 'i32', out: 'i32' },
  ({ near, far, width, rounding, out }, declare) => {
    const x: Local<'i32'> = declare('i32', 'x');
    const samples = declare('v128', 'samples');
    return doWhile(
      'row',
      [
        samples.set(blend(eight(near, x), eight(far, x), rounding, 2)),
        v128.store64Lane(sum(out, x), i8x16.narrowI16x8U(samples, samples), 0),
      ],
      countUp(x, samplesAtOnce, width),
    );
  },
);

/**
 * How a component of half the picture's samples is brought to its size: each new sample is three parts the nearer and one
 * part the farther neighbour, rounded as libjpeg's "fancy" upsampling does, so that the pixels are those that Pillow and
 * TensorFlow see. `doubleRow` makes `2 * width` samples of a row, `blendRows` a row between `near` and `far` that lies closer
 * to `near`, and `doubleBlendedRows` both at once, rounded once. One byte in front of a row and nine behind it are read, up
 * to fifteen behind the result written.
 */
export const upsampleKernels: readonly Kernel[] = [doubleRow, doubleBlendedRows, blendRows];
