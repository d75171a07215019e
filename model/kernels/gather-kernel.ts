import { advance, countDown, doWhile, sum, until } from '../../wasm/text/control.ts';
import { f32, i32, v128 } from '../../wasm/text/instructions.ts';
import { kernel } from '../../wasm/text/kernel.ts';
import { vectorInBytes } from './clamp.ts';

const floatInBytes = 4;

/**
 * `gather`: the patches of `count` neighbouring outputs of one row, one patch a row of the result, in the order of a
 * [height, width, channels] kernel ("im2col"), so that a convolution becomes a product of matrices. The input is padded
 * already; steps are in bytes and `patchRowInBytes` is kernel width × channels × 4.
 */
export const gatherKernel = kernel(
  'gather',
  {
    input: 'i32',
    inputRowStep: 'i32',
    pixelStep: 'i32',
    patchRowInBytes: 'i32',
    kernelHeight: 'i32',
    count: 'i32',
    out: 'i32',
  },
  ({ input, inputRowStep, pixelStep, patchRowInBytes, kernelHeight, count, out }, declare) => {
    const row = declare('i32', 'row');
    const source = declare('i32', 'source');
    const end = declare('i32', 'end');
    const from = declare('i32', 'from');
    return doWhile(
      'outputs',
      [
        row.set(kernelHeight),
        source.set(input),
        doWhile(
          'rows',
          [
            from.set(source),
            end.set(sum(source, patchRowInBytes)),
            until('vectors', i32.ltU(i32.sub(end, from), vectorInBytes), [
              v128.store(out, v128.load(from)),
              advance(from, vectorInBytes),
              advance(out, vectorInBytes),
            ]),
            until('singles', i32.eq(from, end), [
              f32.store(out, f32.load(from)),
              advance(from, floatInBytes),
              advance(out, floatInBytes),
            ]),
            advance(source, inputRowStep),
          ],
          countDown(row),
        ),
        advance(input, pixelStep),
      ],
      countDown(count),
    );
  },
);
