import { advance, countUp, doWhile, sum } from '../../../wasm/text/control.ts';
import { i16x8, i32, i32x4, v128 } from '../../../wasm/text/instructions.ts';
import { kernel } from '../../../wasm/text/kernel.ts';
import { sumsInBytes } from './square-sums.ts';

const rgbInBytes = 3;

/**
 * `addToSums`: of a row of RGB each `factor` pixels that follow each other to the sums of one square, from `sums` on to the
 * end. A byte behind the last pixel is read.
 */
const addToSums = kernel(
  'addToSums',
  { row: 'i32', factor: 'i32', sums: 'i32', sumsEnd: 'i32' },
  ({ row, factor, sums, sumsEnd }, declare) => {
    const end = declare('i32', 'end');
    const total = declare('v128', 'total');
    const pixel = i32x4.extendLowI16x8U(i16x8.extendLowI8x16U(v128.load32Zero(row)));
    return doWhile(
      'squares',
      [
        total.set(v128.load(sums)),
        end.set(sum(row, i32.mul(factor, rgbInBytes))),
        doWhile('pixels', total.set(i32x4.add(total, pixel)), countUp(row, rgbInBytes, end)),
        v128.store(sums, total),
        advance(sums, sumsInBytes),
      ],
      i32.ltU(sums, sumsEnd),
    );
  },
);

export const squareKernels = [addToSums];
