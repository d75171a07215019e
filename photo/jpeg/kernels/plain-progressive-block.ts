import { corruptPhoto } from '../../photo-error.ts';
import type { EntropyWindow } from '../entropy/entropy-window.ts';
import { impossibleMean } from '../entropy/largest-mean.ts';
import { LEFT_OUT, type Slots } from '../markers/zigzag.ts';
import { END_OF_BLOCK, LENGTH_MASK, LOOKUP_SHIFT, RUN_MASK, RUN_SHIFT, VALUE_SHIFT } from './entropy-layout.ts';
import { bitsAt } from './plain-bits.ts';
import type { HuffmanTable } from './plain-huffman-table.ts';

/** What a progressive picture's scans have told so far of one component's blocks. */
export interface PlainCoefficients {
  readonly slots: Slots;
  readonly coefficients: Int16Array;
  /** Two words a block: a bit for each zigzag index of an AC coefficient that is not zero. */
  readonly history: Int32Array;
}

/** One component's part in one progressive scan. */
export interface ProgressiveCoder {
  readonly plane: PlainCoefficients;
  readonly table: HuffmanTable;
  /** DC, less the bits of later scans, may be no farther from 0. */
  readonly largestDc: number;
  readonly spectralStart: number;
  readonly spectralEnd: number;
  readonly approximationLow: number;
  prediction: number;
  /** Blocks to come, this one included, that hold no new coefficient in this scan. */
  endOfBandRun: number;
}

/** Decodes the component's next block, number `block` of its plane. */
export type ProgressiveBlockDecoder = (window: EntropyWindow, coder: ProgressiveCoder, block: number) => void;

export function decodeFirstDc(window: EntropyWindow, coder: ProgressiveCoder, block: number): void {
  const { plane, table } = coder;
  const bit = window.bitPosition;
  let symbol = table.lookup[bitsAt(window, bit) >>> LOOKUP_SHIFT] as number;
  if (symbol === 0) symbol = table.longSymbol(bitsAt(window, bit));
  window.bitPosition = bit + (symbol & LENGTH_MASK);
  coder.prediction += symbol >> VALUE_SHIFT;
  if (Math.abs(coder.prediction) > coder.largestDc) throw impossibleMean();
  plane.coefficients[block * plane.slots.count] = coder.prediction << coder.approximationLow;
}

export function refineDc(window: EntropyWindow, { plane, approximationLow }: ProgressiveCoder, block: number): void {
  const at = block * plane.slots.count;
  plane.coefficients[at] = (plane.coefficients[at] as number) | (takeBit(window) << approximationLow);
}

/** ITU-T T.81, G.1.2.2. */
export function decodeFirstAc(window: EntropyWindow, coder: ProgressiveCoder, block: number): void {
  if (coder.endOfBandRun > 0) {
    coder.endOfBandRun -= 1;
    return;
  }
  const { plane, table, spectralEnd, approximationLow } = coder;
  const { coefficients, history, slots } = plane;
  const { lookup } = table;
  const base = block * slots.count;
  let bit = window.bitPosition;
  let low = 0;
  let high = 0;
  for (let index = coder.spectralStart; index <= spectralEnd; index++) {
    let symbol = lookup[bitsAt(window, bit) >>> LOOKUP_SHIFT] as number;
    if (symbol === 0) symbol = table.longSymbol(bitsAt(window, bit));
    bit += symbol & LENGTH_MASK;
    const run = (symbol >> RUN_SHIFT) & RUN_MASK;
    if (run >= END_OF_BLOCK) {
      window.bitPosition = bit;
      coder.endOfBandRun = takeEndOfBandRun(window, run - END_OF_BLOCK) - 1;
      bit = window.bitPosition;
      break;
    }
    index += run;
    if (index > spectralEnd) throw tooManyCoefficients();
    const value = symbol >> VALUE_SHIFT;
    if (value === 0) continue;
    if (index < 32) low |= 1 << index;
    else high |= 1 << index;
    const slot = slots.slotOf[index] as number;
    if (slot !== LEFT_OUT) coefficients[base + slot] = value << approximationLow;
  }
  window.bitPosition = bit;
  history[2 * block] = (history[2 * block] as number) | low;
  history[2 * block + 1] = (history[2 * block + 1] as number) | high;
}

