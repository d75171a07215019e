interface Pool {
  readonly name: string;
  readonly start: string;
  readonly take: string;
  /** What becomes of the sum or maximum of `$count` places. */
  readonly result: string;
}

const pools: readonly Pool[] = [
  {
    name: 'maximumPool',
    start: '(f32x4.splat (f32.const -inf))',
    take: 'f32x4.relaxed_max',
    result: '(local.get $sum)',
  },
  {
    name: 'averagePool',
    start: '(f32x4.splat (f32.const 0))',
    take: 'f32x4.add',
    result: '(f32x4.div (local.get $sum) (f32x4.splat (f32.convert_i32_u (local.get $count))))',
  },
];

/** The part of a window along one axis that lies on the picture: `$<axis>Begin` to `$<axis>End`. */
const clip = (axis: string, position: string, before: string, kernel: string, stride: string, size: string) => `
        (local.set $${axis}Begin (i32.sub (i32.mul (local.get ${position}) (local.get ${stride})) (local.get ${before})))
        (local.set $${axis}End (i32.add (local.get $${axis}Begin) (local.get ${kernel})))
        (if (i32.lt_s (local.get $${axis}Begin) (i32.const 0)) (then (local.set $${axis}Begin (i32.const 0))))
        (if (i32.gt_s (local.get $${axis}End) (local.get ${size})) (then (local.set $${axis}End (local.get ${size}))))`;

function pool({ name, start, take, result }: Pool): string {
  const parameters = [
    ...['in', 'out', 'height', 'width', 'channelsInBytes', 'outHeight', 'outWidth', 'kernelHeight', 'kernelWidth'],
    ...['rowStride', 'columnStride', 'above', 'left'],
  ];
  const locals = [
    'row',
    'column',
    'rowBegin',
    'rowEnd',
    'columnBegin',
    'columnEnd',
    'channel',
    'y',
    'x',
    'count',
    'from',
  ];
  return `
  (func (export "${name}") ${parameters.map((parameter) => `(param $${parameter} i32)`).join(' ')}
    ${locals.map((local) => `(local $${local} i32)`).join(' ')} (local $sum v128)
    (loop $rows
      ${clip('row', '$row', '$above', '$kernelHeight', '$rowStride', '$height')}
      (local.set $column (i32.const 0))
      (loop $columns
        ${clip('column', '$column', '$left', '$kernelWidth', '$columnStride', '$width')}
        (local.set $count (i32.mul (i32.sub (local.get $rowEnd) (local.get $rowBegin)) (i32.sub (local.get $columnEnd) (local.get $columnBegin))))
        (local.set $channel (i32.const 0))
        (loop $channels
          (local.set $sum ${start})
          (local.set $y (local.get $rowBegin))
          (loop $ys
            (local.set $x (local.get $columnBegin))
            (local.set $from (i32.add (i32.add (local.get $in) (local.get $channel))
              (i32.mul (i32.add (i32.mul (local.get $y) (local.get $width)) (local.get $x)) (local.get $channelsInBytes))))
            (loop $xs
              (local.set $sum (${take} (local.get $sum) (v128.load (local.get $from))))
              (local.set $from (i32.add (local.get $from) (local.get $channelsInBytes)))
              (br_if $xs (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $columnEnd))))
            (br_if $ys (i32.lt_s (local.tee $y (i32.add (local.get $y) (i32.const 1))) (local.get $rowEnd))))
          (v128.store (i32.add (local.get $out) (local.get $channel)) ${result})
          (br_if $channels (i32.lt_u (local.tee $channel (i32.add (local.get $channel) (i32.const 16))) (local.get $channelsInBytes))))
        (local.set $out (i32.add (local.get $out) (local.get $channelsInBytes)))
        (br_if $columns (i32.lt_u (local.tee $column (i32.add (local.get $column) (i32.const 1))) (local.get $outWidth))))
      (br_if $rows (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 1))) (local.get $outHeight)))))`;
}

/**
 * WebAssembly text of `maximumPool` and `averagePool` over windows of a picture, channels a multiple of four. Places outside
 * the picture count for nothing, so that each window must lie on it with one place at least. Addresses are in bytes.
 */
export function poolWat(): string {
  return pools.map(pool).join('\n');
}
