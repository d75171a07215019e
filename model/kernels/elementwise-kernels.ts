import { advance, doWhile } from '../../wasm/text/control.ts';
import { f32, f32x4, i32, i32x4, v128 } from '../../wasm/text/instructions.ts';
import { type Declare, kernel } from '../../wasm/text/kernel.ts';
import type { Local, Statement, V128 } from '../../wasm/text/value.ts';
import { clamped, limits, vectorInBytes } from './clamp.ts';

const numbersPerVector = 4;
const constant = (number: string) => f32x4.splat(f32.const(number));

/** What is made four by four until `count` numbers are done; reads and writes up to three more. */
function vectorByVector(addresses: readonly Local<'i32'>[], count: Local<'i32'>, make: Statement): Statement {
  return doWhile(
    'vectors',
    [make, addresses.map((address) => advance(address, vectorInBytes))],
    i32.gtS(count.tee(i32.sub(count, numbersPerVector)), 0),
  );
}

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

/**
 * 1 / (1 + e^-a). The exponential as in S. Moshier's Cephes library (expf): e^x = 2^n · e^r with n the integer nearest to
 * x / ln 2 and |r| ≤ ln 2 / 2, whose exponential is a polynomial; the relative error is below 2e-7.
 */
function sigmoidOf(a: V128, declare: Declare): { readonly steps: Statement; readonly result: V128 } {
  const x = declare('v128', 'x');
  const n = declare('v128', 'n');
  const r = declare('v128', 'r');
  const power = declare('v128', 'power');
  const coefficients = ['1.3981999507e-3', '8.3334519073e-3', '4.1665795894e-2', '1.6666665459e-1', '5.0000001201e-1'];
  const one = constant('1');
  const steps = [
    x.set(f32x4.pmax(constant('-87'), f32x4.pmin(constant('88'), f32x4.neg(a)))),
    n.set(f32x4.nearest(f32x4.mul(x, constant('1.44269504088896341')))),
    r.set(f32x4.sub(x, f32x4.mul(n, constant('0.693359375')))),
    r.set(f32x4.sub(r, f32x4.mul(n, constant('-2.12194440e-4')))),
    power.set(constant('1.9875691500e-4')),
    coefficients.map((next) => power.set(f32x4.add(f32x4.mul(power, r), constant(next)))),
    power.set(f32x4.add(one, f32x4.add(r, f32x4.mul(power, f32x4.mul(r, r))))),
    // 2^n, by its exponent.
    n.set(i32x4.shl(i32x4.add(i32x4.truncSatF32x4S(n), i32x4.splat(127)), 23)),
  ];
  return { steps, result: f32x4.div(one, f32x4.add(one, f32x4.mul(power, n))) };
}

/**
 * The kernels that make each number of the result from the numbers at its place: `add`, `multiply` and `clamp` (the result
 * lies in low…high) and `sigmoid`. `count` is at least 1; numbers are read and written in fours, so up to three more behind
 * them. Addresses are in bytes; `out` may be an input.
 */
export const elementwiseKernels = [ofTwo('add', f32x4.add), ofTwo('multiply', f32x4.mul), clamp, sigmoid];
