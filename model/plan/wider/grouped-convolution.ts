import { readIntegers, readText, readTexts } from '../../graph/attributes.ts';
import type { StoredNode } from '../../graph/graph-file.ts';
import { readNumbers } from '../../graph/stored-weights.ts';
import { readFusion } from '../fusion.ts';
import type { Four, Planner, PlanTensor } from '../planner.ts';
import { type ConvolvedGroup, convolveDirectly } from './direct-convolution.ts';

/**
 * ConcatV2 of the convolutions of all groups of channels, each of a slice of its own, as a graph without groups has to say
 * it; as one convolution, which reads the groups where they lie. Undefined where the nodes do not form such a group.
 */
export function planGroupedConvolution(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const { input = [] } = node;
  const count = input.length - 1;
  const axis = planner.weight(node, count);
  if (count < 2 || axis === undefined || ![3, -1].includes(readNumbers(axis)[0] as number)) return undefined;
  const parts = Array.from({ length: count }, (_, index) => planner.soleInput(node, index));
  const [first] = parts;
  if (first === undefined || !parts.every((part) => part !== undefined && isAlike(part, first))) return undefined;
  const slices = parts.map((part) => part && planner.inputNode(part, 0));
  const picture = slices[0]?.input?.[0];
  if (slices.some((slice) => slice?.op !== 'Slice' || slice.input?.[0] !== picture) || picture === undefined) {
    return undefined;
  }
  const groups = parts.map((part) => part && readGroup(part, planner));
  const [group] = groups;
  if (group === undefined) return undefined;
  const { shape } = group.weight.entry;
  const [, , depth] = shape as Four;
  if (!groups.every((other) => other?.weight.entry.shape.join() === shape.join())) return undefined;
  if (!slices.every((slice, index) => slice && isGroup(slice, index, depth, planner))) return undefined;
  const x = planner.tensor(picture);
  if (x?.shape[3] !== depth * count) return undefined;
  return convolveDirectly(first, x, groups as [ConvolvedGroup, ...ConvolvedGroup[]], planner);
}

function isAlike(part: StoredNode, first: StoredNode): boolean {
  const kind = (node: StoredNode) => [
    node.op,
    readText(node, 'padding'),
    ...['strides', 'dilations', 'explicit_paddings'].map((key) => readIntegers(node, key).join()),
    readTexts(node, 'fused_ops').join(),
  ];
  return /^(_Fused)?Conv2D$/.test(part.op) && kind(part).join(' ') === kind(first).join(' ');
}

function readGroup(part: StoredNode, planner: Planner): ConvolvedGroup | undefined {
  const weight = planner.weight(part, 1);
  const fusion = weight && readFusion(part, planner, weight.entry.shape[3] as number);
  return fusion && { weight, fusion };
}

/** Whether a slice takes the channels of one group, and all places. */
function isGroup(slice: StoredNode, group: number, depth: number, planner: Planner): boolean {
  const [begin, size] = [planner.weight(slice, 1), planner.weight(slice, 2)];
  if (begin === undefined || size === undefined) return false;
  const [, , , channels] = readNumbers(size);
  return readNumbers(begin).join() === [0, 0, 0, group * depth].join() && channels === depth;
}
