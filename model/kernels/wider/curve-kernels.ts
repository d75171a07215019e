import { f32x4, v128 } from '../../../wasm/text/instructions.ts';
import { type Declare, kernel } from '../../../wasm/text/kernel.ts';
import type { Statement, V128 } from '../../../wasm/text/value.ts';
import { exponentialOf, numbers } from '../exponential.ts';
import { vectorByVector } from '../vector-by-vector.ts';

// Fitted by iterated weighted least squares to the error function from 0 to 3.9, beyond which it is 1 in single precision;
// the relative error is 1.7e-8, and below 4e-7 with the rounding of single precision.
const numerator = [
  '1.128379148',
  '0.1896666476',
  '0.05266806735',
  '0.003738341273',
  '0.0002850625519',
  '2.066480155e-06',
];
const denominator = ['1', '0.5014204716', '0.1138188924', '0.0149142663', '0.001157375917', '3.827011206e-05'];
const end = '3.9';

/** erf(a) as a · P(a²) / Q(a²). */
function errorFunctionOf(a: V128, declare: Declare): { readonly steps: Statement; readonly result: V128 } {
  const x = declare('v128', 'x');
  const square = declare('v128', 'square');
  const top = declare('v128', 'top');
  const bottom = declare('v128', 'bottom');
  const polynomial = (sum: typeof top, coefficients: readonly string[]): Statement => {
    const [highest = '0', ...others] = coefficients.toReversed();
    return [sum.set(numbers(highest)), others.map((next) => sum.set(f32x4.relaxedMadd(sum, square, numbers(next))))];
  };
  const steps = [
    x.set(f32x4.pmax(numbers(`-${end}`), f32x4.pmin(numbers(end), a))),
    square.set(f32x4.mul(x, x)),
    polynomial(top, numerator),
    polynomial(bottom, denominator),
  ];
  return { steps, result: f32x4.div(f32x4.mul(x, top), bottom) };
}

const errorFunction = kernel('errorFunction', { a: 'i32', out: 'i32', count: 'i32' }, ({ a, out, count }, declare) => {
  const { steps, result } = errorFunctionOf(v128.load(a), declare);
  return vectorByVector([a, out], count, [steps, v128.store(out, result)]);
});

const gelu = kernel(
  'gelu',
  { a: 'i32', out: 'i32', count: 'i32', slope: 'f32' },
  ({ a, out, count, slope }, declare) => {
    const value = declare('v128', 'value');
    const { steps, result } = errorFunctionOf(f32x4.mul(value.tee(v128.load(a)), f32x4.splat(slope)), declare);
    return vectorByVector([a, out], count, [steps, v128.store(out, f32x4.relaxedMadd(value, result, value))]);
  },
);

const tanh = kernel('tanh', { a: 'i32', out: 'i32', count: 'i32' }, ({ a, out, count }, declare) => {
  const { steps, power } = exponentialOf(f32x4.mul(v128.load(a), numbers('-2')), declare);
  const share = declare('v128', 'share');
  const result = f32x4.div(f32x4.sub(numbers('1'), share.tee(power)), f32x4.add(numbers('1'), share));
  return vectorByVector([a, out], count, [steps, v128.store(out, result)]);
});

/** Each number of the result from one number of each input. */
function ofTwo(name: 'subtract' | 'divide' | 'maximum' | 'minimum', combine: (a: V128, b: V128) => V128) {
  return kernel(name, { a: 'i32', b: 'i32', out: 'i32', count: 'i32' }, ({ a, b, out, count }) =>
    vectorByVector([a, b, out], count, v128.store(out, combine(v128.load(a), v128.load(b)))),
  );
}

/**
 * The kernels that make each number of the result from those at its place: `errorFunction`, `gelu` (a · (1 + erf(slope ·
 * a)), twice what the activation is), `tanh`, `subtract`, `divide`,
 * `maximum` and `minimum`; within 1e-6 of the functions. `count` is at least 1;
 * numbers are read and written in fours, so up to three more behind them. Addresses are in bytes; `out` may be an input.
 */
export const curveKernels = [
  errorFunction,
  gelu,
  tanh,
  ofTwo('subtract', f32x4.sub),
  ofTwo('divide', f32x4.div),
  ofTwo('maximum', f32x4.pmax),
  ofTwo('minimum', f32x4.pmin),
];
