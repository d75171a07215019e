import { i8x16 } from '../../../wasm/text/instructions.ts';
import type { Local, Statement, V128 } from '../../../wasm/text/value.ts';

const swapHalves = [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7];
const swapNeighbours = [4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11];

/** Makes each lane what the operation makes of all four. */
export function acrossLanes(value: Local<'v128'>, combine: (a: V128, b: V128) => V128): Statement {
  return [swapHalves, swapNeighbours].map((order) => value.set(combine(value, i8x16.shuffle(value, value, order))));
}
