import { advance, countUp, doWhile, sum } from '../../../wasm/text/control.ts';
import { f32, i32 } from '../../../wasm/text/instructions.ts';
import { kernel } from '../../../wasm/text/kernel.ts';

const floatInBytes = 4;
const tableInBytes = 256 * floatInBytes;

/**
 * Each channel of the target is a byte of the pixel looked up in the channel's own table of floats. Multiplying four at a time
 * would be faster, but not round as numbers of double precision do.
 * @param sources for each channel of the target, which byte of a pixel it is made of
 */
function scale(name: string, sources: readonly number[]) {
  return kernel(name, { pixels: 'i32', end: 'i32', tables: 'i32', out: 'i32' }, ({ pixels, end, tables, out }) =>
    doWhile(
      'all',
      [
        sources.map((source, channel) => {
          const level = i32.load8U(pixels, source);
          const value = f32.load(sum(tables, i32.shl(level, 2)), channel * tableInBytes);
          return f32.store(out, value, channel * floatInBytes);
        }),
        advance(out, floatInBytes * sources.length),
      ],
      countUp(pixels, sources.length, end),
    ),
  );
}

/**
 * `scaleGrey`, `scaleRgb` and `scaleBgr`: pixels of one or of three bytes to as many floats each, in the order that the name
 * tells, by a table of 256 floats for each channel of the target, one after the other at `tables`.
 */
export const scaleKernels = [scale('scaleGrey', [0]), scale('scaleRgb', [0, 1, 2]), scale('scaleBgr', [2, 1, 0])];
