import { advance, countDown, doWhile, when } from '../../../wasm/text/control.ts';
import { f32, i32, memory } from '../../../wasm/text/instructions.ts';
import { kernel } from '../../../wasm/text/kernel.ts';
import type { Statement } from '../../../wasm/text/value.ts';

const floatInBytes = 4;

const copyRows = kernel(
  'copyRows',
  { input: 'i32', inStep: 'i32', out: 'i32', outStep: 'i32', rows: 'i32', sizeInBytes: 'i32' },
  ({ input, inStep, out, outStep, rows, sizeInBytes }) =>
    doWhile(
      'rows',
      [memory.copy(out, input, sizeInBytes), advance(input, inStep), advance(out, outStep)],
      countDown(rows),
    ),
);

const permute = kernel(
  'permute',
  {
    input: 'i32',
    out: 'i32',
    count0: 'i32',
    in0: 'i32',
    out0: 'i32',
    count1: 'i32',
    in1: 'i32',
    out1: 'i32',
    count2: 'i32',
    in2: 'i32',
    out2: 'i32',
    count3: 'i32',
    in3: 'i32',
    out3: 'i32',
  },
  ({ input, out, count0, in0, out0, count1, in1, out1, count2, in2, out2, count3, in3, out3 }, declare) => {
    const [left1, from1, to1] = [declare('i32', 'left1'), declare('i32', 'from1'), declare('i32', 'to1')];
    const [left2, from2, to2] = [declare('i32', 'left2'), declare('i32', 'from2'), declare('i32', 'to2')];
    const [left3, from3, to3] = [declare('i32', 'left3'), declare('i32', 'from3'), declare('i32', 'to3')];
    const floats: Statement = doWhile(
      'floats',
      [f32.store(to3, f32.load(from3)), advance(from3, in3), advance(to3, out3)],
      countDown(left3),
    );
    const isRun = i32.eq(i32.add(in3, out3), 2 * floatInBytes);
    return doWhile(
      'axis0',
      [
        from1.set(input),
        to1.set(out),
        left1.set(count1),
        doWhile(
          'axis1',
          [
            from2.set(from1),
            to2.set(to1),
            left2.set(count2),
            doWhile(
              'axis2',
              [
                from3.set(from2),
                to3.set(to2),
                left3.set(count3),
                when(isRun, memory.copy(to3, from3, i32.mul(count3, floatInBytes)), floats),
                advance(from2, in2),
                advance(to2, out2),
              ],
              countDown(left2),
            ),
            advance(from1, in1),
            advance(to1, out1),
          ],
          countDown(left1),
        ),
        advance(input, in0),
        advance(out, out0),
      ],
      countDown(count0),
    );
  },
);

/**
 * `copyRows`: rows of any size from every `inStep` to every `outStep`. `permute`: the floats of four nested axes, each with
 * its count and its steps in the input and in the result; the innermost is the last, and goes in one piece where it lies so
 * in both (both of its steps are positive). Counts are at least 1; addresses and steps are in bytes.
 */
export const movingKernels = [copyRows, permute];
