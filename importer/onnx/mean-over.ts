import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { GraphNode } from '../graph/node.ts';

/** The channels of any layer: kernels know a mean over these in one piece. */
const mostAtOnce = 4096;
/** A sum of so many floats one after the other keeps its last digits. */
const mostInParts = 512;

/**
 * The mean over some axes, which are kept as axes of one place. A long axis is averaged in parts and these once more: a
 * sum of thousands of floats, each smaller against it than the one before, would lose the digits that a variance needs.
 */
export function meanOver(builder: GraphBuilder, x: GraphNode, axes: readonly number[]): GraphNode {
  const count = axes.reduce((product, axis) => product * (x.shape[axis] as number), 1);
  if (count <= mostAtOnce) return builder.reduce('Mean', x, axes, true);
  return axes.toSorted((a, b) => b - a).reduce((mean, axis) => meanOverOne(builder, mean, axis), x);
}

function meanOverOne(builder: GraphBuilder, x: GraphNode, axis: number): GraphNode {
  const size = x.shape[axis] as number;
  const part = size <= mostInParts ? size : largestDivisor(size);
  const parts = builder.reshape(x, x.shape.toSpliced(axis, 1, size / part, part));
  const means = builder.reduce('Mean', parts, [axis + 1], true);
  const joined = builder.reshape(means, x.shape.toSpliced(axis, 1, size / part));
  return size === part ? joined : meanOverOne(builder, joined, axis);
}

/** The largest of up to {@link mostInParts} that divides the size; the size itself where there is none. */
function largestDivisor(size: number): number {
  for (let divisor = mostInParts; divisor > 1; divisor--) if (size % divisor === 0) return divisor;
  return size;
}
