import { describe, expect, it } from 'vitest';
import { EntropyWindow } from '../../../../photo/jpeg/entropy/entropy-window.ts';
import type { HuffmanClass } from '../../../../photo/jpeg/entropy/huffman-code.ts';
import { HuffmanTable } from '../../../../photo/jpeg/kernels/plain-huffman-table.ts';
import {
  decodeFirstAc,
  decodeFirstDc,
  type ProgressiveBlockDecoder,
  type ProgressiveCoder,
  refineAc,
  refineDc,
} from '../../../../photo/jpeg/kernels/plain-progressive-block.ts';
import { slotsBySize } from '../../../../photo/jpeg/markers/zigzag.ts';
import { photoErrorOf } from '../../../helpers/photo-error.ts';

/** Codes of four bits, in the order of this list: run and size of an AC coefficient, or the size of a DC difference. */
const ac = [0x01, 0x02, 0x00, 0x10, 0xe0, 0xf0, 0x11, 0x61];
const dc = [0, 1, 2, 11];
const fourBits = (tableClass: HuffmanClass, values: readonly number[]) => ({
  tableClass,
  counts: Uint8Array.from({ length: 16 }, (_, at) => (at === 3 ? values.length : 0)),
  values: Uint8Array.from(values),
});
const code = (values: readonly number[], value: number) => values.indexOf(value).toString(2).padStart(4, '0');
const coefficient = (runAndSize: number, bits: string) => code(ac, runAndSize) + bits;
const endOfBlock = code(ac, 0x00);

function windowOf(bits: string): EntropyWindow {
  const padded = bits.padEnd(8 * Math.ceil(bits.length / 8), '0').match(/.{8}/g) ?? [];
  const bytes = padded.map((byte) => Number.parseInt(byte, 2)).flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte]));
  return new EntropyWindow(Uint8Array.from([...bytes, 0xff, 0xd9]), 0, 1);
}

/** A component of two blocks with all their coefficients. */
function coderOf(table: HuffmanTable, changes: Partial<ProgressiveCoder> = {}): ProgressiveCoder {
  const plane = { slots: slotsBySize[8], coefficients: new Int16Array(128), history: new Int32Array(4) };
  const start = { spectralStart: 1, spectralEnd: 63, approximationLow: 0, prediction: 0, endOfBandRun: 0 };
  return { plane, table, largestDc: 1_000, ...start, ...changes } as unknown as ProgressiveCoder;
}

const acCoder = (changes: Partial<ProgressiveCoder> = {}) => coderOf(new HuffmanTable(fourBits('ac', ac)), changes);

/** The coefficients of a block that are not zero, by their zigzag index. */
function shown({ plane }: ProgressiveCoder, block = 0): Record<number, number | undefined> {
  const found = [...slotsBySize[8].slotOf].map((slot) => plane.coefficients[64 * block + slot]);
  return Object.fromEntries([...found.entries()].filter(([, value]) => value !== 0));
}

function decode(decoder: ProgressiveBlockDecoder, coder: ProgressiveCoder, bits: string, block = 0): EntropyWindow {
  const window = windowOf(bits);
  decoder(window, coder, block);
  return window;
}

const messageOf = async (work: () => unknown) => (await photoErrorOf(work)).message;

describe('the first scan of DC', () => {
  const start = { spectralStart: 0, spectralEnd: 0 };

  it('adds differences up, and moves them to their bits', () => {
    const coder = coderOf(new HuffmanTable(fourBits('dc', dc)), { ...start, approximationLow: 2 });
    const window = windowOf(`${code(dc, 2)}11${code(dc, 1)}0`);

    decodeFirstDc(window, coder, 0);
    decodeFirstDc(window, coder, 1);

    expect([coder.plane.coefficients[0], coder.plane.coefficients[64], window.bitPosition]).toEqual([12, 8, 11]);
  });

  it.each([
    ['above', '10000000000', 1_024],
    ['below', '01111111111', 1_024],
  ])('goes as far as any picture can %s, and no farther', async (_, bits, largestDc) => {
    const coder = (largest: number) => coderOf(new HuffmanTable(fourBits('dc', dc)), { ...start, largestDc: largest });

    expect(Math.abs(decoded(coder(largestDc)))).toBe(1_024);
    expect(await messageOf(() => decoded(coder(largestDc - 1)))).toContain('brighter or darker');

    function decoded(one: ProgressiveCoder): number {
      decode(decodeFirstDc, one, code(dc, 11) + bits);
      return one.plane.coefficients[0] as number;
    }
  });
});

it('a later scan of DC adds a bit', () => {
  const coder = coderOf(new HuffmanTable(fourBits('dc', dc)), { spectralStart: 0, approximationLow: 1 });
  coder.plane.coefficients.set([4], 0);
  coder.plane.coefficients.set([-4], 64);
  const window = windowOf('10');

  refineDc(window, coder, 0);
  refineDc(window, coder, 1);

  expect([coder.plane.coefficients[0], coder.plane.coefficients[64], window.bitPosition]).toEqual([6, -4, 2]);
});

