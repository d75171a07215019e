import { describe, expect, it } from 'vitest';
import { damageOf } from '../../../../photo/jpeg/entropy/block-damage.ts';
import { EntropyWindow } from '../../../../photo/jpeg/entropy/entropy-window.ts';
import type { HuffmanClass } from '../../../../photo/jpeg/entropy/huffman-code.ts';
import { layOutCode } from '../../../../photo/jpeg/entropy/lay-out-code.ts';
import { ProgressiveCoders } from '../../../../photo/jpeg/entropy/progressive-coders.ts';
import { blockDamage, progressiveCoderLayout, unitBlockLayout } from '../../../../photo/jpeg/kernels/entropy-layout.ts';
import { JpegWorkspace } from '../../../../photo/jpeg/kernels/jpeg-workspace.ts';
import { refinementGroups } from '../../../../photo/jpeg/kernels/plain-groups.ts';
import { HuffmanTable } from '../../../../photo/jpeg/kernels/plain-huffman-table.ts';
import {
  decodeFirstAc,
  decodeFirstDc,
  type ProgressiveBlockDecoder,
  type ProgressiveCoder,
  refineAc,
  refineDc,
} from '../../../../photo/jpeg/kernels/plain-progressive-block.ts';
import { type JpegScale, layOutFrame } from '../../../../photo/jpeg/markers/frame-layout.ts';
import { randomNumbers } from '../../../helpers/random-numbers.ts';
import { drawBytes, drawCode } from './drawn-code.ts';

const across = 24;
const largestDc = 700;
const wordInBytes = 4;

interface Kind {
  readonly twin: ProgressiveBlockDecoder;
  readonly tableClass: HuffmanClass;
  readonly isFirst: boolean;
  readonly damage: readonly number[];
}

const kinds: Readonly<Record<string, Kind>> = {
  'the first scan of DC': {
    twin: decodeFirstDc,
    tableClass: 'dc',
    isFirst: true,
    damage: [blockDamage.unknownCode, blockDamage.impossibleMean],
  },
  'a later scan of DC': { twin: refineDc, tableClass: 'dc', isFirst: false, damage: [] },
  'the first scan of AC': {
    twin: decodeFirstAc,
    tableClass: 'ac',
    isFirst: true,
    damage: [blockDamage.unknownCode, blockDamage.beyondBand],
  },
  'a later scan of AC': {
    twin: refineAc,
    tableClass: 'ac',
    isFirst: false,
    damage: [blockDamage.unknownCode, blockDamage.beyondBand, blockDamage.wideRefinement],
  },
};

