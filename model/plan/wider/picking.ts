import { readInteger } from '../../graph/attributes.ts';
import type { StoredNode } from '../../graph/graph-file.ts';
import { readNumbers } from '../../graph/stored-weights.ts';
import { countOf, type Planner, type PlanTensor } from '../planner.ts';

const floatInBytes = Float32Array.BYTES_PER_ELEMENT;
/** Runs of fewer floats are copied one by one. */
const shortestRun = 16;

/** GatherV2 of places that are known beforehand, along one axis. */
export function planGather(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const [places, axes] = [planner.weight(node, 1), planner.weight(node, 2)];
  if (x === undefined || places === undefined || axes === undefined) return undefined;
  if (places.entry.shape.length !== 1 || readInteger(node, 'batch_dims') !== 0) return undefined;
  const axis = ((readNumbers(axes)[0] as number) + x.shape.length) % x.shape.length;
  return pickAlong(x, axis, [...readNumbers(places)], planner);
}

/** ReverseV2 along one axis. */
export function planReverse(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const axes = planner.weight(node, 1);
  if (x === undefined || axes === undefined || countOf(axes.entry.shape) !== 1) return undefined;
  const axis = ((readNumbers(axes)[0] as number) + x.shape.length) % x.shape.length;
  const size = x.shape[axis] as number;
  return pickAlong(
    x,
    axis,
    Array.from({ length: size }, (_, at) => size - 1 - at),
    planner,
  );
}

/** Tile: the places of each axis over and over. */
export function planTile(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const weight = planner.weight(node, 1);
  if (x === undefined || weight === undefined) return undefined;
  return [...readNumbers(weight)].reduce<PlanTensor | undefined>((tensor, times, axis) => {
    if (tensor === undefined || times === 1) return tensor;
    const size = tensor.shape[axis] as number;
    const places = Array.from({ length: size * times }, (_, at) => at % size);
    return pickAlong(tensor, axis, places, planner);
  }, x);
}

function pickAlong(x: PlanTensor, axis: number, places: readonly number[], planner: Planner): PlanTensor | undefined {
  const size = x.shape[axis] as number;
  if (places.length === 0 || places.some((place) => !(place >= 0 && place < size))) return undefined;
  const run = countOf(x.shape.slice(axis + 1));
  const outer = countOf(x.shape.slice(0, axis));
  const out = planner.allocate(outer * places.length * run);
  planner.step([x.storage, out], (_kernels, floats) => () => {
    const start = x.storage.address / floatInBytes;
    let to = out.address / floatInBytes;
    for (let row = 0; row < outer; row++) {
      for (const place of places) {
        const from = start + (row * size + place) * run;
        if (run < shortestRun) for (let at = 0; at < run; at++) floats[to + at] = floats[from + at] as number;
        else floats.copyWithin(to, from, from + run);
        to += run;
      }
    }
  });
  return { shape: x.shape.with(axis, places.length), storage: out };
}
