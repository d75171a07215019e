import { readFlag } from '../../graph/attributes.ts';
import { readNumbers } from '../../graph/stored-weights.ts';
import { planScaling } from '../operations/affine.ts';
import { meanOfPlaces, type PoolKernel, poolOf, readPool } from '../operations/pooling.ts';
import { countOf, type PlanOperation } from '../planner.ts';
import { fillChannels, keepChannels } from './channels-in-fours.ts';

/** MaxPool or AvgPool of any number of channels. */
export function planOddPool(kernel: PoolKernel): PlanOperation {
  return (node, planner) => {
    const pool = readPool(kernel, node, planner);
    if (pool === undefined) return undefined;
    const made = poolOf(kernel, { ...pool, x: fillChannels(pool.x, planner) }, planner);
    return keepChannels(made, pool.x.shape[3] as number, planner);
  };
}

/** A map times one computed number a channel, as `planScaling`, of any number of channels. */
export const planOddScaling: PlanOperation = (node, planner) => {
  const [a, b] = [planner.input(node, 0), planner.input(node, 1)];
  if (a === undefined || b === undefined || a.shape.length !== b.shape.length) return undefined;
  const channels = a.shape.at(-1) as number;
  const [map, factors] = countOf(a.shape) === channels ? [b, a] : [a, b];
  if (countOf(factors.shape) !== channels || map.shape.at(-1) !== channels) return undefined;
  const scaled = planScaling(fillChannels(map, planner), fillChannels(factors, planner), planner);
  return scaled && keepChannels(scaled, channels, planner);
};

/** Mean over all places of a picture of any number of channels. */
export const planOddMean: PlanOperation = (node, planner) => {
  const x = planner.input(node, 0);
  const axes = planner.weight(node, 1);
  if (x?.shape.length !== 4 || axes === undefined || readNumbers(axes).toSorted().join() !== '1,2') return undefined;
  const channels = x.shape[3] as number;
  const shape = readFlag(node, 'keep_dims') ? [1, 1, 1, channels] : [1, channels];
  return { ...keepChannels(meanOfPlaces(fillChannels(x, planner), planner), channels, planner), shape };
};
