import { get, load, set } from '../../../wasm/instructions.ts';
import { halfStep, toSample, wordInBytes } from './transform-wat.ts';

const storeLane: Readonly<Record<number, string>> = { 1: 'store8', 2: 'store16', 4: 'store32', 8: 'store64' };

/** A block of nothing but its mean. */
function fill(size: number): string {
  const storeRow = `(v128.${storeLane[size]}_lane 0 ${get('out')} ${get('samples')})`;
  return `
  (func $fill${size} (param $out i32) (param $stride i32)
    (local $samples v128)
    (local.set $samples (i8x16.splat ${toSample(`(i32.add (i32.load (i32.const 0)) (i32.const ${halfStep}))`)}))
    ${Array.from({ length: size }, () => storeRow).join(`
    (local.set $out (i32.add ${get('out')} ${get('stride')}))
    `)})`;
}

/** Makes the block of coefficients of 16 bits and their steps; `$details` then has bits set if any but the first is not zero. */
function dequantise(size: number): string {
  const steps = (offset: number) => load('steps', offset);
  const zeroFirst = (value: string) => `(i16x8.replace_lane 0 ${value} (i32.const 0))`;
  if (size === 1) return `(i32.store (i32.const 0) (i32.mul (i32.load16_s ${get('from')}) (i32.load ${get('steps')})))`;
  if (size === 2) {
    return `${set('eight', `(v128.load64_zero ${get('from')})`)}
        (v128.store (i32.const 0) (i32x4.mul (i32x4.extend_low_i16x8_s ${get('eight')}) ${steps(0)}))
        ${set('details', zeroFirst(get('eight')))}`;
  }
  return Array.from({ length: (size * size) / 8 }, (_, index) => {
    const at = 8 * wordInBytes * index;
    const half = (name: 'low' | 'high', offset: number) => {
      const wide = `(i32x4.extend_${name}_i16x8_s ${get('eight')})`;
      return `(v128.store offset=${offset} (i32.const 0) (i32x4.mul ${wide} ${steps(offset)}))`;
    };
    return `${set('eight', load('from', 16 * index))}
        ${half('low', at)} ${half('high', at + 16)}
        ${set('details', index === 0 ? zeroFirst(get('eight')) : `(v128.or ${get('details')} ${get('eight')})`)}`;
  }).join('\n');
}

function reconstruct(size: number): string {
  const toSamples = (hasDetail: string) => {
    const call = (name: string) => `(call $${name}${size} ${get('out')} ${get('stride')})`;
    return size === 1 ? call('fill') : `(if ${hasDetail} (then ${call('transform')}) (else ${call('fill')}))`;
  };
  return `
  (func (export "reconstruct${size}") (param $hasDetail i32) (param $out i32) (param $stride i32)
    ${toSamples(get('hasDetail'))})
  (func (export "reconstructRow${size}") (param $from i32) (param $steps i32) (param $count i32) (param $out i32)
      (param $stride i32)
    (local $eight v128) (local $details v128)
    (loop $blocks
      ${dequantise(size)}
      ${toSamples(`(v128.any_true ${get('details')})`)}
      (local.set $from (i32.add ${get('from')} (i32.const ${2 * size * size})))
      (local.set $out (i32.add ${get('out')} (i32.const ${size})))
      (br_if $blocks (local.tee $count (i32.sub ${get('count')} (i32.const 1))))))`;
}

const sizes = [1, 2, 4, 8];

/**
 * WebAssembly text of `reconstruct8`, 4, 2 and 1: the block at address 0 to samples by its transform, or to its mean alone;
 * all of it but its first coefficient is zero afterwards. `reconstructRow8` and so on make `count` blocks, side by side, of
 * coefficients of 16 bits that are to be multiplied by the words at `steps`.
 */
export const reconstructWat = [...sizes.map(fill), ...sizes.map(reconstruct)].join('\n');
