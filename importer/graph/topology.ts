import type { Attribute, DataType, GraphNode, Shape, Window } from './node.ts';
import { explicitPadding } from './shape.ts';

/** A TensorFlow AttrValue as JSON: 64-bit numbers and enumerations are strings, byte strings are base64. */
export type AttributeJson = Readonly<Record<string, unknown>>;

export interface NodeJson {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr: Readonly<Record<string, AttributeJson>>;
}

const dataTypeNames: Record<DataType, string> = { float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL' };

/** The node as a NodeDef that tfjs-converter reads; operations with a bias become fused ones. */
export function toNodeJson(node: GraphNode, nameOf: (node: GraphNode) => string): NodeJson {
  const name = nameOf(node);
  if (node.op === 'Const') {
    const tensor = { dtype: dataTypeNames[node.dtype], tensorShape: shapeJson(node.shape) };
    return { name, op: 'Const', attr: { dtype: { type: dataTypeNames[node.dtype] }, value: { tensor } } };
  }
  if (node.op === 'Placeholder') {
    const shape = shapeJson([-1, ...node.shape.slice(1)]);
    return { name, op: 'Placeholder', attr: { dtype: { type: dataTypeNames[node.dtype] }, shape: { shape } } };
  }
  const attributes = Object.entries(node.attributes).map(([key, value]) => [key, attributeJson(value)] as const);
  const attr: Record<string, AttributeJson> = {
    T: { type: dataTypeNames[node.inputs[0]?.dtype ?? node.dtype] },
    ...Object.fromEntries(attributes),
    ...(node.window && windowJson(writtenWindow(node, node.window), node.op)),
  };
  const input = node.inputs.map(nameOf);
  const fusedOp = fusedOperations[node.op];
  if (fusedOp === undefined || node.inputs.length < 3) return { name, op: node.op, input, attr };
  return { name, op: fusedOp, input, attr: { ...attr, ...fusionJson(node) } };
}

export function dataTypeName(dtype: DataType): string {
  return dataTypeNames[dtype];
}

export function shapeJson(shape: Shape): { readonly dim: readonly { readonly size: string }[] } {
  return { dim: shape.map((size) => ({ size: String(size) })) };
}

const fusedOperations: Readonly<Record<string, string>> = {
  Conv2D: '_FusedConv2D',
  DepthwiseConv2dNative: 'FusedDepthwiseConv2dNative',
  MatMul: '_FusedMatMul',
};

function fusionJson(node: GraphNode): Record<string, AttributeJson> {
  const { activation } = node;
  const operations = ['BiasAdd', ...(activation ? [activation.op] : [])];
  return {
    num_args: { i: '1' },
    fused_ops: { list: { s: operations.map(base64) } },
    epsilon: { f: 0 },
    ...(activation?.op === 'LeakyRelu' && { leakyrelu_alpha: { f: activation.alpha } }),
  };
}

/**
 * What SAME means, where a stride is longer than the kernel and pixels at the end are left over: there the WebAssembly
 * backend answers depthwise convolutions, and some others, wrongly.
 */
function writtenWindow(node: GraphNode, window: Window): Window {
  const [x, kernel] = node.inputs;
  const isConvolution = node.op === 'Conv2D' || node.op === 'DepthwiseConv2dNative';
  if (!isConvolution || window.padding !== 'SAME' || x === undefined || kernel === undefined) return window;
  const [height = 1, width = 1] = kernel.shape;
  const leavesPixels = ([height, width] as const).some((size, axis) => {
    const stride = window.strides[axis as 0 | 1];
    return (size - 1) * window.dilations[axis as 0 | 1] + 1 < stride;
  });
  if (!leavesPixels) return window;
  const padding = explicitPadding(x.shape, [height, width], window);
  const isNone = Object.values(padding).every((zeros) => zeros === 0);
  return { ...window, padding: isNone ? 'VALID' : padding };
}

function windowJson(window: Window, op: string): Record<string, AttributeJson> {
  const { padding, strides, dilations } = window;
  const isNamed = typeof padding === 'string';
  const isConvolution = !op.endsWith('Pool');
  return {
    strides: attributeJson({ ints: [1, ...strides, 1] }),
    padding: attributeJson({ text: isNamed ? padding : 'EXPLICIT' }),
    data_format: attributeJson({ text: 'NHWC' }),
    ...(isConvolution && { dilations: attributeJson({ ints: [1, ...dilations, 1] }) }),
    ...(!isNamed && {
      explicit_paddings: attributeJson({
        ints: [0, 0, padding.top, padding.bottom, padding.left, padding.right, 0, 0],
      }),
    }),
  };
}

function attributeJson(attribute: Attribute): AttributeJson {
  if ('int' in attribute) return { i: String(attribute.int) };
  if ('float' in attribute) return { f: attribute.float };
  if ('bool' in attribute) return { b: attribute.bool };
  if ('text' in attribute) return { s: base64(attribute.text) };
  if ('ints' in attribute) return { list: { i: attribute.ints.map(String) } };
  return { type: dataTypeNames[attribute.dtype] };
}

function base64(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64');
}
