import { advance, countUp, doWhile } from '../../../wasm/text/control.ts';
import { i8x16, i16x8, v128 } from '../../../wasm/text/instructions.ts';
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

/**
 * `layOnWhite`: pixels of red, green, blue and alpha, four at a time, laid on white; `end` is that of what is written.
 * Up to three pixels and four bytes are read and written past the last.
 */
export const layOnWhite = kernel('layOnWhite', { row: 'i32', out: 'i32', end: 'i32' }, ({ row, out, end }, declare) => {
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
