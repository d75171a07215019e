import type { GraphNode } from '../../graph-file.ts';
import { readFlag } from '../attributes.ts';
import { planFusion } from '../fusion.ts';
import type { Planner, PlanTensor } from '../planner.ts';

/** MatMul of one row with a constant matrix, with bias and a clamping activation. */
export function planDense(node: GraphNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const weight = planner.weight(node, 1);
  const [depth = 0, units = 0] = weight?.entry.shape ?? [];
  if (x === undefined || weight === undefined || x.shape.join() !== `1,${depth}`) return undefined;
  if (readFlag(node, 'transpose_a') || readFlag(node, 'transpose_b')) return undefined;
  const fusion = planFusion(node, planner, units);
  if (fusion === undefined) return undefined;
  const columns = Math.ceil(units / 4) * 4;
  const panels = planner.panels(weight, depth, units);
  const out = planner.allocate(columns);
  planner.step([x.storage, out], ({ pointwise }) => () => {
    pointwise(
      x.storage.address,
      panels.address,
      fusion.bias.address,
      out.address,
      1,
      depth,
      columns,
      1,
      ...fusion.range,
    );
  });
  return { shape: [1, units], storage: out };
}
