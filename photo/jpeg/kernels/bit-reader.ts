import { giveBack, sum, when } from '../../../wasm/text/control.ts';
import { i32, i64 } from '../../../wasm/text/instructions.ts';
import { callFor, type Declare } from '../../../wasm/text/kernel.ts';
import type { I32, Local, Statement, Whole } from '../../../wasm/text/value.ts';
import { blockDamage, LENGTH_MASK, LOOKUP_BITS, RUN_MASK, RUN_SHIFT, VALUE_SHIFT } from './entropy-layout.ts';
import { longSymbol } from './huffman-kernels.ts';

const wordInBytes = 8;
/** So many bits are there after a refill, at least. */
const refilled = 56;

/**
 * How a kernel reads entropy-coded data that lies backwards below `windowEnd`, from the bit position on that the word at
 * `position` holds. Each read begins with 25 bits at least and ends so: a refill leaves 56, no symbol takes more than 31.
 */
export interface BitReader {
  /** Bits to come, from the highest on; behind them zeros, or what comes then. */
  readonly bits: Local<'i64'>;
  /** The address of the code that symbols are read of. */
  readonly code: Local<'i32'>;
  readonly symbol: Local<'i32'>;
  readonly bitPosition: I32;
  readonly open: Statement;
  /** Writes down where it is. */
  readonly close: Statement;
  /** Whatever is left: a branch would cost more, since no processor foresees it. */
  readonly refill: Statement;
  readonly firstBits: (count: number) => I32;
  readonly pass: (count: Whole) => Statement;
  /** Passes as many as the lowest six bits say, of a symbol for instance. */
  readonly passBy: (count: I32) => Statement;
  /** The symbol that comes next, after a refill, or the end of the kernel where none does; it is not passed yet. */
  readonly readLongSymbol: Statement;
  /** Reads and passes a symbol; looked up before it refills, which then waits for nothing. */
  readonly readSymbol: Statement;
  readonly run: I32;
  readonly value: I32;
}

export function bitReader(position: I32, windowEnd: I32, declare: Declare): BitReader {
  const bits = declare('i64', 'bits');
  /** How many of `bits` count, and where the eight bytes behind them lie. */
  const left = declare('i32', 'left');
  const source = declare('i32', 'source');
  const code = declare('i32', 'code');
  const symbol = declare('i32', 'symbol');

  const lastWord = i32.sub(windowEnd, wordInBytes);
  const refill: Statement = [
    bits.set(i64.or(bits, i64.shrU(i64.load(source), left))),
    source.set(i32.sub(source, i32.shrU(i32.sub(63, left), 3))),
    left.set(i32.or(left, refilled)),
  ];
  const firstBits = (count: number): I32 => i32.wrapI64(i64.shrU(bits, 64 - count));
  const pass = (count: Whole): Statement => [bits.set(i64.shl(bits, count)), left.set(i32.sub(left, count))];
  const passBy = (count: I32): Statement => [
    bits.set(i64.shl(bits, count)),
    left.set(i32.sub(left, i32.and(count, LENGTH_MASK))),
  ];
  const readLongSymbol: Statement = [
    symbol.set(callFor('i32', longSymbol, { code, bits: firstBits(32) })),
    when(i32.eqz(symbol), giveBack(blockDamage.unknownCode)),
  ];
  const bitPosition = i32.sub(i32.shl(i32.sub(lastWord, source), 3), left);
  return {
    bits,
    code,
    symbol,
    bitPosition,
    open: [
      source.set(i32.sub(lastWord, i32.shrU(i32.load(position), 3))),
      bits.set(i64.const(0)),
      left.set(0),
      refill,
      pass(i32.and(i32.load(position), 7)),
    ],
    close: i32.store(position, bitPosition),
    refill,
    firstBits,
    pass,
    passBy,
    readLongSymbol,
    readSymbol: [
      symbol.set(i32.load(sum(code, i32.shl(firstBits(LOOKUP_BITS), 2)))),
      refill,
      when(i32.eqz(symbol), readLongSymbol),
      passBy(symbol),
    ],
    run: i32.and(i32.shrU(symbol, RUN_SHIFT), RUN_MASK),
    value: i32.shrS(symbol, VALUE_SHIFT),
  };
}
