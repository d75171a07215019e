import { i32 } from '../../../wasm/text/instructions.ts';
import type { I32 } from '../../../wasm/text/value.ts';
import { extraShift, kindShift, kinds, literalShift, valueShift } from './symbol-entries.ts';

// What a kernel reads in an entry, field by field as symbol-entries.ts lays them out.

export const bitsIn = (entry: I32): I32 => i32.and(entry, 0xff);
export const literalsIn = (entry: I32): I32 => i32.and(i32.shrU(entry, literalShift), 3);
export const extraIn = (entry: I32): I32 => i32.and(i32.shrU(entry, extraShift), 0xf);
export const valueIn = (entry: I32): I32 => i32.shrU(entry, valueShift);

/** Whether an entry without literals is of this kind. */
export const isOfKind = (entry: I32, kind: keyof typeof kinds): I32 =>
  i32.eq(i32.and(i32.shrU(entry, kindShift), 3), kinds[kind]);