/** One component of a row of blocks with whatever coefficients, and a coder of a random code, in memory and for the twin. */
function open(random: () => number, scale: JpegScale, { tableClass, isFirst }: Kind) {
  const below = (end: number) => Math.floor(random() * end);
  const bytes = drawBytes(random, 600);
  const components = [{ id: 1, horizontalSampling: 1, verticalSampling: 1, quantisation: 0 }];
  const frame = layOutFrame({ process: 'progressive', precision: 8, width: 8 * across, height: 8, components }, scale);
  const coders = new ProgressiveCoders(bytes, frame, true, (besides) => new JpegWorkspace(frame, besides));
  const [plane] = coders.planes as [(typeof coders.planes)[0]];
  const spectralStart = tableClass === 'dc' ? 0 : 1 + below(10);
  // Narrow ones end without a symbol for it.
  const end = random() < 0.5 ? spectralStart + below(6) : 63 - below(random() < 0.7 ? 1 : 50);
  const spectralEnd = tableClass === 'dc' ? 0 : end;
  const approximationLow = below(random() < 0.9 ? 3 : 14);
  const band = { spectralStart, spectralEnd: Math.max(spectralStart, spectralEnd), approximationLow };
  // Mostly what lets blocks come to an end: ends of theirs and of runs, short runs, of refinements one bit.
  const size = () => (isFirst ? below(7) : random() < 0.05 ? 2 : below(2));
  const run = () => (random() < 0.7 ? 0 : below(random() < 0.8 ? 4 : 16));
  const value = () => (random() < 0.35 ? below(random() < 0.8 ? 2 : 15) << 4 : (run() << 4) | size());
  const code = drawCode(tableClass, random, tableClass === 'ac' ? value : undefined);

  const coefficients = new Int16Array(across * plane.slots.count);
  const history = new Int32Array(2 * across);
  const density = [0, 0, 1, random() ** 3][below(4)] as number;
  const { slotOf, count } = plane.slots;
  for (let at = 0; at < 64 * across; at++) {
    const [block, index] = [at >> 6, at & 63];
    // What a scan codes for the first time is zero.
    const isUnknown = isFirst && index >= band.spectralStart && index <= band.spectralEnd;
    if (isUnknown || (index > 0 && random() >= density)) continue;
    history[at >> 5] = (history[at >> 5] as number) | (1 << (index & 31));
    const slot = slotOf[index] as number;
    if (slot < count) coefficients[block * count + slot] = random() < 0.1 ? below(65_536) : below(9) - 4;
  }
  const { bytes: memory, words } = coders.workspace;
  const halfWords = new Int16Array(memory.buffer, plane.coefficients, coefficients.length);
  halfWords.set(coefficients);
  words.set(history, plane.history / wordInBytes);
  const header = { components: [], ...band, approximationHigh: isFirst ? 0 : approximationLow + 1 };
  const needsCode = tableClass === 'ac' || isFirst;
  const coder = coders.add(0, plane, header, needsCode ? code : undefined, largestDc);
  words[(coder + progressiveCoderLayout.block) / wordInBytes] = plane.coefficients;
  words[(coder + progressiveCoderLayout.history) / wordInBytes] = plane.history;
  const unit = coders.unit / wordInBytes;
  words[unit + unitBlockLayout.coder / wordInBytes] = coder;
  words[unit + unitBlockLayout.out / wordInBytes] = plane.coefficients;
  words[unit + unitBlockLayout.step / wordInBytes] = plane.blockInBytes;
  const window = new EntropyWindow(bytes, 0, 1, memory.buffer, coders.window);

  const decodeSome = (most: number): number => {
    const { position } = coders;
    const { progressiveKernels: kernels } = coders.workspace;
    const rest = [position, window.end, window.checkAt] as const;
    words[position / wordInBytes] = window.bitPosition;
    if (tableClass === 'dc') return kernels.decodeDcUnits(...rest, coders.unit, 1, most);
    return kernels[isFirst ? 'decodeAcUnits' : 'refineAcUnits'](...rest, coder, most);
  };
  const found = () => ({
    coefficients: [...halfWords],
    history: [...words.subarray(plane.history / wordInBytes, plane.history / wordInBytes + history.length)],
    bitPosition: words[coders.position / wordInBytes] as number,
    endOfBandRun: words[(coder + progressiveCoderLayout.endOfBandRun) / wordInBytes],
  });
  const twin: ProgressiveCoder = {
    plane: { slots: plane.slots, coefficients, history },
    table: new HuffmanTable(code),
    largestDc,
    ...band,
    prediction: 0,
    endOfBandRun: 0,
  };
  const groupsAt = words[(coder + progressiveCoderLayout.groups) / wordInBytes] as number;
  const codeAt = words[(coder + progressiveCoderLayout.code) / wordInBytes] as number;
  return {
    window,
    coders,
    groupsAt,
    codeAt,
    decodeSome,
    found,
    twin,
    twinWindow: new EntropyWindow(bytes, 0, 1),
    below,
  };
}

/** Decodes the row by calls for some blocks at a time, each of them by the twin too: what the kernel answered last. */
function compareRow(random: () => number, scale: JpegScale, kind: Kind): number {
  const { window, decodeSome, found, twin, twinWindow, below } = open(random, scale, kind);
  let done = 0;
  for (let block = 0; block < across && window.bitPosition <= window.checkAt; ) {
    const most = 1 + below(across - block);

    done = decodeSome(most);

    const end = block + (done < 0 ? most : done);
    const decodeByTwin = (): void => {
      while (block < end) kind.twin(twinWindow, twin, block++);
    };
    if (done < 0) {
      expect(decodeByTwin).toThrow(damageOf(done));
      return done;
    }
    decodeByTwin();
    window.bitPosition = found().bitPosition;
    const { plane, endOfBandRun } = twin;
    const { coefficients, history } = plane;
    const expected = { coefficients: [...coefficients], history: [...history] };
    expect(found()).toEqual({ ...expected, bitPosition: twinWindow.bitPosition, endOfBandRun });
  }
  return Math.min(done, 1);
}

it('layOutGroups lays out the very groups of its twin', () => {
  for (let seed = 0; seed < 10; seed++) {
    const random = randomNumbers(seed);
    const { coders, groupsAt, codeAt } = open(random, 4, kinds['a later scan of AC'] as Kind);
    const { words, progressiveKernels } = coders.workspace;
    const code = drawCode('ac', random, () => (Math.floor(random() * 16) << 4) | Math.floor(random() * 3));
    layOutCode(coders.workspace, code, codeAt);
    const expected = refinementGroups(new HuffmanTable(code));

    progressiveKernels.layOutGroups(codeAt, groupsAt);

    expect(words.slice(groupsAt / wordInBytes, groupsAt / wordInBytes + expected.length)).toEqual(expected);
  }
});

describe.each(Object.entries(kinds))('%s', (_, kind) => {
  it('makes of random bits the very coefficients of its twin, or finds the same damage', () => {
    const outcomes = new Set<number>();
    for (let seed = 0; seed < 160; seed++) {
      const scale = ([1, 2, 4, 8] as const)[seed % 4] as JpegScale;
      outcomes.add(compareRow(randomNumbers(seed), scale, kind));
    }

    expect([...outcomes].toSorted()).toEqual([1, ...kind.damage].toSorted());
  });
});
