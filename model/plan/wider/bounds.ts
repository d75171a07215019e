import type { StoredNode } from '../../graph/graph-file.ts';
import { readNumbers } from '../../graph/stored-weights.ts';
import { clampTo } from '../operations/elementwise.ts';
import { countOf, type Planner, type PlanOperation, type PlanTensor } from '../planner.ts';

/** ClipByValue: what an activation of a quantised file is cut off at, in one pass. */
export function planClip(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const [low, high] = [boundOf(node, planner, 1), boundOf(node, planner, 2)];
  const x = planner.input(node, 0);
  return low === undefined || high === undefined ? undefined : x && clampTo([low, high], x, planner);
}

/** Maximum or Minimum with one number. */
export function planBound(side: 'low' | 'high'): PlanOperation {
  return (node, planner) => {
    const bound = boundOf(node, planner, 1);
    if (bound === undefined) return undefined;
    const x = planner.input(node, 0);
    return x && clampTo(side === 'low' ? [bound, Infinity] : [-Infinity, bound], x, planner);
  };
}

/** Undefined where it is no constant of one number. */
function boundOf(node: StoredNode, planner: Planner, index: number): number | undefined {
  const weight = planner.weight(node, index);
  return weight && countOf(weight.entry.shape) === 1 ? readNumbers(weight)[0] : undefined;
}
