/**
 * WebAssembly text of `add`: out[i] = clamp(a[i] + b[i], low, high) for `count` floats, any number of them. Addresses are
 * in bytes; `out` may be either input.
 */
export function addWat(): string {
  return `
  (func (export "add") (param $a i32) (param $b i32) (param $out i32) (param $count i32) (param $low f32) (param $high f32)
    (local $lowest v128) (local $highest v128)
    (local.set $lowest (f32x4.splat (local.get $low)))
    (local.set $highest (f32x4.splat (local.get $high)))
    (block $vectors_end
      (loop $vectors
        (br_if $vectors_end (i32.lt_u (local.get $count) (i32.const 4)))
        (v128.store (local.get $out)
          (f32x4.relaxed_min (local.get $highest) (f32x4.relaxed_max (local.get $lowest)
            (f32x4.add (v128.load (local.get $a)) (v128.load (local.get $b))))))
        ${advance(16)}
        (local.set $count (i32.sub (local.get $count) (i32.const 4)))
        (br $vectors)))
    (block $singles_end
      (loop $singles
        (br_if $singles_end (i32.eqz (local.get $count)))
        (f32.store (local.get $out)
          (f32.min (local.get $high) (f32.max (local.get $low) (f32.add (f32.load (local.get $a)) (f32.load (local.get $b))))))
        ${advance(4)}
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $singles))))`;
}

function advance(bytes: number): string {
  return ['a', 'b', 'out']
    .map((name) => `(local.set $${name} (i32.add (local.get $${name}) (i32.const ${bytes})))`)
    .join('\n');
}

/**
 * WebAssembly text of `mean`: out[c] = Σ in[place, c] / places over all places of a map, channels a multiple of four.
 * Addresses are in bytes.
 */
export function meanWat(): string {
  return `
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
}
