import {
  advance,
  countUp,
  doWhile,
  endlessly,
  giveBack,
  leaveIf,
  select,
  sum,
  when,
} from '../../../wasm/text/control.ts';
import { i32, memory } from '../../../wasm/text/instructions.ts';
import { callFor, innerFunction, kernel } from '../../../wasm/text/kernel.ts';
import { constant, type I32 } from '../../../wasm/text/value.ts';
import {
  codeLayout,
  END_OF_BLOCK,
  LENGTH_MASK,
  LOOKUP_BITS,
  RUN_MASK,
  RUN_SHIFT,
  SKIP_ADVANCE_SHIFT,
  SKIP_BITS,
  SKIP_BLOCK_END,
  skipsInBytes,
  VALUE_SHIFT,
  ZERO_RUN_SYMBOL,
} from './entropy-layout.ts';

const longestCode = 16;
const word = (address: I32, index: I32): I32 => sum(address, i32.shl(index, 2));

/** The symbol of a code of this length, which the 32 bits begin with. ITU-T T.81, F.2.2.1: value bits that begin with 0 mean a negative number. */
const symbolOf = innerFunction(
  'symbolOf',
  { code: 'i32', length: 'i32', bits: 'i32' },
  ({ code, length, bits }, declare) => {
    const symbol = declare('i32', 'symbol');
    const size = declare('i32', 'size');
    const value = declare('i32', 'value');
    const index = sum(i32.shrU(bits, i32.sub(32, length)), i32.load(word(code, length), codeLayout.offsets));
    const isAc = i32.load(code, codeLayout.isAc);
    return {
      body: [
        symbol.set(i32.load8U(sum(code, index), codeLayout.values)),
        size.set(i32.and(symbol, 15)),
        when(i32.eqz(size), [
          when(
            i32.and(isAc, i32.eqz(i32.eq(symbol, ZERO_RUN_SYMBOL))),
            giveBack(i32.or(i32.shl(sum(i32.shrU(symbol, 4), END_OF_BLOCK), RUN_SHIFT), length)),
          ),
        ]),
        when(size, [
          value.set(i32.shrU(i32.shl(bits, length), i32.sub(32, size))),
          when(i32.eqz(i32.shrU(value, i32.sub(size, 1))), value.set(sum(i32.sub(value, i32.shl(1, size)), 1))),
        ]),
      ],
      result: i32.or(
        i32.or(i32.shl(value, VALUE_SHIFT), i32.shl(i32.mul(i32.shrU(symbol, 4), isAc), RUN_SHIFT)),
        sum(length, size),
      ),
    };
  },
);

/** The symbol that 32 bits begin with, by the lengths of codes in turn; 0 where no code does. */
export const longSymbol = innerFunction('longSymbol', { code: 'i32', bits: 'i32' }, ({ code, bits }, declare) => {
  const length = declare('i32', 'length');
  return {
    body: [
      length.set(1),
      endlessly('lengths', [
        leaveIf('lengths', i32.ltU(i32.shrU(bits, 16), i32.load(word(code, length), codeLayout.limits))),
        advance(length, 1),
        when(i32.gtU(length, longestCode), giveBack(0)),
      ]),
    ],
    result: callFor('i32', symbolOf, { code, length, bits }),
  };
});

/**
 * Lays out the code whose counts, values and class lie at `code`: its limits, offsets and lookup, in which 0 stands for
 * symbols of more than ten bits (ITU-T T.81, annex C and F.2.2.3). The counts come to no more codes than their lengths allow.
 */
const layOutCode = kernel('layOutCode', { code: 'i32' }, ({ code }, declare) => {
  const next = declare('i32', 'next');
  const index = declare('i32', 'index');
  const length = declare('i32', 'length');
  const count = declare('i32', 'count');
  const bits = declare('i32', 'bits');
  const symbol = declare('i32', 'symbol');
  const end = declare('i32', 'end');
  const spread = i32.sub(LOOKUP_BITS, length);
  return [
    memory.fill(code, 0, codeLayout.limits),
    length.set(1),
    doWhile(
      'lengths',
      [
        count.set(i32.load8U(sum(code, length), codeLayout.counts - 1)),
        i32.store(word(code, length), i32.sub(index, next), codeLayout.offsets),
        bits.set(next),
        next.set(sum(next, count)),
        index.set(sum(index, count)),
        i32.store(word(code, length), i32.shl(next, i32.sub(longestCode, length)), codeLayout.limits),
        when(i32.and(i32.ltU(length, LOOKUP_BITS + 1), i32.gtU(count, 0)), [
          end.set(i32.shl(next, spread)),
          bits.set(i32.shl(bits, spread)),
          doWhile(
            'beginnings',
            [
              symbol.set(callFor('i32', symbolOf, { code, length, bits: i32.shl(bits, 32 - LOOKUP_BITS) })),
              when(
                i32.ltU(i32.and(symbol, LENGTH_MASK), LOOKUP_BITS + 1),
                i32.store(word(code, bits), symbol, codeLayout.lookup),
              ),
            ],
            countUp(bits, 1, end),
          ),
        ]),
        next.set(i32.shl(next, 1)),
      ],
      countUp(length, 1, longestCode + 1),
    ),
  ];
});

/**
 * For each value of 13 bits, how many whole symbols of an AC code they begin with, up to the end of the block: a half word of
 * how many bits and coefficients these are, 0 where there is not even one or it means nothing.
 */
const layOutSkips = kernel('layOutSkips', { code: 'i32', out: 'i32' }, ({ code, out }, declare) => {
  const at = declare('i32', 'at');
  const bits = declare('i32', 'bits');
  const length = declare('i32', 'length');
  const coefficients = declare('i32', 'coefficients');
  const symbol = declare('i32', 'symbol');
  const run = declare('i32', 'run');
  const symbolLength = i32.and(symbol, LENGTH_MASK);
  return doWhile(
    'values',
    [
      bits.set(i32.shl(at, 31 - SKIP_BITS)),
      length.set(0),
      coefficients.set(0),
      endlessly('symbols', [
        leaveIf('symbols', i32.geU(coefficients, 63)),
        symbol.set(i32.load(word(code, i32.shrU(bits, 32 - LOOKUP_BITS)))),
        when(i32.eqz(symbol), symbol.set(callFor('i32', longSymbol, { code, bits }))),
        leaveIf('symbols', i32.eqz(symbol)),
        leaveIf('symbols', i32.gtU(sum(length, symbolLength), SKIP_BITS)),
        run.set(i32.and(i32.shrU(symbol, RUN_SHIFT), RUN_MASK)),
        leaveIf('symbols', i32.gtU(run, END_OF_BLOCK)),
        length.set(sum(length, symbolLength)),
        bits.set(i32.shl(bits, symbolLength)),
        coefficients.set(sum(coefficients, select(constant(SKIP_BLOCK_END), sum(run, 1), i32.eq(run, END_OF_BLOCK)))),
      ]),
      i32.store16(sum(out, at), i32.or(i32.shl(coefficients, SKIP_ADVANCE_SHIFT), length)),
    ],
    countUp(at, 2, skipsInBytes),
  );
});

/** What reads a symbol of any length: in each module with a reader of bits. */
export const symbolFunctions = [symbolOf, longSymbol];

export const huffmanKernels = [...symbolFunctions, layOutCode, layOutSkips];
