const tableInBytes = 256 * 4;

/**
 * One channel of the target: the byte at an offset in a pixel, looked up in the channel's own table of floats. Multiplying
 * four at a time would be faster, but not round as numbers of double precision do.
 */
const channel = (from: number, to: number) => `
      (f32.store offset=${4 * to} (local.get $out)
        (f32.load offset=${to * tableInBytes}
          (i32.add (local.get $tables) (i32.shl (i32.load8_u offset=${from} (local.get $pixels)) (i32.const 2)))))`;

/** @param sources for each channel of the target, which byte of a pixel it is made of */
const scale = (name: string, sources: readonly number[]) => `
  (func (export "${name}") (param $pixels i32) (param $end i32) (param $tables i32) (param $out i32)
    (loop $all
      ${sources.map(channel).join('')}
      (local.set $out (i32.add (local.get $out) (i32.const ${4 * sources.length})))
      (br_if $all (i32.lt_u
        (local.tee $pixels (i32.add (local.get $pixels) (i32.const ${sources.length}))) (local.get $end)))))`;

/**
 * WebAssembly text of `scaleGrey`, `scaleRgb` and `scaleBgr`: pixels of one or of three bytes to as many floats each, in the
 * order that the name tells, by a table of 256 floats for each channel of the target, one after the other at `tables`.
 */
export const scaleWat = [scale('scaleGrey', [0]), scale('scaleRgb', [0, 1, 2]), scale('scaleBgr', [2, 1, 0])].join(
  '\n',
);
