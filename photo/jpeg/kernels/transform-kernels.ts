import { advance, countUp, doWhile, sum } from '../../../wasm/text/control.ts';
import { i8x16, i16x8, i32, v128 } from '../../../wasm/text/instructions.ts';
import { type Declare, innerFunction } from '../../../wasm/text/kernel.ts';
import type { I32, Local, V128 } from '../../../wasm/text/value.ts';
import {
  columnPass,
  rowPass,
  transformEight,
  transformFour,
  transposeFour,
  type Vectors,
} from './inverse-transform.ts';
import { halfStep, toSample } from './to-byte.ts';

export const wordInBytes = 4;
const rowInBytes = 8 * wordInBytes;
const halfRowInBytes = 4 * wordInBytes;
/** Where the block lies. */
const block = 0;

const numbersBelow = (end: number) => [...Array(end).keys()];
const declareAll = (declare: Declare, prefix: string, count: number) =>
  numbersBelow(count).map((index) => declare('v128', `${prefix}${index}`)) as Vectors & Local<'v128'>[];

/** Four numbers twice, from two pairs of vectors, clamped to sixteen bytes. */
function toSixteenBytes(vectors: readonly [V128, V128, V128, V128]): V128 {
  const [a, b, c, d] = vectors;
  return i8x16.narrowI16x8U(i16x8.narrowI32x4S(a, b), i16x8.narrowI32x4S(c, d));
}

const transform8 = innerFunction('transform8', { out: 'i32', stride: 'i32' }, ({ out, stride }, declare) => {
  const from = declare('i32', 'from');
  const coefficients = declareAll(declare, 'coefficient', 8);
  const results = declareAll(declare, 'result', 8);
  const eight = transformEight(coefficients, results, declare);
  const transpose = transposeFour(declare);
  const samples = declare('v128', 'samples');
  const half = (vectors: Vectors, first: number) => vectors.slice(first, first + 4);

  /** Two rows of samples, from the vectors of their left and right halves. */
  const storeTwoRows = (row: number) => [
    samples.set(
      toSixteenBytes([row, row + 4, row + 1, row + 5].map((at) => results[at] as V128) as [V128, V128, V128, V128]),
    ),
    v128.store64Lane(out, samples, 0),
    v128.store64Lane(sum(out, stride), samples, 1),
    advance(out, i32.shl(stride, 1)),
  ];
  return [
    doWhile(
      'columns',
      [
        coefficients.map((vector, row) => vector.set(v128.load(from, row * rowInBytes))),
        eight(columnPass),
        results.map((vector, row) => v128.store(from, vector, row * rowInBytes)),
      ],
      countUp(from, halfRowInBytes, rowInBytes),
    ),
    from.set(0),
    doWhile(
      'rows',
      [
        coefficients.map((vector, at) =>
          vector.set(v128.load(from, (at % 4) * rowInBytes + (at < 4 ? 0 : halfRowInBytes))),
        ),
        numbersBelow(8).map((at) => v128.store(from, v128.zero, at * halfRowInBytes)),
        transpose(half(coefficients, 0)),
        transpose(half(coefficients, 4)),
        eight(rowPass),
        transpose(half(results, 0)),
        transpose(half(results, 4)),
        storeTwoRows(0),
        storeTwoRows(2),
      ],
      countUp(from, 4 * rowInBytes, 8 * rowInBytes),
    ),
  ];
});

const transform4 = innerFunction('transform4', { out: 'i32', stride: 'i32' }, ({ out, stride }, declare) => {
  const coefficients = declareAll(declare, 'coefficient', 4);
  const results = declareAll(declare, 'result', 4);
  const four = transformFour(coefficients, results, declare);
  const transpose = transposeFour(declare);
  const samples = declare('v128', 'samples');
  return [
    coefficients.map((vector, row) => [
      vector.set(v128.load(block, row * halfRowInBytes)),
      v128.store(block, v128.zero, row * halfRowInBytes),
    ]),
    four(columnPass),
    coefficients.map((vector, index) => vector.set(results[index] as V128)),
    transpose(coefficients),
    four(rowPass),
    transpose(results),
    samples.set(toSixteenBytes(results as Vectors as [V128, V128, V128, V128] & typeof results)),
    numbersBelow(4).map((lane) => [v128.store32Lane(out, samples, lane), advance(out, stride)]),
  ];
});

/** A quarter of the resolution: sums and differences of the four lowest frequencies. */
const transform2 = innerFunction('transform2', { out: 'i32', stride: 'i32' }, ({ out, stride }, declare) => {
  const mean = declare('i32', 'mean');
  const horizontal = declare('i32', 'horizontal');
  const vertical = declare('i32', 'vertical');
  const diagonal = declare('i32', 'diagonal');
  const plus = (a: I32, b: I32) => i32.add(a, b);
  const minus = (a: I32, b: I32) => i32.sub(a, b);
  const corners = [
    { down: plus, across: plus, row: out, column: 0 },
    { down: plus, across: minus, row: out, column: 1 },
    { down: minus, across: plus, row: sum(out, stride), column: 0 },
    { down: minus, across: minus, row: sum(out, stride), column: 1 },
  ];
  return [
    mean.set(sum(i32.load(block), halfStep)),
    horizontal.set(i32.load(block, wordInBytes)),
    vertical.set(i32.load(block, 2 * wordInBytes)),
    diagonal.set(i32.load(block, 3 * wordInBytes)),
    v128.store(block, v128.zero),
    corners.map(({ down, across, row, column }) => {
      const along = across(down(mean, vertical), horizontal);
      const sample = down === across ? plus(along, diagonal) : minus(along, diagonal);
      return i32.store8(row, toSample(sample), column);
    }),
  ];
});

/**
 * `transform8`, `transform4` and `transform2`: the block of dequantised coefficients at address 0, row by row in words, to as
 * many samples at `out` and every `stride` from there; the block is zero afterwards.
 */
export const transforms = { 2: transform2, 4: transform4, 8: transform8 } as const;
