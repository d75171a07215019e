/**
 * WebAssembly text of `gather`: the patches of `count` neighbouring outputs of one row, one patch a row of the result, in
 * the order of a [height, width, channels] kernel ("im2col"), so that a convolution becomes a product of matrices. The
 * input is padded already; steps are in bytes and `patchRowInBytes` is kernel width × channels × 4.
 */
export function gatherWat(): string {
  return `
  (func (export "gather") (param $in i32) (param $inRowStep i32) (param $pixelStep i32) (param $patchRowInBytes i32)
      (param $kernelHeight i32) (param $count i32) (param $out i32)
    (local $row i32) (local $source i32) (local $end i32) (local $from i32)
    (loop $outputs
      (local.set $row (local.get $kernelHeight))
      (local.set $source (local.get $in))
      (loop $rows
        (local.set $from (local.get $source))
        (local.set $end (i32.add (local.get $source) (local.get $patchRowInBytes)))
        (block $vectors_end
          (loop $vectors
            (br_if $vectors_end (i32.lt_u (i32.sub (local.get $end) (local.get $from)) (i32.const 16)))
            (v128.store (local.get $out) (v128.load (local.get $from)))
            (local.set $from (i32.add (local.get $from) (i32.const 16)))
            (local.set $out (i32.add (local.get $out) (i32.const 16)))
            (br $vectors)))
        (block $singles_end
          (loop $singles
            (br_if $singles_end (i32.eq (local.get $from) (local.get $end)))
            (f32.store (local.get $out) (f32.load (local.get $from)))
            (local.set $from (i32.add (local.get $from) (i32.const 4)))
            (local.set $out (i32.add (local.get $out) (i32.const 4)))
            (br $singles)))
        (local.set $source (i32.add (local.get $source) (local.get $inRowStep)))
        (br_if $rows (local.tee $row (i32.sub (local.get $row) (i32.const 1)))))
      (local.set $in (i32.add (local.get $in) (local.get $pixelStep)))
      (br_if $outputs (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))`;
}
