import { advance, countUp, doWhile } from '../../../wasm/text/control.ts';
import { i8x16, i16x8, i32, v128 } from '../../../wasm/text/instructions.ts';
import { kernel } from '../../../wasm/text/kernel.ts';
import type { V128 } from '../../../wasm/text/value.ts';

const vectorInBytes = 16;
const pixelsAtATime = 4;
const rgbInBytes = 3;
const places = Array.from({ length: vectorInBytes }, (_, place) => place);

/** A product of two bytes divided by 255 and rounded, as on-white.ts does it. */
function by255(product: V128): V128 {
  const shifted = i16x8.add(product, i16x8.splat(128));
  return i16x8.shrU(i16x8.add(shifted, i16x8.shrU(shifted, 8)), 8);
}

/** `layOnWhite`: pixels of red, green, blue and alpha, four at a time, laid on white; `end` is that of what is written. */
const layOnWhite = kernel('layOnWhite', { row: 'i32', out: 'i32', end: 'i32' }, ({ row, out, end }, declare) => {
  const pixels = declare('v128', 'pixels');
  const darkness = declare('v128', 'darkness');
  const alpha = declare('v128', 'alpha');
  const shown = declare('v128', 'shown');
  return doWhile(
    'pixels',
    [
      pixels.set(v128.load(row)),
      darkness.set(v128.not(pixels)),
      alpha.set(
        i8x16.shuffle(
          pixels,
          pixels,
          places.map((place) => place | 3),
        ),
      ),
      shown.set(
        v128.not(
          i8x16.narrowI16x8U(
            by255(i16x8.extmulLowI8x16U(darkness, alpha)),
            by255(i16x8.extmulHighI8x16U(darkness, alpha)),
          ),
        ),
      ),
      v128.store(
        out,
        i8x16.shuffle(
          shown,
          shown,
          places.map((place) => (place + Math.floor(place / rgbInBytes)) % vectorInBytes),
        ),
      ),
      advance(row, vectorInBytes),
    ],
    countUp(out, rgbInBytes * pixelsAtATime, end),
  );
});

/** `lookUp`: a byte a pixel, four at a time, each the number of a colour in a table of four bytes a colour. */
const lookUp = kernel(
  'lookUp',
  { row: 'i32', table: 'i32', out: 'i32', end: 'i32' },
  ({ row, table, out, end }, declare) => {
    const numbers = declare('i32', 'numbers');
    const entryAt = (pixel: number) =>
      i32.and(pixel === 0 ? i32.shl(numbers, 2) : i32.shrU(numbers, 8 * pixel - 2), 0x3fc);
    return doWhile(
      'pixels',
      [
        numbers.set(i32.load(row)),
        Array.from({ length: pixelsAtATime }, (_, pixel) =>
          i32.store(out, i32.load(i32.add(table, entryAt(pixel))), rgbInBytes * pixel),
        ),
        advance(row, pixelsAtATime),
      ],
      countUp(out, rgbInBytes * pixelsAtATime, end),
    );
  },
);

/** Rows to RGB; up to three pixels and a byte are read and written past the last. */
export const rgbKernels = [layOnWhite, lookUp];
