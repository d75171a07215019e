import { advance, endlessly, leaveIf, sum, until, when } from '../../../wasm/text/control.ts';
import { i32, i64, v128 } from '../../../wasm/text/instructions.ts';
import { callFor, innerFunction, kernel } from '../../../wasm/text/kernel.ts';
import { constant, type I32, type I64, type Local, type Statement, type Whole } from '../../../wasm/text/value.ts';
import { extraIn, isOfKind, literalsIn, valueIn } from './entry-fields.ts';
import { distances, lengths, outcomes, type SymbolTable, stateAt } from './inflate-memory.ts';
import { mostBitsOfCode } from './symbol-entries.ts';

const vectorInBytes = 16;
/**
 * The next bits lie above two that are used up: so the index of an entry of four bytes needs no shift before it is looked
 * up, which all that follows waits for.
 */
const usedBits = 2;
/** What is held after a refill at least, used bits among them: enough for four looks, or for a length with its distance. */
const leastHeld = 56;
const looksPerRefill = 4;

const next = (word: I64) => i32.wrapI64(i64.shrU(word, usedBits));
const lowest = (word: I64, bits: Whole) => i32.and(next(word), i32.sub(i32.shl(1, bits), 1));
const look = (table: SymbolTable, word: I64) =>
  i32.load(i32.and(i32.wrapI64(word), ((1 << table.bits) - 1) << usedBits), table.entriesByCode);

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
    word: next(word),
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
 * block ends, more of the input than up to `lastInput` is held or the output's last place is passed, or something is not
 * deflate. Returns which, and leaves how far it came in both at `stateAt`.
 *
 * Bits are held as libdeflate holds them (https://fgiesen.wordpress.com/2018/02/20/reading-bits-in-far-too-many-ways-part-2/,
 * variant 4): how many is right in the lowest byte alone, so that a whole entry can be taken off.
 */
const inflate = kernel(
  'inflate',
  { input: 'i32', bitAt: 'i32', lastInput: 'i32', out: 'i32', lastOut: 'i32', oldest: 'i32' },
  ({ input, bitAt, lastInput, out, lastOut, oldest }, declare) => {
    const word = declare('i64', 'word');
    const held = declare('i32', 'held');
    const at = declare('i32', 'at');
    const entry = declare('i32', 'entry');
    const length = declare('i32', 'length');
    const distance = declare('i32', 'distance');
    const from = declare('i32', 'from');
    const outcome = declare('i32', 'outcome');
    const refill: Statement = [
      word.set(i64.or(word, i64.shl(i64.load(at), held))),
      advance(at, i32.shrU(i32.and(i32.sub(63, held), leastHeld), 3)),
      held.set(i32.or(held, leastHeld)),
    ];
    // A shift looks at the lowest six bits of its count alone.
    const consume = (bits: I32): Statement => [word.set(i64.shrU(word, bits)), held.set(i32.sub(held, bits))];
    const takeLiterals: Statement = [i32.store16(out, valueIn(entry)), advance(out, literalsIn(entry)), consume(entry)];
    const leaveAs = (reason: number, condition: I32): Statement => [
      when(condition, outcome.set(reason)),
      leaveIf('symbols', condition),
    ];
    const takeOthers: Statement = [
      refill,
      when(i32.eqz(entry), entry.set(entryOfLongCode(lengths, word))),
      leaveAs(outcomes.damaged, i32.eqz(entry)),
      when(literalsIn(entry), takeLiterals, [
        consume(entry),
        leaveAs(outcomes.blockEnded, isOfKind(entry, 'end')),
        leaveAs(outcomes.damaged, isOfKind(entry, 'nothing')),
        length.set(sum(valueIn(entry), lowest(word, extraIn(entry)))),
        consume(extraIn(entry)),
        entry.set(look(distances, word)),
        when(i32.eqz(entry), entry.set(entryOfLongCode(distances, word))),
        leaveAs(outcomes.damaged, i32.eqz(valueIn(entry))),
        consume(entry),
        distance.set(sum(valueIn(entry), lowest(word, extraIn(entry)))),
        consume(extraIn(entry)),
        leaveAs(outcomes.damaged, i32.gtU(distance, i32.sub(out, oldest))),
        copyBack(out, length, distance, from),
      ]),
    ];
    const looks = Array.from({ length: looksPerRefill }, () => [
      entry.set(look(lengths, word)),
      leaveIf('literals', i32.eqz(literalsIn(entry))),
      takeLiterals,
    ]);
    const body = [
      at.set(sum(input, i32.shrU(bitAt, 3))),
      held.set(usedBits),
      refill,
      consume(i32.and(bitAt, 7)),
      endlessly('symbols', [
        endlessly('literals', [
          leaveIf('symbols', i32.or(i32.gtU(at, lastInput), i32.gtU(out, lastOut))),
          refill,
          looks,
        ]),
        takeOthers,
      ]),
      i32.store(stateAt, sum(i32.sub(i32.shl(i32.sub(at, input), 3), i32.and(held, 63)), usedBits)),
      i32.store(stateAt, out, 4),
    ];
    return { body, result: outcome };
  },
);

export const inflateKernels = [longCode, inflate];
