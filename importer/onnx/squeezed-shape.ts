import type { Shape } from '../graph/node.ts';
import { resolveAxis } from '../graph/shape.ts';

/** The shape without the axes given, or without any of one place. */
export function squeezedShape(shape: Shape, axes: readonly number[] | undefined): number[] {
  const removed = new Set(
    axes?.map((axis) => resolveAxis(axis, shape.length)) ?? shape.flatMap((size, at) => (size === 1 ? [at] : [])),
  );
  if ([...removed].some((axis) => shape[axis] !== 1))
    throw new RangeError(`an axis of [${shape}] has more than one place`);
  return shape.filter((_, axis) => !removed.has(axis));
}

/** The shape with axes of one place, whose places are those in the result. */
export function unsqueezedShape(shape: Shape, axes: readonly number[]): number[] {
  const rank = shape.length + axes.length;
  const inserted = new Set(axes.map((axis) => resolveAxis(axis, rank)));
  if (inserted.size !== axes.length) throw new RangeError(`the axes [${axes}] name one of them twice`);
  const kept = shape.values();
  return Array.from({ length: rank }, (_, axis) => (inserted.has(axis) ? 1 : (kept.next().value as number)));
}

export function requirePermutation(order: readonly number[], rank: number): void {
  if (order.toSorted((a, b) => a - b).some((axis, at) => axis !== at) || order.length !== rank) {
    throw new RangeError(`[${order}] is no order of ${rank} axes`);
  }
}
