import { advance, endlessly, leaveIf, sum, until, when } from '../../../wasm/text/control.ts';
import { i32, i64, v128 } from '../../../wasm/text/instructions.ts';
import { callFor, innerFunction, kernel } from '../../../wasm/text/kernel.ts';
import { constant, type I32, type I64, type Local, type Statement, type Whole } from '../../../wasm/text/value.ts';
import { distances, lengths, outcomes, type SymbolTable, stateAt } from './inflate-memory.ts';
import { extraShift, kindShift, kinds, literalShift, mostBitsOfCode, valueShift } from './symbol-entries.ts';

const vectorInBytes = 16;
/** A load of 64 bits holds at least 57 that are still to be read: four codes found by one look each, or a length with its distance. */
const looksPerLoad = 4;

const bitsIn = (entry: I32) => i32.and(entry, 0xff);
const literalsIn = (entry: I32) => i32.and(i32.shrU(entry, literalShift), 3);
const extraIn = (entry: I32) => i32.and(i32.shrU(entry, extraShift), 0xf);
const kindIn = (entry: I32) => i32.and(i32.shrU(entry, kindShift), 3);
const valueIn = (entry: I32) => i32.shrU(entry, valueShift);
const lowest = (word: I64, bits: Whole) => i32.and(i32.wrapI64(word), i32.sub(i32.shl(1, bits), 1));
const look = (table: SymbolTable, word: I64) => i32.load(i32.shl(lowest(word, table.bits), 2), table.entriesByCode);

/**
 * The entry of a code that has more bits than one look takes: canonical codes of one length follow each other, so counting
 * from the shortest on finds it (as Mark Adler's puff does). Zero where no symbol has the code.
 */
const longCode = innerFunction(
  'longCode',
  { counts: 'i32', symbols: 'i32', entries: 'i32', word: 'i32' },
  ({ counts, symbols, entries, word }, declare) => {
    const bits = declare('i32', 'bits');
    const code = declare('i32', 'code');
    const first = declare('i32', 'first');
    const count = declare('i32', 'count');
    const entry = declare('i32', 'entry');
    const body = endlessly('lengths', [
      leaveIf('lengths', i32.eq(bits, mostBitsOfCode)),
      advance(bits, 1),
      code.set(i32.or(i32.shl(code, 1), i32.and(word, 1))),
      word.set(i32.shrU(word, 1)),
      count.set(i32.load16U(sum(counts, i32.shl(bits, 1)))),
      first.set(i32.shl(first, 1)),
      when(i32.ltU(i32.sub(code, first), count), [
        entry.set(
          sum(bits, i32.load(sum(entries, i32.shl(i32.load16U(sum(symbols, i32.shl(i32.sub(code, first), 1))), 2)))),
        ),
      ]),
      leaveIf('lengths', entry),
      advance(first, count),
      advance(symbols, i32.shl(count, 1)),
    ]);
    return { body, result: entry };
  },
);

const entryOfLongCode = (table: SymbolTable, word: I64) =>
  callFor('i32', longCode, {
    counts: constant(table.counts),
    symbols: constant(table.symbols),
    entries: constant(table.entries),
    word: i32.wrapI64(word),
  });

/** Repeats what lies `distance` bytes back. Up to fifteen bytes past the end are overwritten. */
function copyBack(out: Local<'i32'>, length: Local<'i32'>, distance: Local<'i32'>, from: Local<'i32'>): Statement {
  const end = length;
  return [
    from.set(i32.sub(out, distance)),
    end.set(sum(out, length)),
    // A short pattern twice is a pattern twice as long, from the same place.
    until('doublings', i32.gtU(distance, vectorInBytes - 1), [
      v128.store(out, v128.load(from)),
      advance(out, distance),
      distance.set(i32.shl(distance, 1)),
    ]),
    until('vectors', i32.geU(out, end), [
      v128.store(out, v128.load(from)),
      advance(out, vectorInBytes),
      advance(from, vectorInBytes),
    ]),
    out.set(end),
  ];
}

/**
 * `inflate`: literals and repetitions of one block (RFC 1951, section 3.2.3) by the tables that lie in memory, until the
 * block ends, the input's last bit but so many or the output's last place is passed, or something is not deflate. Returns
 * which, and leaves how far it came in both at `stateAt`.
 */
