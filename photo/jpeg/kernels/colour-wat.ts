import { get, set } from '../../../wasm/instructions.ts';

/** ITU-T T.871 (JFIF), section 7, times 2^16, as libjpeg rounds them. */
const FRACTION_BITS = 16;
/** Whole multiples are added apart, so that what is left of each factor fits in 16 bits. */
const ONE = 1 << FRACTION_BITS;
const RED_FROM_CR = 91881;
const GREEN_FROM_CB = -22554;
const GREEN_FROM_CR = -46802;
const BLUE_FROM_CB = 116130;

const plus = (a: string, b: string) => `(i16x8.add ${a} ${b})`;
const half = `(i32x4.splat (i32.const ${ONE / 2}))`;
/** Two vectors of products, rounded to one of whole numbers. */
const toWhole = (low: string, high: string) =>
  `(i16x8.narrow_i32x4_s ${[low, high].map((products) => `(i32x4.shr_s (i32x4.add ${products} ${half}) (i32.const ${FRACTION_BITS}))`).join(' ')})`;

/** Eight differences times a constant. */
const times = (name: string, constant: number) => {
  const factor = `(i16x8.splat (i32.const ${constant}))`;
  return toWhole(
    `(i32x4.extmul_low_i16x8_s ${get(name)} ${factor})`,
    `(i32x4.extmul_high_i16x8_s ${get(name)} ${factor})`,
  );
};
const greenFactors = `(v128.const i16x8 ${Array.from({ length: 4 }, () => `${GREEN_FROM_CB} ${GREEN_FROM_CR + ONE}`).join(' ')})`;
const pairs = (order: string) => `(i8x16.shuffle ${order} ${get('cb')} ${get('cr')})`;
const lowPairs = pairs('0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23');
const highPairs = pairs('8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31');

/** What eight pixels are in red, green and blue: `$luma`, `$cb` and `$cr` hold their samples, the latter two less 128. */
const eightPixels = (part: 'low' | 'high') => `
      ${set('luma', `(i16x8.extend_${part}_i8x16_u ${get('lumas')})`)}
      ${set('cb', `(i16x8.sub (i16x8.extend_${part}_i8x16_u ${get('cbs')}) (i16x8.splat (i32.const 128)))`)}
      ${set('cr', `(i16x8.sub (i16x8.extend_${part}_i8x16_u ${get('crs')}) (i16x8.splat (i32.const 128)))`)}
      ${set(`${part}Red`, plus(plus(get('luma'), get('cr')), times('cr', RED_FROM_CR - ONE)))}
      ${set(
        `${part}Green`,
        plus(
          `(i16x8.sub ${get('luma')} ${get('cr')})`,
          toWhole(
            `(i32x4.dot_i16x8_s ${lowPairs} ${greenFactors})`,
            `(i32x4.dot_i16x8_s ${highPairs} ${greenFactors})`,
          ),
        ),
      )}
      ${set(
        `${part}Blue`,
        plus(plus(get('luma'), `(i16x8.shl ${get('cb')} (i32.const 1))`), times('cb', BLUE_FROM_CB - 2 * ONE)),
      )}`;

const toBytes = (colour: string) => `(i8x16.narrow_i16x8_u ${get(`low${colour}`)} ${get(`high${colour}`)})`;
const shuffle = (order: readonly number[], first: string, second: string) =>
  `(i8x16.shuffle ${order.join(' ')} ${get(first)} ${get(second)})`;
const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
const alternate = (from: number) => range(from, 8).flatMap((at) => [at, 16 + at]);

/** The three vectors that sixteen pixels are, each out of one of red and green by turns, `first` pixels on, and blue. */
const pixelVectors = [
  { pairs: 'lowPairs', first: 0 },
  { pairs: 'middlePairs', first: 4 },
  { pairs: 'highPairs', first: 8 },
].map(({ pairs, first }, vector) => {
  const order = range(16 * vector, 16).map((byte) => {
    const [pixel, channel] = [Math.floor(byte / 3), byte % 3];
    return channel === 2 ? 16 + pixel : 2 * (pixel - first) + channel;
  });
  return `(v128.store offset=${16 * vector} ${get('out')} ${shuffle(order, pairs, 'blueBytes')})`;
});

const vectors = [
  ...['lumas', 'cbs', 'crs', 'luma', 'cb', 'cr'],
  ...['lowRed', 'lowGreen', 'lowBlue', 'highRed', 'highGreen', 'highBlue'],
  ...['redBytes', 'greenBytes', 'blueBytes', 'lowPairs', 'middlePairs', 'highPairs'],
];
const next = (address: string, step: number) => set(address, `(i32.add ${get(address)} (i32.const ${step}))`);

/**
 * WebAssembly text of `writeYcbcr`: a row of RGB pixels at `out` from the rows of three components. It goes by sixteen
 * pixels, so that up to fifteen samples behind each row are read and up to 45 bytes behind the last pixel written.
 */
export const colourWat = `
  (func (export "writeYcbcr") (param $lumaRow i32) (param $cbRow i32) (param $crRow i32) (param $width i32)
      (param $out i32)
    (local $end i32) ${vectors.map((name) => `(local $${name} v128)`).join(' ')}
    (local.set $end (i32.add ${get('lumaRow')} ${get('width')}))
    (loop $pixels
      ${set('lumas', `(v128.load ${get('lumaRow')})`)}
      ${set('cbs', `(v128.load ${get('cbRow')})`)}
      ${set('crs', `(v128.load ${get('crRow')})`)}
      ${eightPixels('low')}
      ${eightPixels('high')}
      ${set('redBytes', toBytes('Red'))}
      ${set('greenBytes', toBytes('Green'))}
      ${set('blueBytes', toBytes('Blue'))}
      ${set('lowPairs', shuffle(alternate(0), 'redBytes', 'greenBytes'))}
      ${set('highPairs', shuffle(alternate(8), 'redBytes', 'greenBytes'))}
      ${set('middlePairs', shuffle(range(8, 16), 'lowPairs', 'highPairs'))}
      ${pixelVectors.join('\n')}
      ${next('cbRow', 16)}
      ${next('crRow', 16)}
      ${next('out', 48)}
      (br_if $pixels (i32.lt_u (local.tee $lumaRow (i32.add ${get('lumaRow')} (i32.const 16))) ${get('end')}))))`;
