import { fractionBits } from '../antialias-plan.ts';

const half = `(i32x4.splat (i32.const ${1 << (fractionBits - 1)}))`;

/** Four bytes at address `from`, as four whole numbers. */
const fourBytes = '(i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (local.get $from))))';

const quarters = [
  ['low', 'low'],
  ['low', 'high'],
  ['high', 'low'],
  ['high', 'high'],
] as const;

/** Sums of four parts each, rounded to sixteen bytes. */
function toBytes(sums: readonly [string, string, string, string]): string {
  const [a, b, c, d] = sums.map((sum) => `(i32x4.shr_s ${sum} (i32.const ${fractionBits}))`);
  return `(i8x16.narrow_i16x8_u (i16x8.narrow_i32x4_s ${a} ${b}) (i16x8.narrow_i32x4_s ${c} ${d}))`;
}

/**
 * One row made narrower. Each entry of the plan, `planStep` bytes long, is the offset of its first pixel and the bytes of
 * its weights, then the weights. Up to three bytes are read and written past the last pixel.
 */
const resizeRow = `
  (func (export "resizeRow") (param $row i32) (param $channels i32) (param $plan i32) (param $planStep i32)
      (param $count i32) (param $out i32)
    (local $from i32) (local $weight i32) (local $end i32) (local $sum v128)
    (loop $targets
      (local.set $from (i32.add (local.get $row) (i32.load (local.get $plan))))
      (local.set $weight (i32.add (local.get $plan) (i32.const 8)))
      (local.set $end (i32.add (local.get $weight) (i32.load offset=4 (local.get $plan))))
      (local.set $sum ${half})
      (block $weights_end
        (loop $weights
          (br_if $weights_end (i32.eq (local.get $weight) (local.get $end)))
          (local.set $sum (i32x4.add (local.get $sum)
            (i32x4.mul ${fourBytes} (v128.load32_splat (local.get $weight)))))
          (local.set $from (i32.add (local.get $from) (local.get $channels)))
          (local.set $weight (i32.add (local.get $weight) (i32.const 4)))
          (br $weights)))
      (v128.store32_lane 0 (local.get $out)
        ${toBytes(['(local.get $sum)', '(local.get $sum)', '(local.get $sum)', '(local.get $sum)'])})
      (local.set $out (i32.add (local.get $out) (local.get $channels)))
      (local.set $plan (i32.add (local.get $plan) (local.get $planStep)))
      (br_if $targets (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))`;

/** Several rows, `rowStep` bytes apart, made one, in steps of sixteen bytes. */
const resizeColumns = `
  (func (export "resizeColumns") (param $rows i32) (param $rowStep i32) (param $weights i32) (param $weightsEnd i32)
      (param $length i32) (param $out i32)
    (local $end i32) (local $from i32) (local $weight i32) (local $bytes v128) (local $share v128)
    (local $low v128) (local $high v128) ${quarters.map((_, index) => `(local $sum${index} v128)`).join(' ')}
    (local.set $end (i32.add (local.get $rows) (local.get $length)))
    (loop $columns
      ${quarters.map((_, index) => `(local.set $sum${index} ${half})`).join('\n')}
      (local.set $from (local.get $rows))
      (local.set $weight (local.get $weights))
      (block $weights_end
        (loop $taps
          (br_if $weights_end (i32.eq (local.get $weight) (local.get $weightsEnd)))
          (local.set $bytes (v128.load (local.get $from)))
          (local.set $share (v128.load32_splat (local.get $weight)))
          (local.set $low (i16x8.extend_low_i8x16_u (local.get $bytes)))
          (local.set $high (i16x8.extend_high_i8x16_u (local.get $bytes)))
          ${quarters
            .map(
              ([bytes, pairs], index) => `(local.set $sum${index} (i32x4.add (local.get $sum${index})
                (i32x4.mul (i32x4.extend_${pairs}_i16x8_u (local.get $${bytes})) (local.get $share))))`,
            )
            .join('\n')}
          (local.set $from (i32.add (local.get $from) (local.get $rowStep)))
          (local.set $weight (i32.add (local.get $weight) (i32.const 4)))
          (br $taps)))
      (v128.store (local.get $out)
        ${toBytes(['(local.get $sum0)', '(local.get $sum1)', '(local.get $sum2)', '(local.get $sum3)'])})
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (br_if $columns (i32.lt_u (local.tee $rows (i32.add (local.get $rows) (i32.const 16))) (local.get $end)))))`;

/** WebAssembly text of both passes of an antialiased resize, in the whole numbers of a plan. */
export const resizeWat = `${resizeRow}\n${resizeColumns}`;
