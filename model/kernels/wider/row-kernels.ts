import { advance, countDown, countUp, doWhile, sum, until, when } from '../../../wasm/text/control.ts';
import { f32, f32x4, i32, i32x4, v128 } from '../../../wasm/text/instructions.ts';
import { kernel } from '../../../wasm/text/kernel.ts';
import type { Statement, V128 } from '../../../wasm/text/value.ts';
import { vectorInBytes } from '../clamp.ts';
import { exponentialOf, numbers } from '../exponential.ts';
import { acrossLanes } from './across-lanes.ts';

const normaliseRows = kernel(
  'normaliseRows',
  { input: 'i32', out: 'i32', rows: 'i32', rowInBytes: 'i32', epsilon: 'f32', scale: 'i32', offset: 'i32' },
  ({ input, out, rows, rowInBytes, epsilon, scale, offset }, declare) => {
    const at = declare('i32', 'at');
    const count = declare('v128', 'count');
    const mean = declare('v128', 'mean');
    const factor = declare('v128', 'factor');
    const difference = declare('v128', 'difference');
    const centred = () => f32x4.sub(v128.load(sum(input, at)), mean);
    const eachVector = (label: string, body: Statement): Statement => [
      at.set(0),
      doWhile(label, body, countUp(at, vectorInBytes, rowInBytes)),
    ];
    return [
      count.set(f32x4.splat(f32.convertI32U(i32.shrU(rowInBytes, 2)))),
      doWhile(
        'rows',
        [
          mean.set(numbers('0')),
          eachVector('sums', mean.set(f32x4.add(mean, v128.load(sum(input, at))))),
          acrossLanes(mean, f32x4.add),
          mean.set(f32x4.div(mean, count)),
          factor.set(numbers('0')),
          eachVector('squares', factor.set(f32x4.relaxedMadd(difference.tee(centred()), difference, factor))),
          acrossLanes(factor, f32x4.add),
          factor.set(f32x4.div(numbers('1'), f32x4.sqrt(f32x4.add(f32x4.div(factor, count), f32x4.splat(epsilon))))),
          eachVector(
            'results',
            v128.store(
              sum(out, at),
              f32x4.relaxedMadd(f32x4.mul(centred(), factor), v128.load(sum(scale, at)), v128.load(sum(offset, at))),
            ),
          ),
          advance(input, rowInBytes),
          advance(out, rowInBytes),
        ],
        countDown(rows),
      ),
    ];
  },
);

const softmaxRows = kernel(
  'softmaxRows',
  { input: 'i32', out: 'i32', rows: 'i32', count: 'i32' },
  ({ input, out, rows, count }, declare) => {
    const at = declare('i32', 'at');
    const whole = declare('i32', 'whole');
    const rest = declare('i32', 'rest');
    const isInRow = declare('v128', 'isInRow');
    const largest = declare('v128', 'largest');
    const total = declare('v128', 'total');
    const value = declare('v128', 'value');
    const { steps, power } = exponentialOf(value, declare);
    const here = (address: typeof input) => sum(address, at);
    const storeRest = (): Statement =>
      [0, 1, 2].map((lane) => when(i32.gtS(rest, lane), v128.store32Lane(here(out), value, lane, lane * 4)));
    /** What is done with each vector of a row, and with the lanes of the last that are in it. */
    const eachVector = (label: string, ofWhole: Statement, ofRest: Statement): Statement => [
      at.set(0),
      until(label, i32.eq(at, whole), [ofWhole, advance(at, vectorInBytes)]),
      when(rest, ofRest),
    ];
    const only = (lanes: V128, others: V128) => v128.bitselect(lanes, others, isInRow);
    // What is too little to count is nothing, so that no product of it is denormal, which takes a hundred times as long.
    const exponential: Statement = [
      value.set(f32x4.sub(v128.load(here(input)), largest)),
      steps,
      value.set(v128.and(power, f32x4.gt(value, numbers('-60')))),
    ];
    return [
      rest.set(i32.and(count, 3)),
      whole.set(i32.shl(i32.sub(count, rest), 2)),
      isInRow.set(i32x4.gtS(i32x4.splat(rest), v128.const('i32x4', [0, 1, 2, 3]))),
      doWhile(
        'rows',
        [
          largest.set(numbers('-inf')),
          eachVector(
            'maximum',
            largest.set(f32x4.pmax(largest, v128.load(here(input)))),
            largest.set(f32x4.pmax(largest, only(v128.load(here(input)), largest))),
          ),
          acrossLanes(largest, f32x4.pmax),
          total.set(numbers('0')),
          eachVector(
            'powers',
            [exponential, total.set(f32x4.add(total, value)), v128.store(here(out), value)],
            [exponential, total.set(f32x4.add(total, only(value, v128.zero))), storeRest()],
          ),
          acrossLanes(total, f32x4.add),
          total.set(f32x4.div(numbers('1'), total)),
          eachVector('shares', v128.store(here(out), f32x4.mul(v128.load(here(out)), total)), [
            value.set(f32x4.mul(v128.load(here(out)), total)),
            storeRest(),
          ]),
          advance(input, i32.shl(count, 2)),
          advance(out, i32.shl(count, 2)),
        ],
        countDown(rows),
      ),
    ];
  },
);

/**
 * `normaliseRows`: each row less its mean, divided by the root of its variance + epsilon, times scale + offset, one number a
 * column each; the size of a row is a multiple of 16 bytes. `softmaxRows`: softmax of rows of `count` floats, any number of
 * them; reads up to three floats behind the last row. `out` may be the input. Addresses are in bytes.
 */
export const rowKernels = [normaliseRows, softmaxRows];
