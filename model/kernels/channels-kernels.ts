import { advance, countDown, countUp, doWhile, sum } from '../../wasm/text/control.ts';
import { f32, f32x4, memory, v128 } from '../../wasm/text/instructions.ts';
import { kernel } from '../../wasm/text/kernel.ts';
import { clamped, limits, vectorInBytes } from './clamp.ts';

/** out[p, c] = clamp(in[p, c] · scale[c] + offset[c], low, high); `out` may be the input. */
const affine = kernel(
  'affine',
  {
    input: 'i32',
    scale: 'i32',
    offset: 'i32',
    out: 'i32',
    places: 'i32',
    channelsInBytes: 'i32',
    low: 'f32',
    high: 'f32',
  },
  ({ input, scale, offset, out, places, channelsInBytes, low, high }, declare) => {
    const channel = declare('i32', 'channel');
    const { setLimits, range } = limits(low, high, declare);
    const ofChannel = (address: typeof input) => v128.load(sum(address, channel));
    return [
      setLimits,
      doWhile(
        'places',
        [
          channel.set(0),
          doWhile(
            'channels',
            v128.store(
              sum(out, channel),
              clamped(f32x4.relaxedMadd(ofChannel(input), ofChannel(scale), ofChannel(offset)), range),
            ),
            countUp(channel, vectorInBytes, channelsInBytes),
          ),
          advance(input, channelsInBytes),
          advance(out, channelsInBytes),
        ],
        countDown(places),
      ),
    ];
  },
);

/** out[c] = Σ in[p, c] / places. */
const mean = kernel(
  'mean',
  { input: 'i32', places: 'i32', channelsInBytes: 'i32', out: 'i32' },
  ({ input, places, channelsInBytes, out }, declare) => {
    const channel = declare('i32', 'channel');
    const left = declare('i32', 'left');
    const from = declare('i32', 'from');
    const total = declare('v128', 'total');
    return doWhile(
      'channels',
      [
        total.set(f32x4.splat(f32.const(0))),
        left.set(places),
        from.set(sum(input, channel)),
        doWhile(
          'places',
          [total.set(f32x4.add(total, v128.load(from))), advance(from, channelsInBytes)],
          countDown(left),
        ),
        v128.store(sum(out, channel), f32x4.div(total, f32x4.splat(f32.convertI32U(places)))),
      ],
      countUp(channel, vectorInBytes, channelsInBytes),
    );
  },
);

/** The channels of each place to where `outStep` says; any number of bytes. */
const copyPlaces = kernel(
  'copyPlaces',
  { input: 'i32', out: 'i32', places: 'i32', sizeInBytes: 'i32', outStep: 'i32' },
  ({ input, out, places, sizeInBytes, outStep }) =>
    doWhile(
      'places',
      [memory.copy(out, input, sizeInBytes), advance(input, sizeInBytes), advance(out, outStep)],
      countDown(places),
    ),
);

/**
 * Kernels on maps of `places` × channels, channels a multiple of four except in `copyPlaces`; addresses and the size of a
 * place are in bytes.
 */
export const channelsKernels = [affine, mean, copyPlaces];
