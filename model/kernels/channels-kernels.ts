import { advance, countDown, countUp, doWhile, sum, when } from '../../wasm/text/control.ts';
import { f32, f32x4, i32, memory, v128 } from '../../wasm/text/instructions.ts';
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

/** So many places are summed before their sum joins the total. */
const placesOfRun = 64;

/**
 * out[c] = Σ in[p, c] / places. One sum of all places of a large map would round each place to the precision of the whole;
 * sums of runs keep the error near that of one place (N. Higham, "The accuracy of floating point summation", 1993).
 */
const mean = kernel(
  'mean',
  { input: 'i32', places: 'i32', channelsInBytes: 'i32', out: 'i32' },
  ({ input, places, channelsInBytes, out }, declare) => {
    const channel = declare('i32', 'channel');
    const left = declare('i32', 'left');
    const run = declare('i32', 'run');
    const from = declare('i32', 'from');
    const partial = declare('v128', 'partial');
    const total = declare('v128', 'total');
    const zero = f32x4.splat(f32.const(0));
    return doWhile(
      'channels',
      [
        total.set(zero),
        left.set(places),
        from.set(sum(input, channel)),
        doWhile(
          'runs',
          [
            partial.set(zero),
            run.set(placesOfRun),
            when(i32.ltU(left, placesOfRun), run.set(left)),
            left.set(i32.sub(left, run)),
            doWhile(
              'places',
              [partial.set(f32x4.add(partial, v128.load(from))), advance(from, channelsInBytes)],
              countDown(run),
            ),
            total.set(f32x4.add(total, partial)),
          ],
          left,
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
