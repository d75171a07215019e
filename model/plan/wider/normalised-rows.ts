import { readFlag, readIntegers, readTexts } from '../../graph/attributes.ts';
import type { StoredNode } from '../../graph/graph-file.ts';
import { readNumbers, type StoredWeight } from '../../graph/stored-weights.ts';
import { countOf, type Planner, type PlanTensor } from '../planner.ts';
import { widerKernelsOn } from './wider-kernels-on.ts';

/** (x - mean) · (variance + epsilon)^(-1/2), over the last axis. */
interface Normalisation {
  /** What the input of the nodes is called. */
  readonly x: string;
  readonly epsilon: number;
}

/** Rows normalised, whose scale and offset come after. */
export function planNormalisedRows(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const normalisation = readNormalisation(node, planner);
  return normalisation && normalise(normalisation, undefined, undefined, planner);
}

/** Rows normalised, with scale and offset of one number a column, as layer normalisation has them: AddV2 of Mul. */
export function planScaledRows(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const offset = planner.weight(node, 1);
  const product = planner.soleInput(node);
  const scale = product && planner.weight(product, 1);
  const inner = product && planner.soleInput(product);
  const normalisation = inner && readNormalisation(inner, planner);
  if (product?.op !== 'Mul' || normalisation === undefined) return undefined;
  if (scale === undefined || offset === undefined) return undefined;
  return normalise(normalisation, scale, offset, planner);
}

/** The same where scale and offset are a depthwise convolution of one place. */
export function planRowsByDepthwise(node: StoredNode, planner: Planner): PlanTensor | undefined {
  const inner = planner.soleInput(node);
  const normalisation = inner && readNormalisation(inner, planner);
  const scale = planner.weight(node, 1);
  const isPlain = /^(BiasAdd)?$/.test(readTexts(node, 'fused_ops').join());
  const isOnePlace = scale?.entry.shape.slice(0, 2).join() === '1,1';
  const hasStride = readIntegers(node, 'strides').some((stride) => stride !== 1);
  if (normalisation === undefined || !isPlain || !isOnePlace || hasStride) return undefined;
  return normalise(normalisation, scale, planner.weight(node, 2), planner);
}

function normalise(
  { x: reference, epsilon }: Normalisation,
  scale: StoredWeight | undefined,
  offset: StoredWeight | undefined,
  planner: Planner,
): PlanTensor | undefined {
  const x = planner.tensor(reference);
  const columns = x?.shape.at(-1) ?? 0;
  const fits = [scale, offset].every((weight) => weight === undefined || countOf(weight.entry.shape) === columns);
  if (x === undefined || columns % 4 !== 0 || !fits) return undefined;
  const ones = () => planner.numbers(new Float32Array(columns).fill(1));
  const factors = scale === undefined ? ones() : planner.matrix(scale);
  const terms = planner.vector(offset, columns);
  const rows = countOf(x.shape) / columns;
  const out = planner.allocate(countOf(x.shape));
  planner.step([x.storage, out], (_kernels, _floats, memory) => {
    const { normaliseRows } = widerKernelsOn(memory);
    return () => {
      normaliseRows(x.storage.address, out.address, rows, columns * 4, epsilon, factors.address, terms.address);
    };
  });
  return { shape: x.shape, storage: out };
}

/** Mul(d, Rsqrt(Mean(Square(d)) + epsilon)) with d = x - Mean(x). */
function readNormalisation(node: StoredNode, planner: Planner): Normalisation | undefined {
  const difference = planner.inputNode(node, 0);
  const root = planner.inputNode(node, 1);
  const sum = root && planner.inputNode(root, 0);
  const variance = sum && planner.inputNode(sum, 0);
  const square = variance && planner.inputNode(variance, 0);
  const mean = difference && planner.inputNode(difference, 1);
  const epsilon = sum && planner.weight(sum, 1);
  const [x] = difference?.input ?? [];
  const operations = [node, difference, root, sum, variance, square, mean].map((one) => one?.op);
  if (operations.join() !== 'Mul,Sub,Rsqrt,AddV2,Mean,Square,Mean') return undefined;
  if (epsilon === undefined || countOf(epsilon.entry.shape) !== 1) return undefined;
  if (square?.input?.[0] !== node.input?.[0] || mean?.input?.[0] !== x || x === undefined) return undefined;
  const rank = planner.tensor(x)?.shape.length ?? 0;
  const isOverLast = [variance, mean].every((one) => one && isLastAxis(one, rank, planner));
  return isOverLast ? { x, epsilon: readNumbers(epsilon)[0] as number } : undefined;
}

function isLastAxis(node: StoredNode, rank: number, planner: Planner): boolean {
  const axes = planner.weight(node, 1);
  const [axis, ...others] = axes === undefined ? [] : readNumbers(axes);
  return others.length === 0 && (axis === rank - 1 || axis === -1) && readFlag(node, 'keep_dims');
}
