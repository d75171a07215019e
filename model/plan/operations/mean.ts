import type { GraphNode } from '../../graph-file.ts';
import { readNumbers } from '../../stored-weights.ts';
import { readFlag } from '../attributes.ts';
import type { Planner, PlanTensor } from '../planner.ts';

/** The mean over all places of a map ("global average pooling"), its channels a multiple of four. */
export function planMean(node: GraphNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const axes = planner.weight(node, 1);
  if (x === undefined || axes === undefined || readNumbers(axes).join() !== '1,2') return undefined;
  const [, height = 0, width = 0, channels = 0] = x.shape;
  if (x.shape.length !== 4 || channels % 4 !== 0) return undefined;
  const out = planner.allocate(channels);
  planner.step([x.storage, out], ({ mean }) => () => {
    mean(x.storage.address, height * width, channels * 4, out.address);
  });
  return { shape: readFlag(node, 'keep_dims') ? [1, 1, 1, channels] : [1, channels], storage: out };
}
