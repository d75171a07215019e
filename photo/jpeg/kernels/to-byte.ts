import { select } from '../../../wasm/text/control.ts';
import { i32 } from '../../../wasm/text/instructions.ts';
import { callFor, innerFunction } from '../../../wasm/text/kernel.ts';
import { constant, type I32 } from '../../../wasm/text/value.ts';

/** A whole number, or the end of 0…255 that it lies beyond. */
export const toByteFunction = innerFunction('toByte', { value: 'i32' }, ({ value }) => ({
  body: [],
  result: select(value, select(constant(0), constant(255), i32.ltS(value, 0)), i32.ltU(value, 256)),
}));

/** Half a sample's step, and 128 to bring samples from around 0 to around the middle of a byte, eight times. */
export const halfStep = 4 + (128 << 3);

export function toSample(eighths: I32): I32 {
  return callFor('i32', toByteFunction, { value: i32.shrS(eighths, 3) });
}
