import type { StoredNode } from '../../graph/graph-file.ts';
import { readNumbers } from '../../graph/stored-weights.ts';
import { padPicture } from '../padding.ts';
import { countOf, type Planner, type PlanTensor } from '../planner.ts';

/** A tensor passed on as it is. */
export function planIdentity(node: StoredNode, planner: Planner): PlanTensor | undefined {
  return planner.input(node, 0);
}

/** Reshape: the same numbers in the same order. */
export function planReshape(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const weight = planner.weight(node, 1);
  if (x === undefined || weight === undefined) return undefined;
  const sizes = [...readNumbers(weight)];
  const known = sizes.filter((size) => size >= 0).reduce((product, size) => product * size, 1);
  const shape = sizes.map((size) => (size < 0 ? countOf(x.shape) / known : size));
  return countOf(shape) === countOf(x.shape) ? { shape, storage: x.storage } : undefined;
}

/** Pad with zeros, rows and columns of a picture alone. */
export function planPad(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const paddings = planner.weight(node, 1);
  const value = planner.weight(node, 2);
  if (x?.shape.length !== 4 || paddings === undefined || (value !== undefined && readNumbers(value)[0] !== 0)) {
    return undefined;
  }
  const [batchBefore, batchAfter, top = 0, bottom = 0, left = 0, right = 0, ...channels] = readNumbers(paddings);
  if ([batchBefore, batchAfter, ...channels].some((size) => size !== 0)) return undefined;
  return padPicture(x, { top, bottom, left, right }, planner);
}

/** ConcatV2 along the last axis. */
export function planConcatenation(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const { input = [] } = node;
  const count = input.length - 1;
  const axis = planner.weight(node, count);
  const parts = Array.from({ length: count }, (_, index) => planner.input(node, index));
  const [first] = parts;
  if (first === undefined || axis === undefined || !parts.every((part) => part !== undefined)) return undefined;
  const rank = first.shape.length;
  const places = first.shape.slice(0, -1);
  const isLast = [rank - 1, -1].includes(readNumbers(axis)[0] ?? Number.NaN);
  if (!isLast || parts.some(({ shape }) => shape.slice(0, -1).join() !== places.join())) return undefined;
  const channels = parts.reduce((sum, { shape }) => sum + (shape[rank - 1] as number), 0);
  const out = planner.allocate(countOf(places) * channels);
  planner.step([...parts.map(({ storage }) => storage), out], ({ copyPlaces }) => () => {
    let to = out.address;
    for (const { shape, storage } of parts) {
      const sizeInBytes = (shape[rank - 1] as number) * 4;
      copyPlaces(storage.address, to, countOf(places), sizeInBytes, channels * 4);
      to += sizeInBytes;
    }
  });
  return { shape: [...places, channels], storage: out };
}
