import { f32, f32x4, i32x4 } from '../../wasm/text/instructions.ts';
import type { Declare } from '../../wasm/text/kernel.ts';
import type { Statement, V128 } from '../../wasm/text/value.ts';

/** The same number four times. */
export const numbers = (number: string): V128 => f32x4.splat(f32.const(number));

/**
 * e^a, for a from -87 to 88 and as at the nearer end beyond, as in S. Moshier's Cephes library (expf): e^x = 2^n · e^r with n
 * the integer nearest to x / ln 2 and |r| ≤ ln 2 / 2, whose exponential is a polynomial; the relative error is below 2e-7.
 */
export function exponentialOf(a: V128, declare: Declare): { readonly steps: Statement; readonly power: V128 } {
  const x = declare('v128', 'x');
  const n = declare('v128', 'n');
  const r = declare('v128', 'r');
  const power = declare('v128', 'power');
  const coefficients = ['1.3981999507e-3', '8.3334519073e-3', '4.1665795894e-2', '1.6666665459e-1', '5.0000001201e-1'];
  const steps = [
    x.set(f32x4.pmax(numbers('-87'), f32x4.pmin(numbers('88'), a))),
    n.set(f32x4.nearest(f32x4.mul(x, numbers('1.44269504088896341')))),
    r.set(f32x4.sub(x, f32x4.mul(n, numbers('0.693359375')))),
    r.set(f32x4.sub(r, f32x4.mul(n, numbers('-2.12194440e-4')))),
    power.set(numbers('1.9875691500e-4')),
    coefficients.map((next) => power.set(f32x4.add(f32x4.mul(power, r), numbers(next)))),
    power.set(f32x4.add(numbers('1'), f32x4.add(r, f32x4.mul(power, f32x4.mul(r, r))))),
    // 2^n, by its exponent.
    n.set(i32x4.shl(i32x4.add(i32x4.truncSatF32x4S(n), i32x4.splat(127)), 23)),
  ];
  return { steps, power: f32x4.mul(power, n) };
}
