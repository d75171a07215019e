import { advance, countUp, doWhile, endlessly, leaveIf, sum, when } from '../../../wasm/text/control.ts';
import { i32 } from '../../../wasm/text/instructions.ts';
import { callFor, kernel } from '../../../wasm/text/kernel.ts';
import type { I32 } from '../../../wasm/text/value.ts';
import {
  END_OF_BLOCK,
  GROUP_BITS,
  GROUP_BLOCK_END,
  GROUP_COEFFICIENTS,
  GROUP_FOUND_SHIFT,
  groupsInBytes,
  LENGTH_MASK,
  LOOKUP_BITS,
  RUN_MASK,
  RUN_SHIFT,
  VALUE_SHIFT,
} from './entropy-layout.ts';
import { longSymbol } from './huffman-kernels.ts';

/**
 * `layOutGroups`: for each value of 11 bits, how many whole symbols of an AC code they begin with, up to the end of the block,
 * none of them more than one bit large.
 */
export const groupKernel = kernel('layOutGroups', { code: 'i32', out: 'i32' }, ({ code, out }, declare) => {
  const at = declare('i32', 'at');
  const bits = declare('i32', 'bits');
  const length = declare('i32', 'length');
  const coefficients = declare('i32', 'coefficients');
  const found = declare('i32', 'found');
  const negative = declare('i32', 'negative');
  const symbol = declare('i32', 'symbol');
  const run = declare('i32', 'run');
  const value = declare('i32', 'value');
  const symbolLength = i32.and(symbol, LENGTH_MASK);
  const bitOf = (condition: I32): I32 => i32.shl(condition, sum(coefficients, run));
  return doWhile(
    'values',
    [
      bits.set(i32.shl(at, 29 - GROUP_BITS)),
      [length, coefficients, found, negative].map((local) => local.set(0)),
      endlessly('symbols', [
        leaveIf('symbols', i32.geU(coefficients, GROUP_COEFFICIENTS)),
        symbol.set(i32.load(sum(code, i32.shl(i32.shrU(bits, 32 - LOOKUP_BITS), 2)))),
        when(i32.eqz(symbol), symbol.set(callFor('i32', longSymbol, { code, bits }))),
        leaveIf('symbols', i32.eqz(symbol)),
        leaveIf('symbols', i32.gtU(sum(length, symbolLength), GROUP_BITS)),
        run.set(i32.and(i32.shrU(symbol, RUN_SHIFT), RUN_MASK)),
        value.set(i32.shrS(symbol, VALUE_SHIFT)),
        when(i32.eq(run, END_OF_BLOCK), run.set(GROUP_BLOCK_END - 1), [
          leaveIf('symbols', i32.geU(sum(coefficients, run), GROUP_COEFFICIENTS)),
          leaveIf('symbols', i32.gtU(sum(value, 1), 2)),
          found.set(i32.or(found, bitOf(i32.ne(value, 0)))),
          negative.set(i32.or(negative, bitOf(i32.ltS(value, 0)))),
        ]),
        length.set(sum(length, symbolLength)),
        bits.set(i32.shl(bits, symbolLength)),
        advance(coefficients, sum(run, 1)),
      ]),
      i32.store(sum(out, at), i32.or(length, i32.shl(found, GROUP_FOUND_SHIFT))),
      i32.store(sum(out, at), i32.or(negative, i32.shl(coefficients, GROUP_COEFFICIENTS)), 4),
    ],
    countUp(at, 8, groupsInBytes),
  );
});