/** ITU-T T.81, G.1.2.3: new coefficients of one bit, among them a correcting bit for each that was known before. */
export function refineAc(window: EntropyWindow, coder: ProgressiveCoder, block: number): void {
  const { plane, table, spectralEnd, approximationLow } = coder;
  const { history, slots } = plane;
  const low = history[2 * block] as number;
  const high = history[2 * block + 1] as number;
  let index = coder.spectralStart;
  while (coder.endOfBandRun === 0 && index <= spectralEnd) {
    let bit = window.bitPosition;
    let symbol = table.lookup[bitsAt(window, bit) >>> LOOKUP_SHIFT] as number;
    if (symbol === 0) symbol = table.longSymbol(bitsAt(window, bit));
    bit += symbol & LENGTH_MASK;
    window.bitPosition = bit;
    let run = (symbol >> RUN_SHIFT) & RUN_MASK;
    if (run >= END_OF_BLOCK) {
      coder.endOfBandRun = takeEndOfBandRun(window, run - END_OF_BLOCK);
      break;
    }
    const value = symbol >> VALUE_SHIFT;
    if (value < -1 || value > 1)
      throw corruptPhoto('The JPEG has a refining scan with a new coefficient of more than one bit.');
    for (; index <= spectralEnd; index++) {
      const isKnown = (((index < 32 ? low : high) >>> index) & 1) !== 0;
      if (!isKnown && --run < 0) break;
      if (!isKnown) continue;
      if (bitsAt(window, bit) < 0) enlarge(coder, block, index);
      bit += 1;
    }
    window.bitPosition = bit;
    if (index > spectralEnd) throw tooManyCoefficients();
    if (value !== 0) {
      history[2 * block + (index >> 5)] = (history[2 * block + (index >> 5)] as number) | (1 << index);
      const slot = slots.slotOf[index] as number;
      if (slot !== LEFT_OUT) plane.coefficients[block * slots.count + slot] = value << approximationLow;
    }
    index += 1;
  }
  if (coder.endOfBandRun > 0) {
    coder.endOfBandRun -= 1;
    if ((low | high) !== 0) correctRest(window, coder, block, index);
  }
}

/** Takes a correcting bit for each coefficient from zigzag index `from` on that was not zero before. */
function correctRest(window: EntropyWindow, coder: ProgressiveCoder, block: number, from: number): void {
  const { history } = coder.plane;
  let bit = window.bitPosition;
  for (let first = from & -32; first <= coder.spectralEnd; first += 32) {
    const skipped = Math.max(from - first, 0);
    const beyond = Math.max(first + 31 - coder.spectralEnd, 0);
    let known = (history[2 * block + (first >> 5)] as number) & ((-1 << skipped) & (-1 >>> beyond));
    while (known !== 0) {
      const lowest = known & -known;
      known ^= lowest;
      if (bitsAt(window, bit) < 0) enlarge(coder, block, first + 31 - Math.clz32(lowest));
      bit += 1;
    }
  }
  window.bitPosition = bit;
}

/** Moves a coefficient that was not zero before one bit of this scan away from zero. */
function enlarge({ plane, approximationLow }: ProgressiveCoder, block: number, index: number): void {
  const { coefficients, slots } = plane;
  const slot = slots.slotOf[index] as number;
  if (slot === LEFT_OUT) return;
  const at = block * slots.count + slot;
  const value = coefficients[at] as number;
  // Its sign, 1 or -1, at the bit of this scan.
  coefficients[at] = value + (((value >> 31) | 1) << approximationLow);
}

function takeBit(window: EntropyWindow): number {
  const bit = window.bitPosition;
  window.bitPosition = bit + 1;
  return bitsAt(window, bit) >>> 31;
}

/** A run of 2^n blocks plus n bits: EOBn of ITU-T T.81, table G.1. */
function takeEndOfBandRun(window: EntropyWindow, n: number): number {
  const bit = window.bitPosition;
  window.bitPosition = bit + n;
  return n === 0 ? 1 : (1 << n) + (bitsAt(window, bit) >>> (32 - n));
}

function tooManyCoefficients(): Error {
  return corruptPhoto('The JPEG has a block with more coefficients than its scan codes.');
}
