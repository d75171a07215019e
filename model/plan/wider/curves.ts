import type { StoredNode } from '../../graph/graph-file.ts';
import { readNumbers } from '../../graph/stored-weights.ts';
import { countOf, type Planner, type PlanOperation, type PlanTensor } from '../planner.ts';
import { widerKernelsOn } from './wider-kernels-on.ts';

/** An operation of one tensor by a kernel of its own. */
export function planCurve(kernel: 'errorFunction' | 'tanh'): PlanOperation {
  return (node, planner) => {
    const x = planner.input(node, 0);
    return (
      x &&
      stepOf(x, planner, (memory) => {
        const { [kernel]: compute } = widerKernelsOn(memory);
        return (from, to, count) => compute(from, to, count);
      })
    );
  };
}

/** x · (1 + erf(slope · x)), twice the gaussian error linear unit: Mul(x, AddV2(Erf(x times a number), 1)). */
export function planGelu(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const gelu = readGelu(node, planner, 0) ?? readGelu(node, planner, 1);
  const x = gelu && planner.tensor(gelu.x);
  return (
    x &&
    stepOf(x, planner, (memory) => {
      const compute = widerKernelsOn(memory).gelu;
      return (from, to, count) => compute(from, to, count, gelu.slope);
    })
  );
}

/** Square: a product with itself. */
export function planSquare(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const x = planner.input(node, 0);
  if (x === undefined) return undefined;
  const out = planner.allocate(countOf(x.shape));
  planner.step([x.storage, out], ({ multiply }) => () => {
    multiply(x.storage.address, x.storage.address, out.address, countOf(x.shape), -Infinity, Infinity);
  });
  return { shape: x.shape, storage: out };
}

type Compute = (from: number, to: number, count: number) => void;

function stepOf(x: PlanTensor, planner: Planner, bind: (memory: WebAssembly.Memory) => Compute): PlanTensor {
  const count = countOf(x.shape);
  const out = planner.allocate(count);
  planner.step([x.storage, out], (_kernels, _floats, memory) => {
    const compute = bind(memory);
    return () => compute(x.storage.address, out.address, count);
  });
  return { shape: x.shape, storage: out };
}

/** With the sum at the input given, and x at the other. */
function readGelu(node: StoredNode, planner: Planner, sumAt: 0 | 1) {
  const x = node.input?.[1 - sumAt];
  const sum = planner.soleInput(node, sumAt);
  const isErfFirst = sum !== undefined && planner.inputNode(sum, 0)?.op === 'Erf';
  const error = sum && planner.soleInput(sum, isErfFirst ? 0 : 1);
  const scaled = error && planner.soleInput(error);
  if (sum?.op !== 'AddV2' || error?.op !== 'Erf' || scaled === undefined || x === undefined) return undefined;
  const one = numberOf(sum, planner, isErfFirst ? 1 : 0);
  const isXFirst = scaled.input?.[0] === x;
  const factor = numberOf(scaled, planner, isXFirst ? 1 : 0);
  if (one !== 1 || factor === undefined || scaled.input?.[isXFirst ? 0 : 1] !== x) return undefined;
  if (scaled.op === 'Mul') return { x, slope: factor };
  return scaled.op === 'RealDiv' && isXFirst ? { x, slope: 1 / factor } : undefined;
}

function numberOf(node: StoredNode, planner: Planner, index: number): number | undefined {
  const weight = planner.weight(node, index);
  return weight && countOf(weight.entry.shape) === 1 ? readNumbers(weight)[0] : undefined;
}
