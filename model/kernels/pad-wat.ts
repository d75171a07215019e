/**
 * WebAssembly text of `pad`: a picture of `height` rows of `rowInBytes` bytes with a margin of zeros around it. All sizes
 * are in bytes; `above` and `below` are whole padded rows, `left` and `right` parts of one.
 */
export function padWat(): string {
  return `
  (func (export "pad") (param $in i32) (param $out i32) (param $height i32) (param $rowInBytes i32)
      (param $above i32) (param $below i32) (param $left i32) (param $right i32)
    (memory.fill (local.get $out) (i32.const 0) (i32.add (local.get $above) (local.get $left)))
    (local.set $out (i32.add (local.get $out) (i32.add (local.get $above) (local.get $left))))
    (block $rows_end
      (loop $rows
        (memory.copy (local.get $out) (local.get $in) (local.get $rowInBytes))
        (local.set $in (i32.add (local.get $in) (local.get $rowInBytes)))
        (local.set $out (i32.add (local.get $out) (local.get $rowInBytes)))
        (br_if $rows_end (i32.eqz (local.tee $height (i32.sub (local.get $height) (i32.const 1)))))
        (memory.fill (local.get $out) (i32.const 0) (i32.add (local.get $left) (local.get $right)))
        (local.set $out (i32.add (local.get $out) (i32.add (local.get $left) (local.get $right))))
        (br $rows)))
    (memory.fill (local.get $out) (i32.const 0) (i32.add (local.get $right) (local.get $below))))`;
}
