import { readFlag } from '../../graph/attributes.ts';
import type { StoredNode } from '../../graph/graph-file.ts';
import { tileRows } from '../../kernels/tile-rows.ts';
import { readFusion } from '../fusion.ts';
import { activate } from '../operations/elementwise.ts';
import { planProduct } from '../operations/pointwise.ts';
import { countOf, nextMultipleOfFour, type Planner, type PlanTensor } from '../planner.ts';
import { keepChannels } from './channels-in-fours.ts';
import { widerKernelsOn } from './wider-kernels-on.ts';

/** Softmax over the last axis. */
export function planSoftmaxRows(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  if (x === undefined) return undefined;
  const columns = x.shape.at(-1) as number;
  const rows = countOf(x.shape) / columns;
  const out = planner.allocate(countOf(x.shape));
  planner.step([x.storage, out], (_kernels, _floats, memory) => {
    const { softmaxRows } = widerKernelsOn(memory);
    return () => softmaxRows(x.storage.address, out.address, rows, columns);
  });
  return { shape: x.shape, storage: out };
}

/** MatMul or BatchMatMulV2 of any number of rows with a constant matrix, with bias and activation. */
export function planDenseRows(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const weight = planner.weight(node, 1);
  if (x === undefined || weight === undefined) return undefined;
  const [depth, columns, ...others] = weight.entry.shape as [number, number, ...number[]];
  if (others.length > 0 || x.shape.at(-1) !== depth) return undefined;
  if (isTransposed(node, 'a') || isTransposed(node, 'b')) return undefined;
  const fusion = readFusion(node, planner, columns);
  if (fusion === undefined) return undefined;
  const rows = countOf(x.shape) / depth;
  const product = planProduct({ weight, depth, channels: columns, fusion }, planner);
  const made = nextMultipleOfFour(columns);
  const out = planner.allocate(rows * made);
  planner.step([x.storage, out], (kernels) => {
    const multiply = product(kernels);
    return () => multiply(x.storage.address, out.address, rows);
  });
  const wide = { shape: [...x.shape.slice(0, -1), made], storage: out };
  return activate(keepChannels(wide, columns, planner), fusion, planner);
}

/** BatchMatMulV2 of two tensors of the same leading axes, or of one matrix with each of several. */
export function planMatrixProducts(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const [a, b] = [planner.input(node, 0), planner.input(node, 1)];
  if (a === undefined || b === undefined || isTransposed(node, 'a')) return undefined;
  const [rows, depth] = a.shape.slice(-2) as [number, number];
  const isTurned = isTransposed(node, 'b');
  const lastOfB = b.shape.slice(-2);
  const [inner, columns] = (isTurned ? lastOfB.reverse() : lastOfB) as [number, number];
  const [ofA, ofB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [isOneA, isOneB] = [countOf(ofA) === 1, countOf(ofB) === 1];
  const batch = isOneA ? ofB : ofA;
  const isFitting = ofA.length === ofB.length && (isOneA || isOneB || ofA.join() === ofB.join());
  if (a.shape.length < 2 || inner !== depth || !isFitting) return undefined;
  const made = nextMultipleOfFour(columns);
  const bias = planner.numbers(new Float32Array(made));
  const matrix = planner.allocate(depth * made);
  const panels = planner.allocate(depth * made);
  const out = planner.allocate(countOf(batch) * rows * made);
  planner.step([a.storage, b.storage, matrix, panels, out], (kernels, _floats, memory) => {
    const { copyRows, permute } = widerKernelsOn(memory);
    const { packFloats, pointwise } = kernels;
    /** Brings one matrix into the order of panels, its columns filled up to a multiple of four by whatever lies there. */
    const pack = (from: number) => {
      if (isTurned) permute(from, matrix.address, 1, 4, 4, 1, 4, 4, depth, 4, made * 4, columns, depth * 4, 4);
      else if (made !== columns) copyRows(from, columns * 4, matrix.address, made * 4, depth, columns * 4);
      packFloats(isTurned || made !== columns ? matrix.address : from, panels.address, depth, made);
    };
    const sizes = [rows, depth, made, tileRows(rows), -Infinity, Infinity] as const;
    return () => {
      for (let at = 0; at < countOf(batch); at++) {
        if (at === 0 || !isOneB) pack(b.storage.address + at * depth * columns * 4);
        const from = a.storage.address + (isOneA ? 0 : at * rows * depth * 4);
        pointwise(from, panels.address, bias.address, out.address + at * rows * made * 4, ...sizes);
      }
    };
  });
  return keepChannels({ shape: [...batch, rows, made], storage: out }, columns, planner);
}

function isTransposed(node: StoredNode, side: 'a' | 'b'): boolean {
  return readFlag(node, `transpose_${side}`) || readFlag(node, side === 'a' ? 'adj_x' : 'adj_y');
}
