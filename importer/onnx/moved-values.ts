import type { Shape } from '../graph/node.ts';
import { countValues, resolveAxis } from '../graph/shape.ts';
import { isWhole, type Known, newValues, requireProportion, stepsOf } from './known.ts';
import type { SliceRange } from './slice-ranges.ts';

/** Copies the values at the places that `pick` names for each place of the result. */
function pickValues(x: Known, shape: Shape, pick: (place: readonly number[]) => number): Known {
  requireProportion(shape, x);
  const values = newValues(isWhole(x), countValues(shape));
  const place = shape.map(() => 0);
  for (let at = 0; at < values.length; at++) {
    values[at] = x.values[pick(place)] as number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place[axis] = (place[axis] as number) + 1;
      if ((place[axis] as number) < (shape[axis] as number)) break;
      place[axis] = 0;
    }
  }
  return { values, shape };
}

export function tileValues(x: Known, repeats: readonly number[]): Known {
  const steps = stepsOf(x.shape);
  const shape = x.shape.map((size, axis) => size * (repeats[axis] ?? 1));
  return pickValues(x, shape, (place) =>
    place.reduce((sum, at, axis) => sum + (at % (x.shape[axis] as number)) * (steps[axis] as number), 0),
  );
}

export function sliceValues(x: Known, ranges: readonly SliceRange[]): Known {
  const steps = stepsOf(x.shape);
  const shape = ranges.map(({ count }) => count);
  return pickValues(x, shape, (place) =>
    place.reduce((sum, at, axis) => {
      const { start, step } = ranges[axis] as SliceRange;
      return sum + (start + at * step) * (steps[axis] as number);
    }, 0),
  );
}

export function gatherValues(x: Known, indices: Known, wanted: number): Known {
  const axis = resolveAxis(wanted, x.shape.length);
  const size = x.shape[axis] as number;
  const inner = countValues(x.shape.slice(axis + 1));
  const outer = countValues(x.shape.slice(0, axis));
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  requireProportion(shape, x);
  const values = newValues(isWhole(x), countValues(shape));
  let to = 0;
  for (let part = 0; part < outer; part++) {
    for (const given of indices.values) {
      const from = (part * size + placeIn(size, given)) * inner;
      values.set(x.values.subarray(from, from + inner), to);
      to += inner;
    }
  }
  return { values, shape };
}

/** The values with parts of them replaced, each at the place that its index of one or more axes names. */
export function scatterValues(x: Known, indices: Known, updates: Known): Known {
  const depth = indices.shape.at(-1) ?? 0;
  const steps = stepsOf(x.shape);
  const part = countValues(x.shape.slice(depth));
  const values = x.values.slice();
  if (depth < 1 || depth > x.shape.length || (updates.values.length / part) * depth !== indices.values.length) {
    throw new RangeError(`its indices [${indices.shape}] do not fit a tensor of [${x.shape}]`);
  }
  for (let from = 0, at = 0; at < indices.values.length; at += depth, from += part) {
    let to = 0;
    for (let axis = 0; axis < depth; axis++) {
      to += placeIn(x.shape[axis] as number, indices.values[at + axis] as number) * (steps[axis] as number);
    }
    values.set(updates.values.subarray(from, from + part), to);
  }
  return { values, shape: x.shape };
}

/** Undefined where a part is not known. */
export function concatValues(inputs: readonly (Known | undefined)[], wanted: number): Known | undefined {
  const parts = inputs.filter((input) => input !== undefined);
  const [first] = parts;
  if (first === undefined || parts.length !== inputs.length) return undefined;
  const axis = resolveAxis(wanted, first.shape.length);
  const total = parts.reduce((sum, { shape }) => sum + (shape[axis] as number), 0);
  const shape = first.shape.map((size, at) => (at === axis ? total : size));
  requireProportion(shape, ...parts);
  const values = newValues(parts.every(isWhole), countValues(shape));
  const outer = countValues(shape.slice(0, axis));
  let to = 0;
  for (let part = 0; part < outer; part++) {
    for (const { values: own, shape: ownShape } of parts) {
      const length = countValues(ownShape.slice(axis));
      values.set(own.subarray(part * length, (part + 1) * length), to);
      to += length;
    }
  }
  if (to !== values.length) throw new RangeError('tensors of unlike shapes cannot be concatenated');
  return { values, shape };
}

export function rangeOfValues(start: Known, limit: Known, delta: Known): Known {
  const [first, end, step] = [start.values[0] ?? 0, limit.values[0] ?? 0, delta.values[0] ?? 1];
  const count = Math.max(0, Math.ceil((end - first) / step));
  requireProportion([count]);
  const values = newValues(isWhole(start), count);
  for (let at = 0; at < count; at++) values[at] = first + at * step;
  return { values, shape: [count] };
}

function placeIn(size: number, given: number): number {
  const index = given < 0 ? given + size : given;
  if (index < 0 || index >= size) throw new RangeError(`index ${given} is outside an axis of ${size}`);
  return index;
}
