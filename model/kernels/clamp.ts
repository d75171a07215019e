import { f32x4 } from '../../wasm/text/instructions.ts';
import type { Declare } from '../../wasm/text/kernel.ts';
import type { F32, Statement, V128 } from '../../wasm/text/value.ts';

export const vectorInBytes = 16;

/** The smallest and the largest number that a result may be, four times each. */
export interface VectorRange {
  readonly lowest: V128;
  readonly highest: V128;
}

/** Declares the locals that hold a range, and sets them. */
export function limits(
  low: F32,
  high: F32,
  declare: Declare,
): { readonly setLimits: Statement; readonly range: VectorRange } {
  const lowest = declare('v128', 'lowest');
  const highest = declare('v128', 'highest');
  return { setLimits: [lowest.set(f32x4.splat(low)), highest.set(f32x4.splat(high))], range: { lowest, highest } };
}

export function clamped(value: V128, { lowest, highest }: VectorRange): V128 {
  return f32x4.relaxedMin(highest, f32x4.relaxedMax(lowest, value));
}
