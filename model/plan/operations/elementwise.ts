import type { GraphNode } from '../../graph-file.ts';
import { everything } from '../fusion.ts';
import type { Planner, PlanTensor } from '../planner.ts';

/** The sum of two tensors of one shape. */
export function planAdd(node: GraphNode, planner: Planner): PlanTensor | undefined {
  const a = planner.input(node, 0);
  const b = planner.input(node, 1);
  if (a === undefined || b === undefined || a.shape.join() !== b.shape.join()) return undefined;
  const count = a.shape.reduce((product, size) => product * size, 1);
  const out = planner.allocate(count);
  planner.step([a.storage, b.storage, out], ({ add }) => () => {
    add(a.storage.address, b.storage.address, out.address, count, ...everything);
  });
  return { shape: a.shape, storage: out };
}

/** A tensor passed on as it is. */
export function planIdentity(node: GraphNode, planner: Planner): PlanTensor | undefined {
  return planner.input(node, 0);
}
