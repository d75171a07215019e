/** Four numbers of half precision (IEEE 754 binary16) in the 32-bit lanes of `$bits`, as floats. */
const halvesToFloats = `
  ;; The exponent's bias is 112 larger in a float; a product also makes denormal halves normal floats.
  (v128.or
    (i32x4.shl (v128.and (local.get $bits) (i32x4.splat (i32.const 0x8000))) (i32.const 16))
    (v128.or
      (f32x4.mul
        (i32x4.shl (v128.and (local.get $bits) (i32x4.splat (i32.const 0x7fff))) (i32.const 13))
        (i32x4.splat (i32.const 0x77800000)))
      ;; Infinities and NaNs have all bits of the exponent.
      (v128.and
        (i32x4.ge_u (v128.and (local.get $bits) (i32x4.splat (i32.const 0x7fff))) (i32x4.splat (i32.const 0x7c00)))
        (i32x4.splat (i32.const 0x7f800000)))))`;

interface Stored {
  readonly suffix: string;
  readonly bytes: number;
  /** Copies four numbers at an offset of so many from `$from` to `$to` and an offset in bytes. */
  readonly copyFour: (first: number) => string;
}

const stored: readonly Stored[] = [
  {
    suffix: 'Floats',
    bytes: 4,
    copyFour: (first) =>
      `(v128.store offset=${first * 4} (local.get $to) (v128.load offset=${first * 4} (local.get $from)))`,
  },
  {
    suffix: 'Halves',
    bytes: 2,
    copyFour: (first) =>
      `(local.set $bits (v128.load16x4_u offset=${first * 2} (local.get $from)))
       (v128.store offset=${first * 4} (local.get $to) ${halvesToFloats})`,
  },
];

function pack({ suffix, bytes, copyFour }: Stored): string {
  const panel = (width: number) => `
      (local.set $from (local.get $source))
      (local.set $left (local.get $depth))
      (loop $rows${width}
        ${width === 8 ? copyFour(0) + copyFour(4) : copyFour(0)}
        (local.set $from (i32.add (local.get $from) (local.get $rowInBytes)))
        (local.set $to (i32.add (local.get $to) (i32.const ${width * 4})))
        (br_if $rows${width} (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (local.set $source (i32.add (local.get $source) (i32.const ${width * bytes})))
      (local.set $columns (i32.sub (local.get $columns) (i32.const ${width})))`;
  return `
  (func (export "pack${suffix}") (param $source i32) (param $to i32) (param $depth i32) (param $columns i32)
    (local $rowInBytes i32) (local $from i32) (local $left i32) (local $bits v128)
    (local.set $rowInBytes (i32.mul (local.get $columns) (i32.const ${bytes})))
    (block $wide_end
      (loop $wide
        (br_if $wide_end (i32.lt_u (local.get $columns) (i32.const 8)))
        ${panel(8)}
        (br $wide)))
    (if (local.get $columns) (then ${panel(4)})))`;
}

/**
 * WebAssembly text of `packFloats` and `packHalves`: a row-major matrix of `depth` × `columns` into panels of eight columns
 * (four in a last, narrow one), each panel's rows one after the other, the order in which `pointwise` reads them. `columns`
 * is a multiple of four. The source holds floats, or numbers of half precision that become floats. With four columns the
 * order stays as it is. Addresses are in bytes.
 */
export function packWat(): string {
  return stored.map(pack).join('\n');
}
