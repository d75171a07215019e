import { advance, countDown, countUp, doWhile, sum, until, when } from '../../../wasm/text/control.ts';
import { i8x16, i16x8, i32, i32x4, v128 } from '../../../wasm/text/instructions.ts';
import { kernel } from '../../../wasm/text/kernel.ts';
import type { V128 } from '../../../wasm/text/value.ts';
import { fractionBits } from '../antialias-plan.ts';

const vectorInBytes = 16;
const wordInBytes = 4;
/** Of an entry of a plan, in front of its weights. */
const headerInBytes = 2 * wordInBytes;
/** A weight is cut here, so that both parts fit 16 bits and their products with bytes add up in 32. */
const lowBits = 11;
/** Bytes of eight 16-bit numbers, the second four of which come beside the first, two by two. */
const pairsBesideEachOther = [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15];
const nothing = 0x80;

/** Which byte of two pixels goes where, so that each channel's two come beside each other, as 16-bit numbers; in 32-bit words. */
function besideEachOther(channels: 1 | 3): string[] {
  return Array.from({ length: 4 }, (_, channel) => {
    const second = channel < channels ? channels + channel : nothing;
    const first = channel < channels ? channel : nothing;
    return `0x${[nothing, second, nothing, first].map((place) => place.toString(16).padStart(2, '0')).join('')}`;
  });
}

const half = i32x4.splat(1 << (fractionBits - 1));

/** Sums of four parts each, rounded to sixteen bytes. */
function toBytes(sums: readonly [V128, V128, V128, V128]): V128 {
  const [a, b, c, d] = sums.map((total) => i32x4.shrS(total, fractionBits)) as [V128, V128, V128, V128];
  return i8x16.narrowI16x8U(i16x8.narrowI32x4S(a, b), i16x8.narrowI32x4S(c, d));
}

/**
 * The weights of a plan as `resizeRow` takes them, in place: of each two that follow each other first the lower bits of both,
 * then the upper ones, as 16-bit numbers. Each entry's weights take whole vectors, behind two words.
 */
const splitWeights = kernel(
  'splitWeights',
  { plan: 'i32', planStep: 'i32', count: 'i32' },
  ({ plan, planStep, count }, declare) => {
    const at = declare('i32', 'at');
    const weights = declare('v128', 'weights');
    const lowAndHigh = i16x8.narrowI32x4S(
      v128.and(weights, i32x4.splat((1 << lowBits) - 1)),
      i32x4.shrS(weights, lowBits),
    );
    return doWhile(
      'targets',
      [
        at.set(sum(plan, headerInBytes)),
        advance(plan, planStep),
        doWhile(
          'weights',
          [weights.set(v128.load(at)), v128.store(at, i8x16.shuffle(lowAndHigh, lowAndHigh, pairsBesideEachOther))],
          countUp(at, vectorInBytes, plan),
        ),
      ],
      countDown(count),
    );
  },
);

/**
 * One row made narrower, by two pixels at a time. Each entry of the plan, `planStep` bytes long, is the offset of its first
 * pixel and the bytes of its weights, an even number of them, then the weights as `splitWeights` leaves them. Up to eight
 * bytes are read past the last pixel, and three written.
 *
 * 16-bit numbers are multiplied and summed in pairs, in a fourth of what 32-bit ones take; all sums are exact.
 */
const resizeRow = kernel(
  'resizeRow',
  { row: 'i32', channels: 'i32', plan: 'i32', planStep: 'i32', count: 'i32', out: 'i32' },
  ({ row, channels, plan, planStep, count, out }, declare) => {
    const from = declare('i32', 'from');
    const weight = declare('i32', 'weight');
    const end = declare('i32', 'end');
    const order = declare('v128', 'order');
    const pixels = declare('v128', 'pixels');
    const low = declare('v128', 'low');
    const high = declare('v128', 'high');
    const total = i32x4.add(low, i32x4.shl(high, lowBits));
    const weigh = (offset: number) => i32x4.dotI16x8S(pixels, v128.load32Splat(weight, offset));
    return [
      order.set(v128.const('i32x4', besideEachOther(3))),
      when(i32.eq(channels, 1), order.set(v128.const('i32x4', besideEachOther(1)))),
      doWhile(
        'targets',
        [
          from.set(sum(row, i32.load(plan))),
          weight.set(sum(plan, headerInBytes)),
          end.set(sum(weight, i32.load(plan, wordInBytes))),
          low.set(half),
          high.set(v128.zero),
          until('weights', i32.eq(weight, end), [
            pixels.set(i8x16.relaxedSwizzle(v128.load64Zero(from), order)),
            low.set(i32x4.add(low, weigh(0))),
            high.set(i32x4.add(high, weigh(wordInBytes))),
            advance(from, i32.shl(channels, 1)),
            advance(weight, 2 * wordInBytes),
          ]),
          v128.store32Lane(out, toBytes([total, total, total, total]), 0),
          advance(out, channels),
          advance(plan, planStep),
        ],
        countDown(count),
      ),
    ];
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
export const resizeKernels = [splitWeights, resizeRow, resizeColumns];
