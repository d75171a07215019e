import { readIntegers, readText } from '../../graph/attributes.ts';
import type { StoredNode } from '../../graph/graph-file.ts';
import type { StoredWeight } from '../../graph/stored-weights.ts';
import type { ModelKernels } from '../../kernels/model-kernels.ts';
import { tileRows } from '../../kernels/tile-rows.ts';
import { type Fusion, readFusion } from '../fusion.ts';
import type { Planner } from '../planner.ts';

/** A convolution of one place, which is a product of matrices. */
export interface Pointwise {
  readonly weight: StoredWeight;
  readonly depth: number;
  readonly channels: number;
  readonly fusion: Fusion;
}

/** Multiplies `places` rows of `depth` numbers; addresses are in bytes. */
export type Multiply = (from: number, to: number, places: number) => void;

/** A node as a 1×1 convolution of stride 1 without padding; undefined where it is none or has odd channels. */
export function readPointwise(node: StoredNode, planner: Planner): Pointwise | undefined {
  const weight = planner.weight(node, 1);
  const [kernelHeight, kernelWidth, depth = 0, channels = 0] = weight?.entry.shape ?? [];
  if (!/^(_Fused)?Conv2D$/.test(node.op) || weight === undefined || channels % 4 !== 0) return undefined;
  const steps = [kernelHeight, kernelWidth, ...readIntegers(node, 'strides'), ...readIntegers(node, 'dilations')];
  const isPlain = (readText(node, 'data_format') ?? 'NHWC') === 'NHWC' && readText(node, 'padding') !== 'EXPLICIT';
  const fusion = readFusion(node, planner, channels);
  if (steps.some((step) => step !== 1) || !isPlain || fusion === undefined || fusion.isSigmoid) return undefined;
  return { weight, depth, channels, fusion };
}

/** Lays out the weights of a product; what is returned makes the function that multiplies once they have an address. */
export function planProduct(
  { weight, depth, channels, fusion }: Pointwise,
  planner: Planner,
): (kernels: ModelKernels) => Multiply {
  const panels = planner.panels(weight, depth, channels);
  const bias = planner.vector(fusion.bias, channels);
  const columns = Math.ceil(channels / 4) * 4;
  const [low, high] = fusion.range;
  return ({ pointwise }) =>
    (from, to, places) =>
      pointwise(from, panels.address, bias.address, to, places, depth, columns, tileRows(places), low, high);
}
