import { advance, countUp, doWhile } from '../../../wasm/text/control.ts';
import { i32 } from '../../../wasm/text/instructions.ts';
import { kernel } from '../../../wasm/text/kernel.ts';

const pixelsAtATime = 4;
const rgbInBytes = 3;

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
export const rgbKernels = [lookUp];