const inflate = kernel(
  'inflate',
  { input: 'i32', bitAt: 'i32', lastBit: 'i32', out: 'i32', lastOut: 'i32', oldest: 'i32' },
  ({ input, bitAt, lastBit, out, lastOut, oldest }, declare) => {
    const word = declare('i64', 'word');
    const entry = declare('i32', 'entry');
    const length = declare('i32', 'length');
    const distance = declare('i32', 'distance');
    const from = declare('i32', 'from');
    const outcome = declare('i32', 'outcome');
    const consume = (bits: I32): Statement => [advance(bitAt, bits), word.set(i64.shrU(word, bits))];
    const load = word.set(i64.shrU(i64.load(sum(input, i32.shrU(bitAt, 3))), i32.and(bitAt, 7)));
    const takeLiterals: Statement = [
      i32.store16(out, valueIn(entry)),
      advance(out, literalsIn(entry)),
      consume(bitsIn(entry)),
    ];
    const leaveAs = (reason: number, condition: I32): Statement => [
      when(condition, outcome.set(reason)),
      leaveIf('symbols', condition),
    ];
    const takeOthers: Statement = [
      load,
      when(i32.eqz(entry), entry.set(entryOfLongCode(lengths, word))),
      leaveAs(outcomes.damaged, i32.eqz(entry)),
      when(literalsIn(entry), takeLiterals, [
        consume(bitsIn(entry)),
        leaveAs(outcomes.blockEnded, i32.eq(kindIn(entry), kinds.end)),
        leaveAs(outcomes.damaged, i32.eq(kindIn(entry), kinds.nothing)),
        length.set(sum(valueIn(entry), lowest(word, extraIn(entry)))),
        consume(extraIn(entry)),
        entry.set(look(distances, word)),
        when(i32.eqz(entry), entry.set(entryOfLongCode(distances, word))),
        leaveAs(outcomes.damaged, i32.eqz(valueIn(entry))),
        consume(bitsIn(entry)),
        distance.set(sum(valueIn(entry), lowest(word, extraIn(entry)))),
        consume(extraIn(entry)),
        leaveAs(outcomes.damaged, i32.gtU(distance, i32.sub(out, oldest))),
        copyBack(out, length, distance, from),
      ]),
    ];
    const looks = Array.from({ length: looksPerLoad }, () => [
      entry.set(look(lengths, word)),
      leaveIf('literals', i32.eqz(literalsIn(entry))),
      takeLiterals,
    ]);
    const body = [
      endlessly('symbols', [
        endlessly('literals', [
          leaveIf('symbols', i32.or(i32.gtU(bitAt, lastBit), i32.gtU(out, lastOut))),
          load,
          looks,
        ]),
        takeOthers,
      ]),
      i32.store(stateAt, bitAt),
      i32.store(stateAt, out, 4),
    ];
    return { body, result: outcome };
  },
);

/**
 * `pairLiterals`: gives each entry of one literal whose neighbour in the same look is one too both of them, so that most
 * looks at a photo find two bytes. From the last entry to the first, since what it looks up lies before it.
 */
const pairLiterals = kernel('pairLiterals', { at: 'i32' }, ({ at }, declare) => {
  const entry = declare('i32', 'entry');
  const next = declare('i32', 'next');
  return endlessly('entries', [
    leaveIf('entries', i32.eqz(at)),
    advance(at, -4),
    entry.set(i32.load(at, lengths.entriesByCode)),
    when(literalsIn(entry), [
      next.set(i32.load(i32.shl(i32.shrU(i32.shrU(at, 2), bitsIn(entry)), 2), lengths.entriesByCode)),
      when(
        i32.and(i32.eq(literalsIn(next), 1), i32.ltU(sum(bitsIn(entry), bitsIn(next)), lengths.bits + 1)),
        i32.store(
          at,
          sum(entry, bitsIn(next), 1 << literalShift, i32.shl(valueIn(next), valueShift + 8)),
          lengths.entriesByCode,
        ),
      ),
    ]),
  ]);
});

export const inflateKernels = [longCode, inflate, pairLiterals];
