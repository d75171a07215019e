import { readInteger } from '../../graph/attributes.ts';
import type { StoredNode } from '../../graph/graph-file.ts';
import { readNumbers } from '../../graph/stored-weights.ts';
import { countOf, type Planner, type PlanTensor } from '../planner.ts';
import { type MovedAxis, mergeAxes } from './moved-axes.ts';
import { widerKernelsOn } from './wider-kernels-on.ts';

/** Transpose. */
export function planTranspose(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const weight = planner.weight(node, 1);
  if (x === undefined || weight === undefined) return undefined;
  const order = [...readNumbers(weight)];
  const steps = stepsOf(x.shape);
  const shape = order.map((axis) => x.shape[axis] as number);
  if (order.toSorted((a, b) => a - b).join() !== [...x.shape.keys()].join()) return undefined;
  return move(
    x,
    shape,
    order.map((axis) => steps[axis] as number),
    0,
    planner,
  );
}

/** Slice. */
export function planSlice(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const [begin, size] = [planner.weight(node, 1), planner.weight(node, 2)];
  if (x === undefined || begin === undefined || size === undefined) return undefined;
  const first = [...readNumbers(begin)];
  const sizes = readNumbers(size);
  const shape = x.shape.map((count, axis) =>
    (sizes[axis] as number) < 0 ? count - (first[axis] as number) : (sizes[axis] as number),
  );
  return take(
    x,
    first,
    shape,
    x.shape.map(() => 1),
    planner,
  );
}

/** StridedSlice forwards, whose masks say at most that an axis is taken from its begin or to its end. */
export function planStridedSlice(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const weights = [1, 2, 3].map((index) => planner.weight(node, index));
  const hasOtherMask = ['ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'].some(
    (key) => readInteger(node, key) !== 0,
  );
  if (x === undefined || hasOtherMask || !weights.every((weight) => weight !== undefined)) return undefined;
  const [begin, end, strides] = weights.map((weight) => [...readNumbers(weight)]) as [number[], number[], number[]];
  const resolve = (at: number, size: number) => Math.min(size, Math.max(0, at < 0 ? at + size : at));
  const isMasked = (key: string, axis: number) => (readInteger(node, key) >> axis) % 2 === 1;
  const first = x.shape.map((size, axis) => (isMasked('begin_mask', axis) ? 0 : resolve(begin[axis] ?? 0, size)));
  const last = x.shape.map((size, axis) => (isMasked('end_mask', axis) ? size : resolve(end[axis] ?? size, size)));
  const every = x.shape.map((_, axis) => strides[axis] ?? 1);
  if (every.some((stride) => stride < 1)) return undefined;
  const shape = x.shape.map((_, axis) =>
    Math.ceil(((last[axis] as number) - (first[axis] as number)) / (every[axis] as number)),
  );
  return take(x, first, shape, every, planner);
}

function take(
  x: PlanTensor,
  first: readonly number[],
  shape: readonly number[],
  every: readonly number[],
  planner: Planner,
): PlanTensor | undefined {
  const isInside = x.shape.every((size, axis) => {
    const [begin, count, stride] = [first[axis], shape[axis], every[axis]] as [number, number, number];
    return begin >= 0 && count >= 1 && begin + (count - 1) * stride < size;
  });
  if (!isInside) return undefined;
  const steps = stepsOf(x.shape);
  const offset = first.reduce((sum, at, axis) => sum + at * (steps[axis] as number), 0);
  return move(
    x,
    shape,
    steps.map((step, axis) => step * (every[axis] as number)),
    offset,
    planner,
  );
}

/** ConcatV2 along any axis. */
export function planJoining(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const { input = [] } = node;
  const count = input.length - 1;
  const axisWeight = planner.weight(node, count);
  const parts = Array.from({ length: count }, (_, index) => planner.input(node, index));
  const [first] = parts;
  if (first === undefined || axisWeight === undefined || !parts.every((part) => part !== undefined)) return undefined;
  const rank = first.shape.length;
  const axis = ((readNumbers(axisWeight)[0] as number) + rank) % rank;
  const others = (shape: readonly number[]) => shape.toSpliced(axis, 1).join();
  if (parts.some(({ shape }) => shape.length !== rank || others(shape) !== others(first.shape))) return undefined;
  const joined = parts.reduce((sum, { shape }) => sum + (shape[axis] as number), 0);
  const shape = first.shape.with(axis, joined);
  const rows = countOf(shape.slice(0, axis));
  const outStep = countOf(shape.slice(axis)) * 4;
  const out = planner.allocate(countOf(shape));
  planner.step([...parts.map(({ storage }) => storage), out], (_kernels, _floats, memory) => {
    const { copyRows } = widerKernelsOn(memory);
    return () => {
      let to = out.address;
      for (const part of parts) {
        const sizeInBytes = countOf(part.shape.slice(axis)) * 4;
        copyRows(part.storage.address, sizeInBytes, to, outStep, rows, sizeInBytes);
        to += sizeInBytes;
      }
    };
  });
  return { shape, storage: out };
}

/** How many floats lie from one place of each axis to the next. */
function stepsOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => countOf(shape.slice(axis + 1)));
}

/** A tensor of the floats that lie so many steps apart along each axis. */
function move(
  x: PlanTensor,
  shape: readonly number[],
  steps: readonly number[],
  offset: number,
  planner: Planner,
): PlanTensor | undefined {
  const axes = mergeAxes(shape, steps, stepsOf(shape));
  // As they lie already, from the first on.
  if (axes.length <= 1 && axes.every(({ from }) => from === 1) && offset === 0) {
    return countOf(shape) === countOf(x.shape) ? { shape, storage: x.storage } : copy(x, shape, axes, 0, planner);
  }
  // A kernel walks along four axes; those outside are walked along here.
  const isFew = axes.slice(0, -4).reduce((product, { count }) => product * count, 1) <= mostCalls;
  return isFew ? copy(x, shape, axes, offset, planner) : undefined;
}

/** Of a kernel, each for one place of the outer axes. */
const mostCalls = 4096;

function copy(
  x: PlanTensor,
  shape: readonly number[],
  axes: readonly MovedAxis[],
  offset: number,
  planner: Planner,
): PlanTensor {
  const out = planner.allocate(countOf(shape));
  const inner = axes.slice(-4);
  const filled = [...Array<MovedAxis>(4 - inner.length).fill({ count: 1, from: 1, to: 1 }), ...inner];
  const numbers = filled.flatMap(({ count, from, to }) => [count, from * 4, to * 4]);
  const starts = startsOf(axes.slice(0, -4), offset);
  planner.step([x.storage, out], (_kernels, _floats, memory) => {
    const permute = widerKernelsOn(memory).permute as (...values: readonly number[]) => void;
    return () => {
      for (const { from, to } of starts) permute(x.storage.address + from * 4, out.address + to * 4, ...numbers);
    };
  });
  return { shape, storage: out };
}

interface Start {
  readonly from: number;
  readonly to: number;
}

/** Where what lies within each place of these axes begins, in floats, before and after. */
function startsOf(axes: readonly MovedAxis[], offset: number): readonly Start[] {
  return axes.reduce<readonly Start[]>(
    (starts, { count, from, to }) =>
      starts.flatMap((start) =>
        Array.from({ length: count }, (_, at) => ({ from: start.from + at * from, to: start.to + at * to })),
      ),
    [{ from: offset, to: 0 }],
  );
}
