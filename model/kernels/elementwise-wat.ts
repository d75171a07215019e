interface Elementwise {
  readonly name: string;
  readonly inputs: readonly string[];
  /** Result of four elements, which are `$a` and `$b`. */
  readonly result: string;
  readonly isClamped?: boolean;
}

const constant = (number: string) => `(f32x4.splat (f32.const ${number}))`;

/**
 * 1 / (1 + e^-a). The exponential as in S. Moshier's Cephes library (expf): e^x = 2^n · e^r with n the integer nearest to
 * x / ln 2 and |r| ≤ ln 2 / 2, whose exponential is a polynomial; the relative error is below 2e-7.
 */
const sigmoid = `
  (local.set $x (f32x4.pmax ${constant('-87')} (f32x4.pmin ${constant('88')} (f32x4.neg (local.get $a)))))
  (local.set $n (f32x4.nearest (f32x4.mul (local.get $x) ${constant('1.44269504088896341')})))
  (local.set $r (f32x4.sub (local.get $x) (f32x4.mul (local.get $n) ${constant('0.693359375')})))
  (local.set $r (f32x4.sub (local.get $r) (f32x4.mul (local.get $n) ${constant('-2.12194440e-4')})))
  (local.set $p ${constant('1.9875691500e-4')})
  ${['1.3981999507e-3', '8.3334519073e-3', '4.1665795894e-2', '1.6666665459e-1', '5.0000001201e-1']
    .map((next) => `(local.set $p (f32x4.add (f32x4.mul (local.get $p) (local.get $r)) ${constant(next)}))`)
    .join('\n')}
  (local.set $p (f32x4.add ${constant('1')} (f32x4.add (local.get $r)
    (f32x4.mul (local.get $p) (f32x4.mul (local.get $r) (local.get $r))))))
  (local.set $n (i32x4.shl (i32x4.add (i32x4.trunc_sat_f32x4_s (local.get $n)) (i32x4.splat (i32.const 127))) (i32.const 23)))
  (f32x4.div ${constant('1')} (f32x4.add ${constant('1')} (f32x4.mul (local.get $p) (local.get $n))))`;

const operations: readonly Elementwise[] = [
  { name: 'add', inputs: ['a', 'b'], result: '(f32x4.add (local.get $a) (local.get $b))', isClamped: true },
  { name: 'multiply', inputs: ['a', 'b'], result: '(f32x4.mul (local.get $a) (local.get $b))', isClamped: true },
  { name: 'clamp', inputs: ['a'], result: '(local.get $a)', isClamped: true },
  { name: 'sigmoid', inputs: ['a'], result: sigmoid },
];

function elementwise({ name, inputs, result, isClamped }: Elementwise): string {
  const addresses = [...inputs.map((input) => `$${input}Address`), '$out'];
  const clamped = `(f32x4.relaxed_min (local.get $highest) (f32x4.relaxed_max (local.get $lowest) ${result}))`;
  return `
  (func (export "${name}") ${addresses.map((address) => `(param ${address} i32)`).join(' ')} (param $count i32)
      ${isClamped ? '(param $low f32) (param $high f32) (local $lowest v128) (local $highest v128)' : ''}
    (local $a v128) (local $b v128) (local $x v128) (local $n v128) (local $r v128) (local $p v128)
    ${isClamped ? '(local.set $lowest (f32x4.splat (local.get $low))) (local.set $highest (f32x4.splat (local.get $high)))' : ''}
    (loop $vectors
      ${inputs.map((input) => `(local.set $${input} (v128.load (local.get $${input}Address)))`).join('\n')}
      (v128.store (local.get $out) ${isClamped ? clamped : `(block (result v128) ${result})`})
      ${addresses.map((address) => `(local.set ${address} (i32.add (local.get ${address}) (i32.const 16)))`).join('\n')}
      (br_if $vectors (i32.gt_s (local.tee $count (i32.sub (local.get $count) (i32.const 4))) (i32.const 0)))))`;
}

/**
 * WebAssembly text of the kernels that make each number of the result from the numbers at its place: `add`, `multiply` and
 * `clamp` (the result lies in low…high) and `sigmoid`. `count` is at least 1; numbers are read and written in fours, so up to
 * three more behind them. Addresses are in bytes; `out` may be an input.
 */
export function elementwiseWat(): string {
  return operations.map(elementwise).join('\n');
}
