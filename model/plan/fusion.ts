import { readTexts } from '../graph/attributes.ts';
import type { StoredNode } from '../graph/graph-file.ts';
import type { StoredWeight } from '../graph/stored-weights.ts';
import type { Planner } from './planner.ts';

/** What a fused operation does to its sums. */
export interface Fusion {
  /** One number a channel; undefined where nothing is added. */
  readonly bias: StoredWeight | undefined;
  readonly range: Range;
  /** Whether a sigmoid follows. */
  readonly isSigmoid: boolean;
}

/** The smallest and the largest number that an activation lets through. */
export type Range = readonly [low: number, high: number];

const ranges: ReadonlyMap<string, Range> = new Map([
  ['Relu', [0, Infinity]],
  ['Relu6', [0, 6]],
]);
export const everything: Range = [-Infinity, Infinity];

/** The range of a clamping activation of TensorFlow, undefined for any other. */
export function rangeOf(activation: string): Range | undefined {
  return ranges.get(activation);
}

/** The bias and activation of a fused or plain operation; undefined for activations but clamps and the sigmoid. */
export function readFusion(node: StoredNode, planner: Planner, channels: number): Fusion | undefined {
  const operations = readTexts(node, 'fused_ops');
  const hasBias = operations[0] === 'BiasAdd';
  const [activation, ...others] = hasBias ? operations.slice(1) : operations;
  const isSigmoid = activation === 'Sigmoid';
  const range = activation === undefined || isSigmoid ? everything : rangeOf(activation);
  const bias = hasBias ? planner.weight(node, 2) : undefined;
  if (range === undefined || others.length > 0) return undefined;
  return hasBias && bias?.entry.shape.join() !== String(channels) ? undefined : { bias, range, isSigmoid };
}