describe('the first scan of AC', () => {
  it('places coefficients behind their runs, moved to their bits, and notes where they are', () => {
    const coder = acCoder({ approximationLow: 1 });

    const bits =
      coefficient(0x02, '11') + coefficient(0x11, '0') + code(ac, 0xf0) + code(ac, 0xf0) + coefficient(0x01, '1');
    decode(decodeFirstAc, coder, bits + endOfBlock);

    expect(shown(coder)).toEqual({ 1: 6, 3: -2, 36: 2 });
    expect([...coder.plane.history]).toEqual([0b1010, 1 << 4, 0, 0]);
  });

  it('writes into the block that it is told', () => {
    const coder = acCoder();

    decode(decodeFirstAc, coder, coefficient(0x01, '1') + endOfBlock, 1);

    expect([shown(coder, 0), shown(coder, 1), [...coder.plane.history]]).toEqual([{}, { 1: 1 }, [0, 0, 2, 0]]);
  });

  it.each([
    ['this block alone', endOfBlock, 0],
    ['two blocks', `${code(ac, 0x10)}0`, 1],
    ['three blocks', `${code(ac, 0x10)}1`, 2],
    ['the longest run', `${code(ac, 0xe0)}11111111111111`, 2 ** 15 - 2],
  ])('may end %s', (_, bits, endOfBandRun) => {
    const coder = acCoder();

    const window = decode(decodeFirstAc, coder, bits);

    expect([coder.endOfBandRun, window.bitPosition]).toEqual([endOfBandRun, bits.length]);
  });

  it('takes no bit while a run goes on', () => {
    const coder = acCoder({ endOfBandRun: 2 });

    const window = decode(decodeFirstAc, coder, coefficient(0x01, '1'));

    expect([coder.endOfBandRun, window.bitPosition, shown(coder)]).toEqual([1, 0, {}]);
  });

  it.each([
    ['its last coefficient', 7, { 7: 1 }],
    ['one beyond its last', 6, undefined],
  ])('may reach %s', async (_, spectralEnd, found) => {
    const coder = acCoder({ spectralEnd });
    const bits = coefficient(0x61, '1');

    if (found === undefined) {
      expect(await messageOf(() => decode(decodeFirstAc, coder, bits))).toContain('more coefficients');
    } else {
      expect(decode(decodeFirstAc, coder, bits).bitPosition).toBe(bits.length);
      expect(shown(coder)).toEqual(found);
    }
  });
});

describe('a later scan of AC', () => {
  /** With 2 at index 2, -2 at index 40. */
  function known(changes: Partial<ProgressiveCoder> = {}): ProgressiveCoder {
    const coder = acCoder(changes);
    coder.plane.coefficients[slotsBySize[8].slotOf[2] as number] = 2;
    coder.plane.coefficients[slotsBySize[8].slotOf[40] as number] = -2;
    coder.plane.history.set([1 << 2, 1 << 8]);
    return coder;
  }

  it.each<[string, string, Record<number, number>]>([
    ['corrects what is known', `${endOfBlock}11`, { 2: 3, 40: -3 }],
    ['corrects one of them', `${endOfBlock}01`, { 2: 2, 40: -3 }],
    ['puts a new one before it', `${coefficient(0x01, '1')}${endOfBlock}11`, { 1: 1, 2: 3, 40: -3 }],
    ['counts the run by those that were zero', `${coefficient(0x11, '0')}1${endOfBlock}1`, { 2: 3, 3: -1, 40: -3 }],
    // Sixteen that were zero, the known one among them not counted.
    ['passes over sixteen', `${code(ac, 0xf0)}1${coefficient(0x01, '1')}${endOfBlock}1`, { 2: 3, 18: 1, 40: -3 }],
  ])('%s', (_, bits, found) => {
    const coder = known();

    const window = decode(refineAc, coder, bits);

    expect(shown(coder)).toEqual(found);
    expect([window.bitPosition, coder.endOfBandRun]).toEqual([bits.length, 0]);
  });

  it('notes the new ones in either half of a block', () => {
    const coder = acCoder();
    const far = `${code(ac, 0xf0)}${code(ac, 0xf0)}${coefficient(0x61, '1')}`;

    decode(refineAc, coder, coefficient(0x01, '1') + far + endOfBlock, 1);

    expect([...coder.plane.history]).toEqual([0, 0, 1 << 1, 1 << (40 - 32)]);
  });

  it('corrects the blocks of a run, and no coefficient outside its band', () => {
    const coder = known({ spectralStart: 3, spectralEnd: 40, endOfBandRun: 2 });
    const narrow = known({ spectralStart: 3, spectralEnd: 39, endOfBandRun: 1 });

    const window = decode(refineAc, coder, '11');
    const none = decode(refineAc, narrow, '11');

    expect([shown(coder), coder.endOfBandRun, window.bitPosition]).toEqual([{ 2: 2, 40: -3 }, 1, 1]);
    expect([shown(narrow), narrow.endOfBandRun, none.bitPosition]).toEqual([{ 2: 2, 40: -2 }, 0, 0]);
  });

  it('corrects by its own bit', () => {
    const coder = known({ approximationLow: 1, endOfBandRun: 1 });

    decode(refineAc, coder, '11');

    expect(shown(coder)).toEqual({ 2: 4, 40: -4 });
  });

  it.each([
    ['2', '10'],
    ['-2', '01'],
    ['3', '11'],
  ])('refuses a new coefficient of %s', async (_, bits) => {
    expect(await messageOf(() => decode(refineAc, acCoder(), coefficient(0x02, bits)))).toContain('more than one bit');
  });

  it.each([
    ['its last coefficient', 7, { 7: 1 }],
    ['one beyond its last', 6, undefined],
  ])('may reach %s', async (_, spectralEnd, found) => {
    const coder = acCoder({ spectralEnd });
    const bits = coefficient(0x61, '1');

    if (found === undefined) {
      expect(await messageOf(() => decode(refineAc, coder, bits))).toContain('more coefficients');
    } else {
      decode(refineAc, coder, bits);
      expect(shown(coder)).toEqual(found);
    }
  });
});
