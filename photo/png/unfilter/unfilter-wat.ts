/**
 * What each filter (W3C PNG section 9.2) adds to a pixel: of `left`, `above` and `upperLeft`, whose bytes are lanes of 16
 * bits. Paeth's is whichever of them is nearest to left + above − upper left, in this order where two are as near; chosen by
 * masks, since in a photo no branch would be foreseen.
 */
const predictions = [
  ['none', '(v128.const i64x2 0 0)'],
  ['sub', '(local.get $left)'],
  ['up', '(local.get $above)'],
  ['average', '(i16x8.shr_u (i16x8.add (local.get $left) (local.get $above)) (i32.const 1))'],
  [
    'paeth',
    `(v128.bitselect
      (v128.bitselect (local.get $upperLeft) (local.get $above)
        (i16x8.gt_s (local.get $toAbove) (local.get $toUpperLeft)))
      (local.get $left)
      (v128.or
        (i16x8.gt_s (local.get $toLeft) (local.get $toAbove))
        (i16x8.gt_s (local.get $toLeft) (local.get $toUpperLeft))))`,
  ],
] as const;

/** How far left + above − upper left is from each of the three. */
const distances = `
      (local.set $fromLeft (i16x8.sub (local.get $above) (local.get $upperLeft)))
      (local.set $fromAbove (i16x8.sub (local.get $left) (local.get $upperLeft)))
      (local.set $toLeft (i16x8.abs (local.get $fromLeft)))
      (local.set $toAbove (i16x8.abs (local.get $fromAbove)))
      (local.set $toUpperLeft (i16x8.abs (i16x8.add (local.get $fromLeft) (local.get $fromAbove))))`;

const eightBytes = (address: string) => `(i16x8.extend_low_i8x16_u (v128.load64_zero (local.get ${address})))`;

/**
 * One row: pixels of `step` bytes, eight at most, each in one vector. What is read and written beyond a pixel is the next
 * one's, and seven bytes beyond the last must be free.
 */
function unfilterRow(name: string, prediction: string): string {
  return `
  (func (export "${name}") (param $row i32) (param $rowAbove i32) (param $out i32) (param $end i32) (param $step i32)
    (local $left v128) (local $above v128) (local $upperLeft v128) (local $fromLeft v128) (local $fromAbove v128)
    (local $toLeft v128) (local $toAbove v128) (local $toUpperLeft v128)
    (loop $pixels
      (local.set $above ${eightBytes('$rowAbove')})
      ${name === 'paeth' ? distances : ''}
      (local.set $left (v128.and (v128.const i32x4 0xff00ff 0xff00ff 0xff00ff 0xff00ff)
        (i16x8.add ${eightBytes('$row')} ${prediction})))
      (local.set $upperLeft (local.get $above))
      (v128.store64_lane 0 (local.get $out) (i8x16.narrow_i16x8_u (local.get $left) (local.get $left)))
      (local.set $row (i32.add (local.get $row) (local.get $step)))
      (local.set $rowAbove (i32.add (local.get $rowAbove) (local.get $step)))
      (br_if $pixels (i32.lt_u (local.tee $out (i32.add (local.get $out) (local.get $step))) (local.get $end)))))`;
}

/** WebAssembly text of the five filters undone. */
export const unfilterWat = predictions.map(([name, prediction]) => unfilterRow(name, prediction)).join('\n');
