import { advance, doWhile, giveBack, select, sum, until, when } from '../../../wasm/text/control.ts';
import { i32, memory } from '../../../wasm/text/instructions.ts';
import { callFor, innerFunction, kernel } from '../../../wasm/text/kernel.ts';
import { constant, type I32, type Local, type Statement } from '../../../wasm/text/value.ts';
import { bitsIn, extraIn, isOfKind, literalsIn, valueIn } from './entry-fields.ts';
import {
  codeLengthOrderAt,
  codeLengths,
  codeOfLengths,
  distances,
  lengths,
  nextPlaces,
  ownCodeLengths,
  type SymbolTable,
} from './inflate-memory.ts';
import { codeLengthSymbols, endOfBlock, literalShift, mostBitsOfCode, valueShift } from './symbol-entries.ts';

const halfInBytes = 2;
const entryInBytes = 4;

/** What lengths of codes can be: just as many codes as their bits tell apart; one of one bit, or none; or no code. */
const codings = { whole: 0, sparse: 1, none: 2 } as const;

/**
 * Lays out a canonical Huffman code (RFC 1951, section 3.2.2) for look-ups: `bitsOfSymbols` says how many bits each symbol's
 * code has, 0 where it has none. Returns which of the codings it is; more codes than the bits can tell apart, or fewer but
 * for the sparse ones, are none, as zlib has it.
 */
const layOutCode = innerFunction(
  'layOutCode',
  {
    bitsOfSymbols: 'i32',
    symbolCount: 'i32',
    counts: 'i32',
    symbols: 'i32',
    entries: 'i32',
    entriesByCode: 'i32',
    tableBits: 'i32',
  },
  ({ bitsOfSymbols, symbolCount, counts, symbols, entries, entriesByCode, tableBits }, declare) => {
    const symbol = declare('i32', 'symbol');
    const bits = declare('i32', 'bits');
    const count = declare('i32', 'count');
    const spare = declare('i32', 'spare');
    const place = declare('i32', 'place');
    const size = declare('i32', 'size');
    const code = declare('i32', 'code');
    const bit = declare('i32', 'bit');
    const bitsOfSymbol = i32.load8U(sum(bitsOfSymbols, symbol));
    const countOfBits = sum(counts, i32.shl(bits, 1));
    const shiftedBits = i32.shl(bits, 1);
    const forEachSymbol = (label: string, body: Statement): Statement => [
      symbol.set(0),
      until(label, i32.eq(symbol, symbolCount), [bits.set(bitsOfSymbol), body, advance(symbol, 1)]),
    ];
    const body = [
      memory.fill(counts, 0, halfInBytes * (mostBitsOfCode + 1)),
      forEachSymbol('counting', i32.store16(countOfBits, sum(i32.load16U(countOfBits), 1))),
      // As many codes of all 15 bits as are free.
      spare.set(1),
      bits.set(1),
      doWhile(
        'lengths',
        [
          count.set(i32.load16U(countOfBits)),
          spare.set(i32.sub(i32.shl(spare, 1), count)),
          when(i32.ltS(spare, 0), giveBack(codings.none)),
          i32.store16(shiftedBits, place, nextPlaces),
          advance(place, count),
          advance(bits, 1),
        ],
        i32.ltU(bits, mostBitsOfCode + 1),
      ),
      when(spare, when(i32.gtU(place, i32.eq(i32.load16U(counts, halfInBytes), 1)), giveBack(codings.none))),
      forEachSymbol(
        'sorting',
        when(bits, [
          place.set(i32.load16U(shiftedBits, nextPlaces)),
          i32.store16(shiftedBits, sum(place, 1), nextPlaces),
          i32.store16(sum(symbols, i32.shl(place, 1)), symbol),
        ]),
      ),
      i32.store(entriesByCode, 0),
      size.set(entryInBytes),
      bits.set(1),
      doWhile(
        'filling',
        [
          // What shorter codes have filled is the same whatever the bit behind them.
          memory.copy(sum(entriesByCode, size), entriesByCode, size),
          size.set(i32.shl(size, 1)),
          count.set(i32.load16U(countOfBits)),
          until('codes', i32.eqz(count), [
            i32.store(
              sum(entriesByCode, i32.shl(code, 2)),
              sum(bits, i32.load(sum(entries, i32.shl(i32.load16U(symbols), 2)))),
            ),
            advance(symbols, halfInBytes),
            nextCode(code, bit, i32.shl(1, i32.sub(bits, 1))),
            advance(count, -1),
          ]),
          advance(bits, 1),
        ],
        i32.ltU(bits, sum(tableBits, 1)),
      ),
    ];
    return { body, result: i32.ltU(0, spare) };
  },
);

/** The next code where its first bit is the lowest: counted from the last one down. */
function nextCode(code: Local<'i32'>, bit: Local<'i32'>, lastBit: I32): Statement {
  return [
    bit.set(lastBit),
    until('carry', i32.eqz(i32.and(code, bit)), [code.set(i32.sub(code, bit)), bit.set(i32.shrU(bit, 1))]),
    code.set(i32.or(code, bit)),
  ];
}

const codingOf = (table: SymbolTable, bitsOfSymbols: I32, symbolCount: I32) =>
  callFor('i32', layOutCode, {
    ...{ bitsOfSymbols, symbolCount, tableBits: constant(table.bits), entriesByCode: constant(table.entriesByCode) },
    ...{ counts: constant(table.counts), symbols: constant(table.symbols), entries: constant(table.entries) },
  });

