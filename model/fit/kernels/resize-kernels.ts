import { advance, countDown, countUp, doWhile, sum, until } from '../../../wasm/text/control.ts';
import { i8x16, i16x8, i32, i32x4, v128 } from '../../../wasm/text/instructions.ts';
import { kernel } from '../../../wasm/text/kernel.ts';
import type { V128 } from '../../../wasm/text/value.ts';
import { fractionBits } from '../antialias-plan.ts';

const vectorInBytes = 16;
const wordInBytes = 4;
const half = i32x4.splat(1 << (fractionBits - 1));

/** Sums of four parts each, rounded to sixteen bytes. */
function toBytes(sums: readonly [V128, V128, V128, V128]): V128 {
  const [a, b, c, d] = sums.map((total) => i32x4.shrS(total, fractionBits)) as [V128, V128, V128, V128];
  return i8x16.narrowI16x8U(i16x8.narrowI32x4S(a, b), i16x8.narrowI32x4S(c, d));
}

/**
 * One row made narrower. Each entry of the plan, `planStep` bytes long, is the offset of its first pixel and the bytes of
 * its weights, then the weights. Up to three bytes are read and written past the last pixel.
 */
const resizeRow = kernel(
  'resizeRow',
  { row: 'i32', channels: 'i32', plan: 'i32', planStep: 'i32', count: 'i32', out: 'i32' },
  ({ row, channels, plan, planStep, count, out }, declare) => {
    const from = declare('i32', 'from');
    const weight = declare('i32', 'weight');
    const end = declare('i32', 'end');
    const total = declare('v128', 'total');
    const pixel = i32x4.extendLowI16x8U(i16x8.extendLowI8x16U(v128.load32Zero(from)));
    return doWhile(
      'targets',
      [
        from.set(sum(row, i32.load(plan))),
        weight.set(sum(plan, 2 * wordInBytes)),
        end.set(sum(weight, i32.load(plan, wordInBytes))),
        total.set(half),
        until('weights', i32.eq(weight, end), [
          total.set(i32x4.add(total, i32x4.mul(pixel, v128.load32Splat(weight)))),
          advance(from, channels),
          advance(weight, wordInBytes),
        ]),
        v128.store32Lane(out, toBytes([total, total, total, total]), 0),
        advance(out, channels),
        advance(plan, planStep),
      ],
      countDown(count),
    );
  },
);

/** Several rows, `rowStep` bytes apart, made one, in steps of sixteen bytes. */
const resizeColumns = kernel(
  'resizeColumns',
  { rows: 'i32', rowStep: 'i32', weights: 'i32', weightsEnd: 'i32', length: 'i32', out: 'i32' },
  ({ rows, rowStep, weights, weightsEnd, length, out }, declare) => {
    const end = declare('i32', 'end');
    const from = declare('i32', 'from');
    const weight = declare('i32', 'weight');
    const bytes = declare('v128', 'bytes');
    const share = declare('v128', 'share');
    const low = declare('v128', 'low');
    const high = declare('v128', 'high');
    // Of each quarter of the sixteen bytes.
    const quarters = [
      i32x4.extendLowI16x8U(low),
      i32x4.extendHighI16x8U(low),
      i32x4.extendLowI16x8U(high),
      i32x4.extendHighI16x8U(high),
    ].map((pixels, index) => ({ pixels, total: declare('v128', `total${index}`) }));
    const totals = quarters.map(({ total }) => total);
    return [
      end.set(sum(rows, length)),
      doWhile(
        'columns',
        [
          totals.map((total) => total.set(half)),
          from.set(rows),
          weight.set(weights),
          until('weights', i32.eq(weight, weightsEnd), [
            bytes.set(v128.load(from)),
            share.set(v128.load32Splat(weight)),
            low.set(i16x8.extendLowI8x16U(bytes)),
            high.set(i16x8.extendHighI8x16U(bytes)),
            quarters.map(({ pixels, total }) => total.set(i32x4.add(total, i32x4.mul(pixels, share)))),
            advance(from, rowStep),
            advance(weight, wordInBytes),
          ]),
          v128.store(out, toBytes(totals as [V128, V128, V128, V128] & typeof totals)),
          advance(out, vectorInBytes),
        ],
        countUp(rows, vectorInBytes, end),
      ),
    ];
  },
);

/** Both passes of an antialiased resize, in the whole numbers of a plan. */
export const resizeKernels = [resizeRow, resizeColumns];
