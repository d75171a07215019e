import { readFlag } from '../../graph/attributes.ts';
import type { StoredNode } from '../../graph/graph-file.ts';
import { readFusion } from '../fusion.ts';
import type { Planner, PlanTensor } from '../planner.ts';
import { activate } from './elementwise.ts';
import { planProduct } from './pointwise.ts';

/** MatMul of one row with a constant matrix, with bias and activation. */
export function planDense(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const weight = planner.weight(node, 1);
  if (x === undefined || weight === undefined) return undefined;
  const [depth, units] = weight.entry.shape as [number, number];
  if (x.shape.join() !== `1,${depth}`) return undefined;
  if (readFlag(node, 'transpose_a') || readFlag(node, 'transpose_b')) return undefined;
  const fusion = readFusion(node, planner, units);
  if (fusion === undefined) return undefined;
  const product = planProduct({ weight, depth, channels: units, fusion }, planner);
  // The product is made of columns in fours.
  const out = planner.allocate(Math.ceil(units / 4) * 4);
  planner.step([x.storage, out], (kernels) => {
    const multiply = product(kernels);
    return () => multiply(x.storage.address, out.address, 1);
  });
  return activate({ shape: [1, units], storage: out }, fusion, planner);
}
