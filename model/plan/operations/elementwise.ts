import type { StoredNode } from '../../graph/graph-file.ts';
import { everything, type Fusion, type Range, rangeOf } from '../fusion.ts';
import { countOf, type Planner, type PlanOperation, type PlanTensor } from '../planner.ts';
import { planAffine, planScaling } from './affine.ts';

/** Sums, differences and products of two tensors of one shape, or of one and a constant. */
export function planArithmetic(kernel: 'add' | 'multiply' | 'subtract' | 'divide'): PlanOperation {
  return (node, planner) => {
    if (planner.weight(node, 0) !== undefined || planner.weight(node, 1) !== undefined) {
      return planAffine(node, planner, kernel);
    }
    const a = planner.input(node, 0);
    const b = planner.input(node, 1);
    if (a === undefined || b === undefined || kernel === 'subtract' || kernel === 'divide') return undefined;
    if (a.shape.join() === b.shape.join()) return planPairs(kernel, a, b, planner);
    return kernel === 'multiply' ? (planScaling(a, b, planner) ?? planScaling(b, a, planner)) : undefined;
  };
}

function planPairs(kernel: 'add' | 'multiply', a: PlanTensor, b: PlanTensor, planner: Planner): PlanTensor {
  const count = countOf(a.shape);
  const out = planner.allocate(count);
  planner.step([a.storage, b.storage, out], ({ [kernel]: combine }) => () => {
    combine(a.storage.address, b.storage.address, out.address, count, ...everything);
  });
  return { shape: a.shape, storage: out };
}

/** Relu and Relu6. */
export function planClamp(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const range = rangeOf(node.op);
  return x && range && clampTo(range, x, planner);
}

export function clampTo(range: Range, x: PlanTensor, planner: Planner): PlanTensor {
  const count = countOf(x.shape);
  const out = planner.allocate(count);
  planner.step(
    [x.storage, out],
    ({ clamp }) =>
      () =>
        clamp(x.storage.address, out.address, count, ...range),
  );
  return { shape: x.shape, storage: out };
}

export function planSigmoid(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  return x && sigmoidOf(x, planner);
}

/** The activation of a fused operation that is no clamp, after the operation. */
export function activate(x: PlanTensor, { isSigmoid }: Fusion, planner: Planner): PlanTensor {
  return isSigmoid ? sigmoidOf(x, planner) : x;
}

function sigmoidOf(x: PlanTensor, planner: Planner): PlanTensor {
  const count = countOf(x.shape);
  const out = planner.allocate(count);
  planner.step(
    [x.storage, out],
    ({ sigmoid }) =>
      () =>
        sigmoid(x.storage.address, out.address, count),
  );
  return { shape: x.shape, storage: out };
}

/** Softmax over the last axis of a tensor of one row, less its largest number, which keeps the powers finite. */
export function planSoftmax(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  const count = x?.shape.at(-1) ?? 0;
  if (x === undefined || countOf(x.shape) !== count) return undefined;
  const out = planner.allocate(count);
  planner.step([x.storage, out], (_, floats) => () => {
    const from = x.storage.address / Float32Array.BYTES_PER_ELEMENT;
    const row = floats.subarray(from, from + count);
    const largest = row.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    const powers = Float64Array.from(row, (value) => Math.exp(value - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    const to = out.address / Float32Array.BYTES_PER_ELEMENT;
    for (let at = 0; at < count; at++) floats[to + at] = (powers[at] as number) / sum;
  });
  return { shape: x.shape, storage: out };
}
