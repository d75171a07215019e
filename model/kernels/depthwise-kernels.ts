import { advance, countDown, countUp, doWhile, sum, when } from '../../wasm/text/control.ts';
import { f32x4, i32, v128 } from '../../wasm/text/instructions.ts';
import { call, innerFunction, type Kernel, kernel } from '../../wasm/text/kernel.ts';
import type { I32, Statement } from '../../wasm/text/value.ts';
import { clamped, limits, vectorInBytes } from './clamp.ts';
import { kernelWidths, strides, tileWidths } from './depthwise-sizes.ts';

const numbersBelow = (end: number) => [...Array(end).keys()];

/** `width` neighbouring outputs of one row, all channels in steps of four; each input vector is loaded once a kernel row. */
function tile(kernelWidth: number, stride: number, width: number): Kernel {
  return innerFunction(
    `depthwise_${kernelWidth}s${stride}x${width}`,
    {
      input: 'i32',
      inputRowStep: 'i32',
      weights: 'i32',
      bias: 'i32',
      out: 'i32',
      channelsInBytes: 'i32',
      kernelHeight: 'i32',
      low: 'f32',
      high: 'f32',
    },
    ({ input, inputRowStep, weights, bias, out, channelsInBytes, kernelHeight, low, high }, declare) => {
      const channel = declare('i32', 'channel');
      const row = declare('i32', 'row');
      const pixel = declare('i32', 'pixel');
      const rowStart = declare('i32', 'rowStart');
      const weight = declare('i32', 'weight');
      const target = declare('i32', 'target');
      const inputs = declare('v128', 'inputs');
      const { setLimits, range } = limits(low, high, declare);
      const factors = numbersBelow(kernelWidth).map((column) => declare('v128', `weights${column}`));
      const sums = numbersBelow(width).map((output) => declare('v128', `sum${output}`));
      const [first, ...others] = sums as [(typeof sums)[0], ...typeof sums];
      const lastInput = (width - 1) * stride + kernelWidth - 1;

      /** Adds one vector of the input to every output that sees it. */
      const addInput = (at: number): Statement[] => {
        const seeing = sums.flatMap((total, output) => {
          const factor = factors[at - output * stride];
          return factor === undefined ? [] : [{ total, factor }];
        });
        const added = seeing.map(({ total, factor }, nth) =>
          total.set(f32x4.relaxedMadd(nth === 0 ? inputs.tee(v128.load(pixel)) : inputs, factor, total)),
        );
        return [...added, at === lastInput ? [] : advance(pixel, channelsInBytes)];
      };

      return [
        setLimits,
        doWhile(
          'channels',
          [
            first.set(v128.load(sum(bias, channel))),
            others.map((total) => total.set(first)),
            rowStart.set(sum(input, channel)),
            weight.set(sum(weights, channel)),
            row.set(kernelHeight),
            doWhile(
              'rows',
              [
                factors.map((factor) => [factor.set(v128.load(weight)), advance(weight, channelsInBytes)]),
                pixel.set(rowStart),
                numbersBelow(lastInput + 1).map(addInput),
                advance(rowStart, inputRowStep),
              ],
              countDown(row),
            ),
            target.set(sum(out, channel)),
            sums.map((total, output) => [
              v128.store(target, clamped(total, range)),
              output === width - 1 ? [] : advance(target, channelsInBytes),
            ]),
          ],
          countUp(channel, vectorInBytes, channelsInBytes),
        ),
      ];
    },
  );
}

/** The kernel of one width and stride, with the tiles that it calls. */
export function depthwise(kernelWidth: number, stride: number): readonly Kernel[] {
  const tiles = tileWidths.map((width) => ({ width, kernel: tile(kernelWidth, stride, width) }));
  const whole = kernel(
    `depthwise${kernelWidth}s${stride}`,
    {
      input: 'i32',
      inputRowStep: 'i32',
      weights: 'i32',
      bias: 'i32',
      out: 'i32',
      outHeight: 'i32',
      outWidth: 'i32',
      channelsInBytes: 'i32',
      kernelHeight: 'i32',
      tileWidth: 'i32',
      low: 'f32',
      high: 'f32',
    },
    (parameters, declare) => {
      const { input, inputRowStep, out, outHeight, outWidth, channelsInBytes, tileWidth } = parameters;
      const left = declare('i32', 'left');
      const missing = declare('i32', 'missing');
      const pixel = declare('i32', 'pixel');
      const callTile = (chosen: Kernel) => call(chosen, { ...parameters, input: pixel });
      const [narrowest, ...wider] = tiles as [(typeof tiles)[0], ...typeof tiles];
      const placesInBytes = (count: I32) => i32.mul(count, channelsInBytes);
      return doWhile(
        'rows',
        [
          left.set(outWidth),
          pixel.set(input),
          doWhile(
            'tiles',
            [
              // The last tile reaches back over outputs that are there already.
              when(i32.ltU(left, tileWidth), [
                missing.set(i32.sub(tileWidth, left)),
                pixel.set(i32.sub(pixel, placesInBytes(i32.mul(missing, stride)))),
                out.set(i32.sub(out, placesInBytes(missing))),
                left.set(tileWidth),
              ]),
              wider.reduce(
                (others, { width, kernel: chosen }) => when(i32.eq(tileWidth, width), callTile(chosen), others),
                callTile(narrowest.kernel),
              ),
              advance(pixel, placesInBytes(i32.mul(tileWidth, stride))),
              advance(out, placesInBytes(tileWidth)),
            ],
            countDown(left, tileWidth),
          ),
          advance(input, i32.mul(inputRowStep, stride)),
        ],
        countDown(outHeight),
      );
    },
  );
  return [...tiles.map((each) => each.kernel), whole];
}

/**
 * `depthwise<kernel width>s<stride>`: a depthwise convolution (channel multiplier 1, no dilation) of an input that is padded
 * already, channels a multiple of four, any kernel height; bias added, result clamped to low…high. Addresses and steps are
 * in bytes; `outHeight` is at least 1, `outWidth` at least `tileWidth`, which is one of the widths there are.
 */
export const depthwiseKernels = kernelWidths.flatMap((width) => strides.flatMap((stride) => depthwise(width, stride)));
