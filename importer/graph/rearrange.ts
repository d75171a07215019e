import type { GraphBuilder } from './graph-builder.ts';
import type { GraphNode } from './node.ts';
import { resolveAxis } from './shape.ts';

/** The same values in the other order along these axes. */
export function reverse(builder: GraphBuilder, x: GraphNode, axes: readonly number[]): GraphNode {
  if (axes.length === 0) return x;
  const resolved = axes.map((axis) => resolveAxis(axis, x.shape.length));
  return builder.node('ReverseV2', [x, builder.integers('axes', resolved)], { shape: x.shape });
}

/** Positions of one axis in another order, some perhaps more than once; they are known beforehand. */
export function pick(builder: GraphBuilder, x: GraphNode, axis: number, positions: readonly number[]): GraphNode {
  const shape = x.shape.map((size, at) => (at === axis ? positions.length : size));
  const inputs = [x, builder.integers('positions', positions), builder.integers('axis', [axis], [])];
  return builder.node('GatherV2', inputs, { shape, attributes: { batch_dims: { int: 0 } } });
}
