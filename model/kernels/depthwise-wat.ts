/** Most outputs of a tile along a row: seven accumulators and five weights leave registers for the input. */
export const maximumTileWidth = 7;
export const kernelWidths = [3, 5] as const;
export const strides = [1, 2] as const;

const numbersBelow = (end: number) => [...Array(end).keys()];

/** `width` neighbouring outputs of one row, all channels in steps of four; each input vector is loaded once a kernel row. */
function tile(kernelWidth: number, stride: number, width: number): string {
  const outputs = numbersBelow(width);
  const columns = numbersBelow(kernelWidth);
  const inputs = numbersBelow((width - 1) * stride + kernelWidth);
  const advance = (address: string) =>
    `(local.set $${address} (i32.add (local.get $${address}) (local.get $channelsInBytes)))`;
  return `
  (func $depthwise_${kernelWidth}s${stride}x${width} (param $in i32) (param $inRowStep i32) (param $weights i32)
      (param $bias i32) (param $out i32) (param $channelsInBytes i32) (param $kernelHeight i32) (param $low f32) (param $high f32)
    (local $channel i32) (local $row i32) (local $pixel i32) (local $rowStart i32) (local $weight i32) (local $target i32)
    (local $input v128) (local $lowest v128) (local $highest v128)
    ${columns.map((column) => `(local $w${column} v128)`).join(' ')}
    ${outputs.map((output) => `(local $c${output} v128)`).join(' ')}
    (local.set $lowest (f32x4.splat (local.get $low)))
    (local.set $highest (f32x4.splat (local.get $high)))
    (loop $channels
      (local.set $c0 (v128.load (i32.add (local.get $bias) (local.get $channel))))
      ${outputs
        .slice(1)
        .map((output) => `(local.set $c${output} (local.get $c0))`)
        .join('\n')}
      (local.set $rowStart (i32.add (local.get $in) (local.get $channel)))
      (local.set $weight (i32.add (local.get $weights) (local.get $channel)))
      (local.set $row (local.get $kernelHeight))
      (loop $rows
        ${columns
          .map(
            (column) => `(local.set $w${column} (v128.load (local.get $weight)))
            ${advance('weight')}`,
          )
          .join('\n')}
        (local.set $pixel (local.get $rowStart))
        ${inputs
          .map(
            (input) => `${outputs
              .filter((output) => input - output * stride >= 0 && input - output * stride < kernelWidth)
              .map((output, nth) => {
                const pixel = nth === 0 ? '(local.tee $input (v128.load (local.get $pixel)))' : '(local.get $input)';
                return `(local.set $c${output} (f32x4.relaxed_madd ${pixel} (local.get $w${input - output * stride}) (local.get $c${output})))`;
              })
              .join('\n')}
            ${input === inputs.length - 1 ? '' : advance('pixel')}`,
          )
          .join('\n')}
        (local.set $rowStart (i32.add (local.get $rowStart) (local.get $inRowStep)))
        (br_if $rows (local.tee $row (i32.sub (local.get $row) (i32.const 1)))))
      (local.set $target (i32.add (local.get $out) (local.get $channel)))
      ${outputs
        .map(
          (output) => `(v128.store (local.get $target)
            (f32x4.relaxed_min (local.get $highest) (f32x4.relaxed_max (local.get $lowest) (local.get $c${output}))))
          ${output === width - 1 ? '' : advance('target')}`,
        )
        .join('\n')}
      (br_if $channels (i32.lt_u (local.tee $channel (i32.add (local.get $channel) (i32.const 16))) (local.get $channelsInBytes)))))`;
}

function rowsOf(kernelWidth: number, stride: number): string {
  const call = (width: number) => `(call $depthwise_${kernelWidth}s${stride}x${width} (local.get $pixel)
    (local.get $inRowStep) (local.get $weights) (local.get $bias) (local.get $out) (local.get $channelsInBytes)
    (local.get $kernelHeight) (local.get $low) (local.get $high))`;
  let chain = call(1);
  for (let width = 2; width <= maximumTileWidth; width++) {
    chain = `(if (i32.eq (local.get $width) (i32.const ${width})) (then ${call(width)}) (else ${chain}))`;
  }
  return `${numbersBelow(maximumTileWidth)
    .map((index) => tile(kernelWidth, stride, index + 1))
    .join('\n')}
  (func (export "depthwise${kernelWidth}s${stride}") (param $in i32) (param $inRowStep i32) (param $weights i32) (param $bias i32)
      (param $out i32) (param $outHeight i32) (param $outWidth i32) (param $channelsInBytes i32) (param $kernelHeight i32)
      (param $tileWidth i32) (param $low f32) (param $high f32)
    (local $left i32) (local $width i32) (local $pixel i32)
    (loop $rows
      (local.set $left (local.get $outWidth))
      (local.set $pixel (local.get $in))
      (loop $tiles
        (local.set $width (select (local.get $left) (local.get $tileWidth) (i32.lt_u (local.get $left) (local.get $tileWidth))))
        ${chain}
        (local.set $pixel (i32.add (local.get $pixel)
          (i32.mul (i32.mul (local.get $width) (i32.const ${stride})) (local.get $channelsInBytes))))
        (local.set $out (i32.add (local.get $out) (i32.mul (local.get $width) (local.get $channelsInBytes))))
        (br_if $tiles (local.tee $left (i32.sub (local.get $left) (local.get $width)))))
      (local.set $in (i32.add (local.get $in) (i32.mul (local.get $inRowStep) (i32.const ${stride}))))
      (br_if $rows (local.tee $outHeight (i32.sub (local.get $outHeight) (i32.const 1))))))`;
}

/**
 * WebAssembly text of `depthwise<kernel width>s<stride>`: a depthwise convolution (channel multiplier 1, no dilation) of
 * an input that is padded already, channels a multiple of four, any kernel height; bias added, result clamped to
 * low…high. Addresses and steps are in bytes; `outHeight` and `outWidth` are at least 1.
 */
export function depthwiseWat(): string {
  return kernelWidths.flatMap((width) => strides.map((stride) => rowsOf(width, stride))).join('\n');
}