/**
 * `pairLiterals`: gives each entry of one literal whose neighbour in the same look is one too both of them, so that most
 * looks at a photo find two bytes. Once for each code, and not before a block proves long: it takes longer than all else that
 * a code takes. From the last entry to the first, since what it looks up lies before it; without a branch, since in a photo
 * none would be foreseen.
 */
const pairLiterals = kernel('pairLiterals', {}, (_, declare) => {
  const at = declare('i32', 'at');
  const entry = declare('i32', 'entry');
  const next = declare('i32', 'next');
  const bits = declare('i32', 'bits');
  const areLiterals = i32.and(i32.and(entry, next), 1 << literalShift);
  const pairFromLast = doWhile(
    'entries',
    [
      advance(at, -1),
      entry.set(i32.load(i32.shl(at, 2), lengths.entriesByCode)),
      next.set(i32.load(i32.shl(i32.shrU(at, bitsIn(entry)), 2), lengths.entriesByCode)),
      bits.set(bitsIn(next)),
      i32.store(
        i32.shl(at, 2),
        select(
          sum(entry, bits, 1 << literalShift, i32.shl(valueIn(next), valueShift + 8)),
          entry,
          i32.and(i32.ltU(sum(bitsIn(entry), bits), lengths.bits + 1), i32.ltU(0, areLiterals)),
        ),
        lengths.entriesByCode,
      ),
    ],
    at,
  );
  return [at.set(1 << lengths.bits), pairFromLast];
});

/**
 * `layOutCodes`: the two codes of a block for `inflate`, whose lengths lie at `codeLengths`, those of literals and lengths
 * first. Returns 0 where they are no codes.
 */
const layOutCodes = kernel(
  'layOutCodes',
  { lengthCount: 'i32', distanceCount: 'i32' },
  ({ lengthCount, distanceCount }) => {
    const areNone = (coding: I32) => when(i32.eq(coding, codings.none), giveBack(0));
    const body = [
      areNone(codingOf(lengths, constant(codeLengths), lengthCount)),
      areNone(codingOf(distances, sum(lengthCount, codeLengths), distanceCount)),
    ];
    return { body, result: constant(1) };
  },
);

const mostLengths = 286;
const mostDistances = 30;

/**
 * `readCodes`: the header of a block with codes of its own (RFC 1951, section 3.2.7), of which all must lie in memory, laid
 * out. Returns the bit behind it, or 0 where it is not well-formed.
 */
const readCodes = kernel('readCodes', { input: 'i32', bitAt: 'i32' }, ({ input, bitAt }, declare) => {
  const lengthCount = declare('i32', 'lengthCount');
  const distanceCount = declare('i32', 'distanceCount');
  const count = declare('i32', 'count');
  const at = declare('i32', 'at');
  const end = declare('i32', 'end');
  const entry = declare('i32', 'entry');
  const repeated = declare('i32', 'repeated');
  const nextBits = i32.shrU(i32.load(sum(input, i32.shrU(bitAt, 3))), i32.and(bitAt, 7));
  const take = (local: Local<'i32'>, bits: number, least: number): Statement => [
    local.set(sum(i32.and(nextBits, (1 << bits) - 1), least)),
    advance(bitAt, bits),
  ];
  const refuseIf = (condition: I32): Statement => when(condition, giveBack(0));
  const body = [
    take(lengthCount, 5, endOfBlock + 1),
    take(distanceCount, 5, 1),
    refuseIf(i32.or(i32.gtU(lengthCount, mostLengths), i32.gtU(distanceCount, mostDistances))),
    take(end, 4, 4),
    memory.fill(ownCodeLengths, 0, codeLengthSymbols),
    doWhile(
      'own',
      [take(count, 3, 0), i32.store8(i32.load8U(at, codeLengthOrderAt), count, ownCodeLengths), advance(at, 1)],
      i32.ltU(at, end),
    ),
    refuseIf(codingOf(codeOfLengths, constant(ownCodeLengths), constant(codeLengthSymbols))),
    end.set(sum(lengthCount, distanceCount)),
    at.set(0),
    doWhile(
      'lengths',
      [
        entry.set(i32.load(i32.shl(i32.and(nextBits, (1 << codeOfLengths.bits) - 1), 2), codeOfLengths.entriesByCode)),
        advance(bitAt, bitsIn(entry)),
        when(
          literalsIn(entry),
          [i32.store8(at, valueIn(entry), codeLengths), advance(at, 1)],
          [
            count.set(sum(valueIn(entry), i32.and(nextBits, i32.sub(i32.shl(1, extraIn(entry)), 1)))),
            advance(bitAt, extraIn(entry)),
            repeated.set(0),
            when(isOfKind(entry, 'lastAgain'), [refuseIf(i32.eqz(at)), repeated.set(i32.load8U(at, codeLengths - 1))]),
            refuseIf(i32.gtU(sum(at, count), end)),
            memory.fill(sum(at, codeLengths), repeated, count),
            advance(at, count),
          ],
        ),
      ],
      i32.ltU(at, end),
    ),
    refuseIf(i32.eqz(i32.load8U(codeLengths + endOfBlock))),
    refuseIf(i32.eqz(callFor('i32', layOutCodes, { lengthCount, distanceCount }))),
  ];
  return { body, result: bitAt };
});

export const codeKernels = [layOutCode, pairLiterals, layOutCodes, readCodes];
