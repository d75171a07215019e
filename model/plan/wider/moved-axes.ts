/** An axis of what moves: how many places, and how many floats from one to the next, before and after. */
export interface MovedAxis {
  readonly count: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The axes that are left when those that stay together both before and after become one and those of one place go; the one
 * to walk along innermost comes last: one whose floats lie side by side in both, else the longest of those that do in one.
 */
export function mergeAxes(
  shape: readonly number[],
  from: readonly number[],
  to: readonly number[],
): readonly MovedAxis[] {
  const merged: MovedAxis[] = [];
  for (const [axis, count] of shape.entries()) {
    if (count === 1) continue;
    const next = { count, from: from[axis] as number, to: to[axis] as number };
    const outer = merged.at(-1);
    const isOne = outer !== undefined && outer.from === next.from * count && outer.to === next.to * count;
    if (isOne) merged[merged.length - 1] = { ...next, count: outer.count * count };
    else merged.push(next);
  }
  const rankOf = ({ count, from: before, to: after }: MovedAxis) =>
    before === 1 && after === 1 ? Infinity : before === 1 || after === 1 ? count : 0;
  return merged.toSorted((a, b) => rankOf(a) - rankOf(b));
}
