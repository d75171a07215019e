/**
 * WebAssembly text of the kernels on maps of `places` × channels, channels a multiple of four; addresses and sizes of a
 * place are in bytes.
 *
 * - `affine`: out[p, c] = clamp(in[p, c] · scale[c] + offset[c], low, high); `out` may be the input
 * - `mean`: out[c] = Σ in[p, c] / places
 * - `copyPlaces`: the channels of each place to where `outStep` says; any number of bytes
 */
export function channelsWat(): string {
  return `${affine}\n${mean}\n${copyPlaces}`;
}

const affine = `
  (func (export "affine") (param $in i32) (param $scale i32) (param $offset i32) (param $out i32) (param $places i32)
      (param $channelsInBytes i32) (param $low f32) (param $high f32)
    (local $channel i32) (local $lowest v128) (local $highest v128)
    (local.set $lowest (f32x4.splat (local.get $low)))
    (local.set $highest (f32x4.splat (local.get $high)))
    (loop $places
      (local.set $channel (i32.const 0))
      (loop $channels
        (v128.store (i32.add (local.get $out) (local.get $channel))
          (f32x4.relaxed_min (local.get $highest) (f32x4.relaxed_max (local.get $lowest)
            (f32x4.relaxed_madd
              (v128.load (i32.add (local.get $in) (local.get $channel)))
              (v128.load (i32.add (local.get $scale) (local.get $channel)))
              (v128.load (i32.add (local.get $offset) (local.get $channel)))))))
        (br_if $channels (i32.lt_u (local.tee $channel (i32.add (local.get $channel) (i32.const 16))) (local.get $channelsInBytes))))
      (local.set $in (i32.add (local.get $in) (local.get $channelsInBytes)))
      (local.set $out (i32.add (local.get $out) (local.get $channelsInBytes)))
      (br_if $places (local.tee $places (i32.sub (local.get $places) (i32.const 1))))))`;

const mean = `
  (func (export "mean") (param $in i32) (param $places i32) (param $channelsInBytes i32) (param $out i32)
    (local $channel i32) (local $left i32) (local $from i32) (local $sum v128)
    (loop $channels
      (local.set $sum (f32x4.splat (f32.const 0)))
      (local.set $left (local.get $places))
      (local.set $from (i32.add (local.get $in) (local.get $channel)))
      (loop $places
        (local.set $sum (f32x4.add (local.get $sum) (v128.load (local.get $from))))
        (local.set $from (i32.add (local.get $from) (local.get $channelsInBytes)))
        (br_if $places (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (v128.store (i32.add (local.get $out) (local.get $channel))
        (f32x4.div (local.get $sum) (f32x4.splat (f32.convert_i32_u (local.get $places)))))
      (br_if $channels (i32.lt_u (local.tee $channel (i32.add (local.get $channel) (i32.const 16))) (local.get $channelsInBytes)))))`;

const copyPlaces = `
  (func (export "copyPlaces") (param $in i32) (param $out i32) (param $places i32) (param $sizeInBytes i32) (param $outStep i32)
    (loop $places
      (memory.copy (local.get $out) (local.get $in) (local.get $sizeInBytes))
      (local.set $in (i32.add (local.get $in) (local.get $sizeInBytes)))
      (local.set $out (i32.add (local.get $out) (local.get $outStep)))
      (br_if $places (local.tee $places (i32.sub (local.get $places) (i32.const 1))))))`;
