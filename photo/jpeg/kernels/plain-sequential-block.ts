import { corruptPhoto } from '../../photo-error.ts';
import type { EntropyWindow } from '../entropy/entropy-window.ts';
import { impossibleMean } from '../entropy/largest-mean.ts';
import {
  END_OF_BLOCK,
  LENGTH_MASK,
  LOOKUP_SHIFT,
  RUN_MASK,
  RUN_SHIFT,
  SKIP_ADVANCE_SHIFT,
  SKIP_BLOCK_END,
  SKIP_LENGTH_MASK,
  SKIP_SHIFT,
  VALUE_SHIFT,
} from './entropy-layout.ts';
import { bitsAt } from './plain-bits.ts';
import type { HuffmanTable } from './plain-huffman-table.ts';

/** What it takes to decode the blocks of one component in one scan. */
export interface BlockCoder {
  readonly dc: HuffmanTable;
  readonly ac: HuffmanTable;
  /** Of `ac`; not asked for where `lastNeeded` is 63. */
  readonly skipGroups: Uint16Array;
  /** In zigzag order. */
  readonly quantisation: Int32Array;
  readonly slotOf: Uint8Array;
  readonly lastNeeded: number;
  /** DC may be no farther from 0. */
  readonly largestDc: number;
  /** DC of the block before, which the next one is coded as a difference to. */
  prediction: number;
}

/**
 * Decodes and dequantises one block of a sequential scan (ITU-T T.81, F.2.2).
 * @param block where coefficients up to `lastNeeded` go, all zero before; those beyond are read over
 * @returns whether the block holds anything but its mean
 */
export function decodeSequentialBlock(window: EntropyWindow, coder: BlockCoder, block: Int32Array): boolean {
  const { quantisation, slotOf, lastNeeded } = coder;
  let bit = window.bitPosition;
  let symbol = coder.dc.lookup[bitsAt(window, bit) >>> LOOKUP_SHIFT] as number;
  if (symbol === 0) symbol = coder.dc.longSymbol(bitsAt(window, bit));
  bit += symbol & LENGTH_MASK;
  coder.prediction += symbol >> VALUE_SHIFT;
  if (Math.abs(coder.prediction) > coder.largestDc) throw impossibleMean();
  block[0] = Math.imul(coder.prediction, quantisation[0] as number);

  const { lookup } = coder.ac;
  let index = 1;
  while (index <= lastNeeded) {
    symbol = lookup[bitsAt(window, bit) >>> LOOKUP_SHIFT] as number;
    if (symbol === 0) symbol = coder.ac.longSymbol(bitsAt(window, bit));
    bit += symbol & LENGTH_MASK;
    index += (symbol >> RUN_SHIFT) & RUN_MASK;
    if (index > 63) {
      if (((symbol >> RUN_SHIFT) & RUN_MASK) !== END_OF_BLOCK) throw tooManyCoefficients();
      window.bitPosition = bit;
      return index > END_OF_BLOCK + 1;
    }
    block[slotOf[index] as number] = Math.imul(symbol >> VALUE_SHIFT, quantisation[index] as number);
    index += 1;
  }
  window.bitPosition = index < 64 ? skipCoefficients(window, bit, coder, index) : bit;
  return lastNeeded > 0;
}

/** Reads over the rest of a block, from coefficient `index` on: where the next block begins. */
function skipCoefficients(window: EntropyWindow, start: number, coder: BlockCoder, from: number): number {
  const { skipGroups } = coder;
  let bit = start;
  let index = from;
  while (index < 64) {
    const group = skipGroups[bitsAt(window, bit) >>> SKIP_SHIFT] as number;
    const next = index + (group >> SKIP_ADVANCE_SHIFT);
    if (next <= 64 && group !== 0) {
      bit += group & SKIP_LENGTH_MASK;
      index = next;
    } else if (next >= SKIP_BLOCK_END && next < SKIP_BLOCK_END + 64) {
      return bit + (group & SKIP_LENGTH_MASK);
    } else {
      // The group reaches into the next block, or its first symbol is longer than the window: one symbol at a time.
      const symbol = coder.ac.longSymbol(bitsAt(window, bit));
      const run = (symbol >> RUN_SHIFT) & RUN_MASK;
      bit += symbol & LENGTH_MASK;
      if (run === END_OF_BLOCK) return bit;
      index += run + 1;
      if (index > 64) throw tooManyCoefficients();
    }
  }
  return bit;
}

function tooManyCoefficients(): Error {
  return corruptPhoto('The JPEG has a block of more than 64 coefficients.');
}
