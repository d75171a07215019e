import { readTexts } from '../../graph/attributes.ts';
import type { StoredNode } from '../../graph/graph-file.ts';
import { countOf, type Planner, type PlanOperation, type PlanTensor } from '../planner.ts';

type Curve = (value: number) => number;

/** Maps of more numbers are left to TensorFlow.js: a loop of JavaScript takes about a nanosecond for each. */
const mostNumbers = 2 ** 23;
const floatInBytes = Float32Array.BYTES_PER_ELEMENT;

/** TensorFlow's LeakyRelu and Elu; undefined for other operations. */
function curveOf(operation: string | undefined, slope: number): Curve | undefined {
  if (operation === 'LeakyRelu') return (value) => (value < 0 ? value * slope : value);
  return operation === 'Elu' ? (value) => (value < 0 ? Math.expm1(value) : value) : undefined;
}

/** An activation that bends each number and has no kernel. */
export const planLoopedActivation: PlanOperation = (node, planner) => {
  const x = planner.input(node, 0);
  const curve = curveOf(node.op, numberOf(node, 'alpha'));
  return x && curve && bent(x, curve, planner);
};

/** A fused operation that ends in such an activation: what `plan` makes of it without, then that. */
export function planBefore(plan: PlanOperation): PlanOperation {
  return (node, planner) => {
    const curve = curveOf(readTexts(node, 'fused_ops').at(-1), numberOf(node, 'leakyrelu_alpha'));
    const tensor = curve && plan(withoutLast(node), planner);
    return tensor && bent(tensor, curve, planner);
  };
}

function bent(x: PlanTensor, curve: Curve, planner: Planner): PlanTensor | undefined {
  const count = countOf(x.shape);
  if (count > mostNumbers) return undefined;
  const out = planner.allocate(count);
  planner.step([x.storage, out], (_kernels, floats) => () => {
    const [from, to] = [x.storage.address / floatInBytes, out.address / floatInBytes];
    for (let at = 0; at < count; at++) floats[to + at] = curve(floats[from + at] as number);
  });
  return { shape: x.shape, storage: out };
}

/** The operation without its last fused one. */
function withoutLast(node: StoredNode): StoredNode {
  const fused = readTexts(node, 'fused_ops').slice(0, -1);
  const s = fused.map((name) => Buffer.from(name, 'latin1').toString('base64'));
  return { ...node, attr: { ...node.attr, fused_ops: { list: { s } } } };
}

/** TensorFlow's own slope where none is stored. */
function numberOf(node: StoredNode, key: string): number {
  return (node.attr?.[key] as { readonly f?: number } | undefined)?.f ?? 0.2;
}
