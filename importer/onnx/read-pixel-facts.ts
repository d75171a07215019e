import type { Values } from '../graph/node.ts';
import type { PixelFacts } from '../pixels/pixel-facts.ts';
import type { ExternalData } from './external-data.ts';
import type { OnnxGraph, OnnxNode } from './onnx-model.ts';
import { isWholeType, type OnnxTensor, rangeOfType } from './onnx-tensor.ts';

/** Operators that only move what they are given. */
const moving: ReadonlySet<string> = new Set(['Flatten', 'Identity', 'Reshape', 'Squeeze', 'Transpose', 'Unsqueeze']);
/** Operators that read whole numbers by the scale and the zero point in these inputs, where their first is the photo. */
const readers: ReadonlySet<string> = new Set([
  'DequantizeLinear',
  'QLinearConv',
  'QLinearMatMul',
  'com.microsoft.DequantizeLinear',
  'com.microsoft.QGemm',
  'com.microsoft.QLinearAdd',
  'com.microsoft.QLinearMul',
]);
const uint8 = 2;
const int8 = 3;

/**
 * What the types at the front say of pixels. An input of whole numbers is fed raw bytes (less 128 where it is signed), which
 * stand for themselves, or for what the scale of the first operator makes of them. A real input that is quantised at once
 * has its range from the photos that the quantiser was shown.
 */
export function readPixelFacts(
  { inputs, initializers }: OnnxGraph,
  nodes: readonly OnnxNode[],
  name: string,
  external: ExternalData,
): PixelFacts | undefined {
  const type = inputs.find((input) => input.name === name)?.type ?? 0;
  const first = firstBehind(nodes, name);
  const tensorOf = (index: number): OnnxTensor | undefined => {
    const wanted = first?.inputs[index] ?? '';
    return initializers.get(wanted) ?? constantNamed(nodes, wanted);
  };
  const numbers = (index: number): Values | undefined => tensorOf(index)?.values(external);
  const isReader = first !== undefined && readers.has(first.op);
  if (isWholeType(type)) {
    if (type !== uint8 && type !== int8) return undefined;
    const scale = isReader ? numbers(1) : undefined;
    const zero = isReader ? (numbers(2)?.[0] ?? 0) : 0;
    if (isReader && scale?.length !== 1) return undefined;
    const step = scale?.[0] ?? 1;
    return { kind: 'bytes', scale: step, offset: ((type === int8 ? -128 : 0) - zero) * step };
  }
  if (first?.op !== 'QuantizeLinear' && first?.op !== 'com.microsoft.QuantizeLinear') return undefined;
  const scale = numbers(1);
  const zero = tensorOf(2);
  const range = rangeOfType(zero?.type ?? uint8);
  if (scale?.length !== 1 || range === undefined) return undefined;
  const [low, high] = range.map((end) => (end - (zero?.values(external)[0] ?? 0)) * (scale[0] as number));
  return { kind: 'range', low: low as number, high: high as number };
}

/** The first operator that does more to the photo than to move it. */
function firstBehind(nodes: readonly OnnxNode[], name: string): OnnxNode | undefined {
  let at = name;
  for (const node of nodes) {
    if (node.inputs[0] !== at) continue;
    if (!moving.has(node.op)) return node;
    at = node.outputs[0] ?? '';
  }
  return undefined;
}

function constantNamed(nodes: readonly OnnxNode[], name: string): OnnxTensor | undefined {
  return nodes.find(({ op, outputs }) => op === 'Constant' && outputs[0] === name)?.attributes.tensor('value');
}
