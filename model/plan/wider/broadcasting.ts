import type { StoredNode } from '../../graph/graph-file.ts';
import { countOf, type Planner, type PlanOperation, type PlanTensor } from '../planner.ts';
import { widerKernelsOn } from './wider-kernels-on.ts';

type Arithmetic = 'add' | 'multiply' | 'subtract' | 'divide' | 'maximum' | 'minimum';

/** Runs of fewer floats than that are too short for a call of a kernel each. */
const shortestRun = 16;

/**
 * Arithmetic of two tensors of any shapes that broadcast, by runs of the last axes that both have; undefined where these are
 * short, as where one number stands for a whole row.
 */
export function planBroadcast(kernel: Arithmetic): PlanOperation {
  return (node: StoredNode, planner: Planner): PlanTensor | undefined => {
    const [a, b] = [planner.input(node, 0), planner.input(node, 1)];
    const shape = a && b && broadcast(a.shape, b.shape);
    if (a === undefined || b === undefined || shape === undefined) return undefined;
    const [wideA, wideB] = [a.shape, b.shape].map((one) => lead(one, shape.length)) as [number[], number[]];
    const first = shape.findLastIndex((_, axis) => wideA[axis] !== wideB[axis]) + 1;
    const run = countOf(shape.slice(first));
    if (run < shortestRun && run !== countOf(shape)) return undefined;
    const outer = shape.slice(0, first);
    const starts = (own: readonly number[]) => startsOf(outer, own.slice(0, first)).map((at) => at * run * 4);
    const [startsOfA, startsOfB] = [starts(wideA), starts(wideB)];
    // Kernels write whole vectors, up to three floats behind a run.
    const out = planner.allocate(countOf(shape) + 3);
    planner.step([a.storage, b.storage, out], (kernels, _floats, memory) => {
      const combine = chooseKernel(kernel, kernels, memory);
      return () => {
        for (let at = 0; at < startsOfA.length; at++) {
          const from = a.storage.address + (startsOfA[at] as number);
          const other = b.storage.address + (startsOfB[at] as number);
          combine(from, other, out.address + at * run * 4, run);
        }
      };
    });
    return { shape, storage: out };
  };
}

type Combine = (a: number, b: number, out: number, count: number) => void;
type Bind = Parameters<Planner['step']>[1];

function chooseKernel(kernel: Arithmetic, kernels: Parameters<Bind>[0], memory: WebAssembly.Memory): Combine {
  if (kernel !== 'add' && kernel !== 'multiply') return widerKernelsOn(memory)[kernel];
  const { [kernel]: combine } = kernels;
  return (a, b, out, count) => combine(a, b, out, count, -Infinity, Infinity);
}

/** A shape with axes of one place before it. */
export function lead(shape: readonly number[], rank: number): number[] {
  return [...Array<number>(rank - shape.length).fill(1), ...shape];
}

/** The shape that two broadcast to; undefined where they do not. */
export function broadcast(a: readonly number[], b: readonly number[]): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const [wideA, wideB] = [lead(a, rank), lead(b, rank)];
  const shape = wideA.map((size, axis) => (size === 1 ? (wideB[axis] as number) : size));
  return shape.every((size, axis) => wideB[axis] === 1 || wideB[axis] === size) ? shape : undefined;
}

/** For each place of `shape`, which place of a tensor that broadcasts to it is meant. */
export function startsOf(shape: readonly number[], own: readonly number[]): number[] {
  return shape.reduce(
    (starts, size, axis) => {
      const ownSize = own[axis] as number;
      return starts.flatMap((start) =>
        Array.from({ length: size }, (_, at) => start * ownSize + (ownSize === 1 ? 0 : at)),
      );
    },
    [0],
  );
}
