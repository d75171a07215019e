import { advance, countDown, doWhile, sum, when } from '../../../wasm/text/control.ts';
import { i8x16, i16x8, i32, i32x4, v128 } from '../../../wasm/text/instructions.ts';
import { call, innerFunction, type Kernel, kernel } from '../../../wasm/text/kernel.ts';
import type { I32, Local, Statement, V128 } from '../../../wasm/text/value.ts';
import type { BlockSize } from '../markers/zigzag.ts';
import { halfStep, toByteFunction, toSample } from './to-byte.ts';
import { transforms, wordInBytes } from './transform-kernels.ts';

const numbersBelow = (end: number) => [...Array(end).keys()];
/** Where the block lies. */
const block = 0;
const storeRow = { 1: v128.store8Lane, 2: v128.store16Lane, 4: v128.store32Lane, 8: v128.store64Lane } as const;

/** A block of nothing but its mean. */
function fill(size: BlockSize): Kernel {
  return innerFunction(`fill${size}`, { out: 'i32', stride: 'i32' }, ({ out, stride }, declare) => {
    const samples = declare('v128', 'samples');
    return [
      samples.set(i8x16.splat(toSample(sum(i32.load(block), halfStep)))),
      numbersBelow(size).map((row) => [
        storeRow[size](out, samples, 0),
        row === size - 1 ? [] : out.set(sum(out, stride)),
      ]),
    ];
  });
}

interface Row {
  readonly from: I32;
  readonly steps: I32;
  readonly eight: Local<'v128'>;
  readonly details: Local<'v128'>;
}

/** Makes the block of coefficients of 16 bits and their steps; `details` then has bits set if any but the first is not zero. */
function dequantise(size: BlockSize, { from, steps, eight, details }: Row): Statement {
  const zeroFirst = (value: V128) => i16x8.replaceLane(value, 0, 0);
  if (size === 1) return i32.store(block, i32.mul(i32.load16S(from), i32.load(steps)));
  if (size === 2) {
    return [
      eight.set(v128.load64Zero(from)),
      v128.store(block, i32x4.mul(i32x4.extendLowI16x8S(eight), v128.load(steps))),
      details.set(zeroFirst(eight)),
    ];
  }
  return numbersBelow((size * size) / 8).map((index) => {
    const at = 8 * wordInBytes * index;
    const store = (wide: V128, offset: number) => v128.store(block, i32x4.mul(wide, v128.load(steps, offset)), offset);
    return [
      eight.set(v128.load(from, 16 * index)),
      store(i32x4.extendLowI16x8S(eight), at),
      store(i32x4.extendHighI16x8S(eight), at + 16),
      details.set(index === 0 ? zeroFirst(eight) : v128.or(details, eight)),
    ];
  });
}

/** Samples of a block by its transform, or of its mean alone. */
function toSamples(size: BlockSize, hasDetail: I32, out: I32, stride: I32, fillBlock: Kernel): Statement {
  const filled = call(fillBlock, { out, stride });
  return size === 1 ? filled : when(hasDetail, call(transforms[size], { out, stride }), filled);
}

function reconstruct(size: BlockSize): { readonly one: Kernel; readonly all: readonly Kernel[] } {
  const fillBlock = fill(size);
  const one = kernel(
    `reconstruct${size}`,
    { hasDetail: 'i32', out: 'i32', stride: 'i32' },
    ({ hasDetail, out, stride }) => toSamples(size, hasDetail, out, stride, fillBlock),
  );
  const row = kernel(
    `reconstructRow${size}`,
    { coefficients: 'i32', steps: 'i32', count: 'i32', out: 'i32', stride: 'i32' },
    ({ coefficients: from, steps, count, out, stride }, declare) => {
      const eight = declare('v128', 'eight');
      const details = declare('v128', 'details');
      return doWhile(
        'blocks',
        [
          dequantise(size, { from, steps, eight, details }),
          toSamples(size, v128.anyTrue(details), out, stride, fillBlock),
          advance(from, 2 * size * size),
          advance(out, size),
        ],
        countDown(count),
      );
    },
  );
  return { one, all: [fillBlock, one, row] };
}

const bySize = { 1: reconstruct(1), 2: reconstruct(2), 4: reconstruct(4), 8: reconstruct(8) } as const;

/** What makes samples of the block, by its size. */
export const reconstructOne = { 1: bySize[1].one, 2: bySize[2].one, 4: bySize[4].one, 8: bySize[8].one } as const;

/**
 * `reconstruct8`, 4, 2 and 1: the block at address 0 to samples by its transform, or to its mean alone (`hasDetail` is 0 where
 * it holds nothing but its DC); all of it but its first coefficient is zero afterwards. `reconstructRow8` and so on make
 * `count` blocks, at least one, side by side, of coefficients of 16 bits that are to be multiplied by the words at `steps`.
 */
export const reconstructKernels = [
  toByteFunction,
  ...Object.values(transforms),
  ...Object.values(bySize).flatMap(({ all }) => all),
];
