import { advance, countUp, doWhile, sum } from '../../../wasm/text/control.ts';
import { i8x16, i16x8, i32x4, v128 } from '../../../wasm/text/instructions.ts';
import { kernel } from '../../../wasm/text/kernel.ts';
import type { Local, Statement, V128 } from '../../../wasm/text/value.ts';

/** ITU-T T.871 (JFIF), section 7, times 2^16, as libjpeg rounds them. */
const FRACTION_BITS = 16;
/** Whole multiples are added apart, so that what is left of each factor fits in 16 bits. */
const ONE = 1 << FRACTION_BITS;
const RED_FROM_CR = 91881;
const GREEN_FROM_CB = -22554;
const GREEN_FROM_CR = -46802;
const BLUE_FROM_CB = 116130;

const pixelsAtOnce = 16;
const middle = i16x8.splat(128);
const half = i32x4.splat(ONE / 2);

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
/** Bytes of two vectors by turns, those of either from a place on. */
const alternate = (from: number) => range(from, 8).flatMap((at) => [at, 16 + at]);
/** The same for pairs of bytes. */
const alternatePairs = (from: number) =>
  range(from / 2, 4).flatMap((at) => [2 * at, 2 * at + 1, 16 + 2 * at, 17 + 2 * at]);

/** Two vectors of products, rounded to one of whole numbers. */
function toWhole(low: V128, high: V128): V128 {
  const rounded = (products: V128) => i32x4.shrS(i32x4.add(products, half), FRACTION_BITS);
  return i16x8.narrowI32x4S(rounded(low), rounded(high));
}

/** Eight differences times a constant. */
function times(differences: V128, constant: number): V128 {
  const factor = i16x8.splat(constant);
  return toWhole(i32x4.extmulLowI16x8S(differences, factor), i32x4.extmulHighI16x8S(differences, factor));
}

const greenFactors = v128.const(
  'i16x8',
  range(0, 4).flatMap(() => [GREEN_FROM_CB, GREEN_FROM_CR + ONE]),
);

/** Red, green and blue of eight pixels, of their samples; those of Cb and Cr less 128. */
function toColours(luma: V128, cb: V128, cr: V128): readonly [red: V128, green: V128, blue: V128] {
  const dot = (from: number) => i32x4.dotI16x8S(i8x16.shuffle(cb, cr, alternatePairs(from)), greenFactors);
  return [
    i16x8.add(i16x8.add(luma, cr), times(cr, RED_FROM_CR - ONE)),
    i16x8.add(i16x8.sub(luma, cr), toWhole(dot(0), dot(8))),
    i16x8.add(i16x8.add(luma, i16x8.shl(cb, 1)), times(cb, BLUE_FROM_CB - 2 * ONE)),
  ];
}

/** Where the bytes of each of the three vectors that sixteen pixels are come from: red and green by turns, then blue. */
const pixelOrders = [0, 4, 8].map((first, vector) =>
  range(16 * vector, 16).map((byte) => {
    const [pixel, channel] = [Math.floor(byte / 3), byte % 3];
    return channel === 2 ? 16 + pixel : 2 * (pixel - first) + channel;
  }),
);

/**
 * `writeYcbcr`: a row of RGB pixels at `out` from the rows of three components. It goes by sixteen pixels, so that up to
 * fifteen samples behind each row are read and up to 45 bytes behind the last pixel written.
 */
export const colourKernel = kernel(
  'writeYcbcr',
  { lumaRow: 'i32', cbRow: 'i32', crRow: 'i32', width: 'i32', out: 'i32' },
  ({ lumaRow, cbRow, crRow, width, out }, declare) => {
    const end = declare('i32', 'end');
    const [lumas, cbs, crs] = [declare('v128', 'lumas'), declare('v128', 'cbs'), declare('v128', 'crs')];
    const [luma, cb, cr] = [declare('v128', 'luma'), declare('v128', 'cb'), declare('v128', 'cr')];
    const colours = ['Red', 'Green', 'Blue'] as const;
    const low = colours.map((colour) => declare('v128', `low${colour}`));
    const high = colours.map((colour) => declare('v128', `high${colour}`));
    const [red, green, blue] = ['redBytes', 'greenBytes', 'blueBytes'].map((name) => declare('v128', name)) as [
      Local<'v128'>,
      Local<'v128'>,
      Local<'v128'>,
    ];
    const lowPairs = declare('v128', 'lowPairs');
    const middlePairs = declare('v128', 'middlePairs');
    const highPairs = declare('v128', 'highPairs');

    const eightPixels = (targets: readonly Local<'v128'>[], extend: (bytes: V128) => V128): Statement => [
      luma.set(extend(lumas)),
      cb.set(i16x8.sub(extend(cbs), middle)),
      cr.set(i16x8.sub(extend(crs), middle)),
      toColours(luma, cb, cr).map((value, channel) => (targets[channel] as Local<'v128'>).set(value)),
    ];
    const toBytes = (channel: number) => i8x16.narrowI16x8U(low[channel] as V128, high[channel] as V128);
    return [
      end.set(sum(lumaRow, width)),
      doWhile(
        'pixels',
        [
          lumas.set(v128.load(lumaRow)),
          cbs.set(v128.load(cbRow)),
          crs.set(v128.load(crRow)),
          eightPixels(low, i16x8.extendLowI8x16U),
          eightPixels(high, i16x8.extendHighI8x16U),
          [red, green, blue].map((bytes, channel) => bytes.set(toBytes(channel))),
          lowPairs.set(i8x16.shuffle(red, green, alternate(0))),
          highPairs.set(i8x16.shuffle(red, green, alternate(8))),
          middlePairs.set(i8x16.shuffle(lowPairs, highPairs, range(8, 16))),
          [lowPairs, middlePairs, highPairs].map((pairs, vector) =>
            v128.store(out, i8x16.shuffle(pairs, blue, pixelOrders[vector] as number[]), 16 * vector),
          ),
          advance(cbRow, pixelsAtOnce),
          advance(crRow, pixelsAtOnce),
          advance(out, 3 * pixelsAtOnce),
        ],
        countUp(lumaRow, pixelsAtOnce, end),
      ),
    ];
  },
);
