import type { StoredNode } from '../../graph/graph-file.ts';
import { readNumbers } from '../../graph/stored-weights.ts';
import { countOf, nextMultipleOfFour, type Planner, type PlanTensor } from '../planner.ts';

/** A constant of floats as a tensor like any other. */
export function planConstant(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const weight = planner.weight({ ...node, input: [node.name] }, 0);
  if (weight?.entry.dtype !== 'float32') return undefined;
  const { shape } = weight.entry;
  const length = nextMultipleOfFour(countOf(shape));
  const storage = planner.constant(length, (loader, address) => {
    const numbers = new Float32Array(length);
    numbers.set(readNumbers(weight));
    loader.packNumbers(numbers, address, length / 4, 4);
  });
  return { shape, storage };
}
