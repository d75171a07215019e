import { advance, countDown, doWhile, select, sum, until, when } from '../../../wasm/text/control.ts';
import { f32x4, i32, v128 } from '../../../wasm/text/instructions.ts';
import { call, innerFunction, type Kernel, kernel } from '../../../wasm/text/kernel.ts';
import type { Statement } from '../../../wasm/text/value.ts';
import { clamped, limits, vectorInBytes } from '../clamp.ts';
import { maximumTileRows } from '../tile-rows.ts';

const columnsPerVector = 4;
const floatInBytes = 4;

const numbersBelow = (end: number) => [...Array(end).keys()];

/** `width` neighbouring outputs of one row, `vectors` × 4 of their channels. */
function tile(width: number, vectors: number): Kernel {
  return innerFunction(
    `direct_${width}x${vectors}`,
    {
      input: 'i32',
      pixelStep: 'i32',
      rowStep: 'i32',
      columnStep: 'i32',
      kernelHeight: 'i32',
      kernelWidth: 'i32',
      depth: 'i32',
      weights: 'i32',
      bias: 'i32',
      out: 'i32',
      outStep: 'i32',
      low: 'f32',
      high: 'f32',
    },
    (given, declare) => {
      const { input, pixelStep, rowStep, columnStep, kernelHeight, kernelWidth, depth, weights } = given;
      const { bias, out, outStep, low, high } = given;
      const row = declare('i32', 'row');
      const column = declare('i32', 'column');
      const place = declare('i32', 'place');
      const left = declare('i32', 'left');
      const factor = declare('v128', 'factor');
      const { setLimits, range } = limits(low, high, declare);
      const inputs = numbersBelow(width).map((output) => declare('i32', `input${output}`));
      const factors = numbersBelow(vectors).map((vector) => declare('v128', `weights${vector}`));
      const sums = inputs.map((_, output) => factors.map((_, vector) => declare('v128', `sum${output}_${vector}`)));
      const stepInBytes = vectors * vectorInBytes;

      /** One input channel of each output times its weights. */
      const multiply = (step: number): Statement => [
        factors.map((weight, vector) => weight.set(v128.load(weights, step * stepInBytes + vector * vectorInBytes))),
        inputs.map((from, output) =>
          factors.map((weight, vector) => {
            const total = (sums[output] as typeof factors)[vector] as typeof weight;
            const value = vector === 0 ? factor.tee(v128.load32Splat(from, step * floatInBytes)) : factor;
            return total.set(f32x4.relaxedMadd(value, weight, total));
          }),
        ),
      ];
      const loop = (label: string, steps: number): Statement =>
        until(label, i32.ltU(left, steps), [
          numbersBelow(steps).map(multiply),
          advance(weights, steps * stepInBytes),
          inputs.map((from) => advance(from, steps * floatInBytes)),
          left.set(i32.sub(left, steps)),
        ]);
      return [
        sums.map((ofOutput) => ofOutput.map((total, vector) => total.set(v128.load(bias, vector * vectorInBytes)))),
        row.set(kernelHeight),
        doWhile(
          'rows',
          [
            place.set(input),
            column.set(kernelWidth),
            doWhile(
              'columns',
              [
                inputs.map((from, output) =>
                  from.set(output === 0 ? place : sum(inputs[output - 1] as typeof from, pixelStep)),
                ),
                left.set(depth),
                loop('four', 4),
                loop('one', 1),
                advance(place, columnStep),
              ],
              countDown(column),
            ),
            advance(input, rowStep),
          ],
          countDown(row),
        ),
        setLimits,
        sums.map((ofOutput) => [
          ofOutput.map((total, vector) => v128.store(out, clamped(total, range), vector * vectorInBytes)),
          advance(out, outStep),
        ]),
      ];
    },
  );
}

const tiles = [1, 2].map((vectors) => numbersBelow(maximumTileRows).map((index) => tile(index + 1, vectors)));
const [narrowTiles, wideTiles] = tiles as [Kernel[], Kernel[]];

const directConvolution = kernel(
  'directConvolution',
  {
    input: 'i32',
    outRowStep: 'i32',
    pixelStep: 'i32',
    rowStep: 'i32',
    columnStep: 'i32',
    kernelHeight: 'i32',
    kernelWidth: 'i32',
    depth: 'i32',
    weights: 'i32',
    bias: 'i32',
    columns: 'i32',
    out: 'i32',
    outStep: 'i32',
    outHeight: 'i32',
    outWidth: 'i32',
    tileWidth: 'i32',
    low: 'f32',
    high: 'f32',
  },
  (given, declare) => {
    const { input, outRowStep, pixelStep, kernelHeight, kernelWidth, depth, weights, bias } = given;
    const { columns, out, outStep, outHeight, outWidth, tileWidth } = given;
    const y = declare('i32', 'y');
    const rowInput = declare('i32', 'rowInput');
    const pixel = declare('i32', 'pixel');
    const target = declare('i32', 'target');
    const left = declare('i32', 'left');
    const width = declare('i32', 'width');
    const passed = { ...given, input: pixel, out: target };
    const callTile = ([narrowest, ...wider]: readonly Kernel[]): Statement =>
      wider.reduce(
        (others, chosen, index) => when(i32.eq(width, index + 2), call(chosen, passed), others),
        call(narrowest as Kernel, passed),
      );

    /** All outputs, so many vectors of their channels. */
    const panel = (ofWidth: readonly Kernel[], vectors: number): Statement => [
      y.set(outHeight),
      rowInput.set(input),
      target.set(out),
      doWhile(
        `rows${vectors}`,
        [
          pixel.set(rowInput),
          left.set(outWidth),
          doWhile(
            `tiles${vectors}`,
            [
              width.set(select(left, tileWidth, i32.ltU(left, tileWidth))),
              callTile(ofWidth),
              advance(pixel, i32.mul(width, pixelStep)),
              advance(target, i32.mul(width, outStep)),
            ],
            countDown(left, width),
          ),
          advance(rowInput, outRowStep),
        ],
        countDown(y),
      ),
      advance(weights, i32.mul(i32.mul(i32.mul(kernelHeight, kernelWidth), depth), vectors * vectorInBytes)),
      advance(bias, vectors * vectorInBytes),
      advance(out, vectors * vectorInBytes),
      columns.set(i32.sub(columns, vectors * columnsPerVector)),
    ];
    return [
      until('wide', i32.ltU(columns, 2 * columnsPerVector), panel(wideTiles, 2)),
      when(columns, panel(narrowTiles, 1)),
    ];
  },
);

/**
 * `directConvolution`: a convolution of some channels of a picture that is padded already, without gathering patches, so
 * that a group of channels is read where it lies: `depth` channels from the address given on make `columns` channels, a
 * multiple of four, `outStep` from one output to the next. Any stride and dilation: `outRowStep` and `pixelStep` lead from
 * one output's window to the next one's, `rowStep` and `columnStep` from one place within a window to the next. Weights of
 * [kernel height, kernel width, depth, columns] are packed as `pointwise` has them. Addresses and steps are in bytes.
 */
export const directKernels = [...tiles.flat(), directConvolution];
