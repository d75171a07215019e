import { advance, countDown, countUp, doWhile, smallest, sum, when } from '../../wasm/text/control.ts';
import { f32x4, i32, v128 } from '../../wasm/text/instructions.ts';
import { call, innerFunction, type Kernel, kernel } from '../../wasm/text/kernel.ts';
import type { I32, Statement } from '../../wasm/text/value.ts';
import { clamped, limits, vectorInBytes } from './clamp.ts';
import { kernelWidths, strides, tileWidths } from './depthwise-sizes.ts';

/** Of every place, between two passes over the picture: so little that what several rows of outputs see stays in the first-level cache. */
const channelBlockInBytes = 256;

const numbersBelow = (end: number) => [...Array(end).keys()];

/** `width` neighbouring outputs of one row, channels from `channel` to `channelEnd` in steps of four; each input vector is loaded once a kernel row. */
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
      channel: 'i32',
      channelEnd: 'i32',
    },
    (parameters, declare) => {
      const { input, inputRowStep, weights, bias, out, channelsInBytes, kernelHeight, low, high } = parameters;
      const { channel, channelEnd } = parameters;
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
          countUp(channel, vectorInBytes, channelEnd),
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
      const channel = declare('i32', 'channel');
      const channelEnd = declare('i32', 'channelEnd');
      const rowsLeft = declare('i32', 'rowsLeft');
      const rowInput = declare('i32', 'rowInput');
      const target = declare('i32', 'target');
      const left = declare('i32', 'left');
      const missing = declare('i32', 'missing');
      const pixel = declare('i32', 'pixel');
      const callTile = (chosen: Kernel) =>
        call(chosen, { ...parameters, input: pixel, out: target, channel, channelEnd });
      const [narrowest, ...wider] = tiles as [(typeof tiles)[0], ...typeof tiles];
      const placesInBytes = (count: I32) => i32.mul(count, channelsInBytes);
      const oneRow = [
        left.set(outWidth),
        pixel.set(rowInput),
        doWhile(
          'tiles',
          [
            // The last tile reaches back over outputs that are there already.
            when(i32.ltU(left, tileWidth), [
              missing.set(i32.sub(tileWidth, left)),
              pixel.set(i32.sub(pixel, placesInBytes(i32.mul(missing, stride)))),
              target.set(i32.sub(target, placesInBytes(missing))),
              left.set(tileWidth),
            ]),
            wider.reduce(
              (others, { width, kernel: chosen }) => when(i32.eq(tileWidth, width), callTile(chosen), others),
              callTile(narrowest.kernel),
            ),
            advance(pixel, placesInBytes(i32.mul(tileWidth, stride))),
            advance(target, placesInBytes(tileWidth)),
          ],
          countDown(left, tileWidth),
        ),
        advance(rowInput, i32.mul(inputRowStep, stride)),
      ];
      return doWhile(
        'channels',
        [
          channelEnd.set(smallest(sum(channel, channelBlockInBytes), channelsInBytes)),
          rowsLeft.set(outHeight),
          rowInput.set(input),
          target.set(out),
          doWhile('rows', oneRow, countDown(rowsLeft)),
        ],
        i32.ltU(channel.tee(channelEnd), channelsInBytes),
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
