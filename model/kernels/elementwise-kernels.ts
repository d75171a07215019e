import { f32x4, v128 } from '../../wasm/text/instructions.ts';
import { type Declare, kernel } from '../../wasm/text/kernel.ts';
import type { Statement, V128 } from '../../wasm/text/value.ts';
import { clamped, limits } from './clamp.ts';
import { exponentialOf, numbers } from './exponential.ts';
import { vectorByVector } from './vector-by-vector.ts';

/** Each number of the result from one number of each input, clamped to low…high. */
function ofTwo(name: 'add' | 'multiply', combine: (a: V128, b: V128) => V128) {
  return kernel(
    name,
    { a: 'i32', b: 'i32', out: 'i32', count: 'i32', low: 'f32', high: 'f32' },
    ({ a, b, out, count, low, high }, declare) => {
      const { setLimits, range } = limits(low, high, declare);
      const result = clamped(combine(v128.load(a), v128.load(b)), range);
      return [setLimits, vectorByVector([a, b, out], count, v128.store(out, result))];
    },
  );
}

const clamp = kernel(
  'clamp',
  { a: 'i32', out: 'i32', count: 'i32', low: 'f32', high: 'f32' },
  ({ a, out, count, low, high }, declare) => {
    const { setLimits, range } = limits(low, high, declare);
    return [setLimits, vectorByVector([a, out], count, v128.store(out, clamped(v128.load(a), range)))];
  },
);

const sigmoid = kernel('sigmoid', { a: 'i32', out: 'i32', count: 'i32' }, ({ a, out, count }, declare) => {
  const { steps, result } = sigmoidOf(v128.load(a), declare);
  return vectorByVector([a, out], count, [steps, v128.store(out, result)]);
});

/** 1 / (1 + e^-a). */
function sigmoidOf(a: V128, declare: Declare): { readonly steps: Statement; readonly result: V128 } {
  const { steps, power } = exponentialOf(f32x4.neg(a), declare);
  const one = numbers('1');
  return { steps, result: f32x4.div(one, f32x4.add(one, power)) };
}

/**
 * The kernels that make each number of the result from the numbers at its place: `add`, `multiply` and `clamp` (the result
 * lies in low…high) and `sigmoid`. `count` is at least 1; numbers are read and written in fours, so up to three more behind
 * them. Addresses are in bytes; `out` may be an input.
 */
export const elementwiseKernels = [ofTwo('add', f32x4.add), ofTwo('multiply', f32x4.mul), clamp, sigmoid];
