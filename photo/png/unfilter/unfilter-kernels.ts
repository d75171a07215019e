import { advance, countUp, doWhile } from '../../../wasm/text/control.ts';
import { i8x16, i16x8, v128 } from '../../../wasm/text/instructions.ts';
import { type Declare, kernel } from '../../../wasm/text/kernel.ts';
import type { Local, Statement, V128, Whole } from '../../../wasm/text/value.ts';

/** Three neighbours of a pixel, whose bytes are lanes of 16 bits. */
interface PixelNeighbours {
  readonly left: Local<'v128'>;
  readonly above: Local<'v128'>;
  readonly upperLeft: Local<'v128'>;
}

/** What a filter adds to a pixel, after the steps that compute it. */
interface Predictor {
  readonly steps: Statement;
  readonly value: V128;
}

/**
 * Whichever of the three is nearest to left + above − upper left, in this order where two are as near; chosen by masks, since
 * in a photo no branch would be foreseen.
 */
function paeth({ left, above, upperLeft }: PixelNeighbours, declare: Declare): Predictor {
  const fromLeft = declare('v128', 'fromLeft');
  const fromAbove = declare('v128', 'fromAbove');
  const toLeft = declare('v128', 'toLeft');
  const toAbove = declare('v128', 'toAbove');
  const toUpperLeft = declare('v128', 'toUpperLeft');
  const aboveOrUpperLeft = v128.bitselect(upperLeft, above, i16x8.gtS(toAbove, toUpperLeft));
  const isLeftFarther = v128.or(i16x8.gtS(toLeft, toAbove), i16x8.gtS(toLeft, toUpperLeft));
  return {
    steps: [
      fromLeft.set(i16x8.sub(above, upperLeft)),
      fromAbove.set(i16x8.sub(left, upperLeft)),
      toLeft.set(i16x8.abs(fromLeft)),
      toAbove.set(i16x8.abs(fromAbove)),
      toUpperLeft.set(i16x8.abs(i16x8.add(fromLeft, fromAbove))),
    ],
    value: v128.bitselect(aboveOrUpperLeft, left, isLeftFarther),
  };
}

const simply =
  (predict: (neighbours: PixelNeighbours) => V128) =>
  (neighbours: PixelNeighbours): Predictor => ({ steps: [], value: predict(neighbours) });

/** What each filter (W3C PNG section 9.2) adds to a pixel. */
const predictors: Readonly<Record<string, (neighbours: PixelNeighbours, declare: Declare) => Predictor>> = {
  none: simply(() => v128.zero),
  sub: simply(({ left }) => left),
  up: simply(({ above }) => above),
  average: simply(({ left, above }) => i16x8.shrU(i16x8.add(left, above), 1)),
  paeth,
};

const eightBytes = (address: Whole) => i16x8.extendLowI8x16U(v128.load64Zero(address));

/**
 * One row: pixels of `step` bytes, eight at most, each in one vector. What is read and written beyond a pixel is the next
 * one's, and seven bytes beyond the last must be free.
 */
function unfilterRow(name: string, predict: (neighbours: PixelNeighbours, declare: Declare) => Predictor) {
  return kernel(
    name,
    { row: 'i32', rowAbove: 'i32', out: 'i32', end: 'i32', step: 'i32' },
    ({ row, rowAbove, out, end, step }, declare) => {
      const left = declare('v128', 'left');
      const above = declare('v128', 'above');
      const upperLeft = declare('v128', 'upperLeft');
      const { steps, value } = predict({ left, above, upperLeft }, declare);
      return doWhile(
        'pixels',
        [
          above.set(eightBytes(rowAbove)),
          steps,
          // Byte by byte: the upper bytes of the lanes are zeros, and stay so without a mask.
          left.set(i8x16.add(eightBytes(row), value)),
          upperLeft.set(above),
          v128.store64Lane(out, i8x16.narrowI16x8U(left, left), 0),
          advance(row, step),
          advance(rowAbove, step),
        ],
        countUp(out, step, end),
      );
    },
  );
}

/** The five filters undone. */
export const unfilterKernels = Object.entries(predictors).map(([name, predict]) => unfilterRow(name, predict));
