import { giveBack, sum, when } from '../../../wasm/text/control.ts';
import { i8x16, i32, i64, i64x2, v128 } from '../../../wasm/text/instructions.ts';
import { callFor, type Declare } from '../../../wasm/text/kernel.ts';
import type { I32, Local, Statement, Whole } from '../../../wasm/text/value.ts';
import { blockDamage, LENGTH_MASK, LOOKUP_BITS, RUN_MASK, RUN_SHIFT, VALUE_SHIFT } from './entropy-layout.ts';
import { longSymbol } from './huffman-kernels.ts';

const mostSignificantFirst = [7, 6, 5, 4, 3, 2, 1, 0, ...Array<number>(8).fill(16)];
/** No symbol has more bits. */
const longestSymbol = 32;

/** How a kernel reads the entropy-coded data at `window`, from the bit position on that the word at `position` holds. */
export interface BitReader {
  /** Bits to come, from the highest on; zeros or later ones behind them. */
  readonly bits: Local<'i64'>;
  /** The address of the code that symbols are read of. */
  readonly code: Local<'i32'>;
  readonly symbol: Local<'i32'>;
  readonly bitPosition: I32;
  readonly open: Statement;
  /** Writes down where it is. */
  readonly close: Statement;
  /** Makes sure of as many bits as the longest symbol has. */
  readonly refillWhenShort: Statement;
  /** Makes sure of so many bits, 57 at most. */
  readonly refillBelow: (count: Whole) => Statement;
  readonly firstBits: (count: number) => I32;
  readonly pass: (count: Whole) => Statement;
  /** Passes as many as the lowest six bits say, of a symbol for instance. */
  readonly passBy: (count: I32) => Statement;
  /** The symbol that comes next, or the end of the kernel where none does; it is not passed yet. */
  readonly readLongSymbol: Statement;
  /** Reads and passes a symbol. */
  readonly readSymbol: Statement;
  readonly run: I32;
  readonly value: I32;
}

export function bitReader(position: I32, window: I32, declare: Declare): BitReader {
  const bits = declare('i64', 'bits');
  /** How many of `bits` are left, and the position of the one behind them. */
  const left = declare('i32', 'left');
  const end = declare('i32', 'end');
  const at = declare('i32', 'refilledAt');
  const code = declare('i32', 'code');
  const symbol = declare('i32', 'symbol');

  const bitPosition = i32.sub(end, left);
  const refill: Statement = [
    bits.set(
      i64.shl(
        i64x2.extractLane(
          i8x16.shuffle(v128.load64Zero(sum(window, i32.shrU(at, 3))), v128.zero, mostSignificantFirst),
          0,
        ),
        i32.and(at, 7),
      ),
    ),
    left.set(i32.sub(64, i32.and(at, 7))),
    end.set(sum(at, left)),
  ];
  const refillBelow = (count: Whole) => when(i32.ltU(left, count), [at.set(bitPosition), refill]);
  const firstBits = (count: number): I32 => i32.wrapI64(i64.shrU(bits, 64 - count));
  const pass = (count: Whole): Statement => [bits.set(i64.shl(bits, count)), left.set(i32.sub(left, count))];
  const readLongSymbol: Statement = [
    symbol.set(callFor('i32', longSymbol, { code, bits: firstBits(32) })),
    when(i32.eqz(symbol), giveBack(blockDamage.unknownCode)),
  ];
  const passBy = (count: I32): Statement => [
    bits.set(i64.shl(bits, count)),
    left.set(i32.sub(left, i32.and(count, LENGTH_MASK))),
  ];
  return {
    bits,
    code,
    symbol,
    bitPosition,
    open: [at.set(i32.load(position)), refill],
    close: i32.store(position, bitPosition),
    refillWhenShort: refillBelow(longestSymbol),
    refillBelow,
    firstBits,
    pass,
    passBy,
    readLongSymbol,
    readSymbol: [
      symbol.set(i32.load(sum(code, i32.shl(firstBits(LOOKUP_BITS), 2)))),
      when(i32.eqz(symbol), readLongSymbol),
      passBy(symbol),
    ],
    run: i32.and(i32.shrU(symbol, RUN_SHIFT), RUN_MASK),
    value: i32.shrS(symbol, VALUE_SHIFT),
  };
}
