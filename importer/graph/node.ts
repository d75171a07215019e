/** Sizes of a tensor's axes, outermost first; pictures are [batch, height, width, channels], the batch being 1. */
export type Shape = readonly number[];

export type DataType = 'float32' | 'int32' | 'bool';

export type Values = Float32Array | Int32Array;

/** An attribute of a NodeDef, tagged by its kind because JSON does not tell 1 from 1.0. */
export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly text: string }
  | { readonly ints: readonly number[] }
  | { readonly dtype: DataType };

/** Zeros around a picture, in pixels. */
export interface ExplicitPadding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export type Padding = 'SAME' | 'VALID' | ExplicitPadding;

/** What a normalisation knows of the values that reach it; `isTrained` where training measured them. */
export interface InputStatistics {
  readonly mean: ArrayLike<number>;
  readonly deviation: ArrayLike<number>;
  readonly isTrained: boolean;
}

/** How a kernel or pool moves over a picture; each pair is [vertical, horizontal]. */
export interface Window {
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly padding: Padding;
}

/** What the WebAssembly kernels compute together with a convolution or matrix product, at no cost. */
export type FusedActivation =
  | { readonly op: 'Relu' | 'Relu6' | 'Elu' | 'Sigmoid' }
  | { readonly op: 'LeakyRelu'; readonly alpha: number };

/**
 * A node of the graph under construction: a TensorFlow operation with one result. Nodes are never changed; a pass that
 * improves a node makes another.
 *
 * `Conv2D`, `DepthwiseConv2dNative` and `MatMul` take [x, kernel] or [x, kernel, bias] and an activation; the writer
 * turns those with a bias into the fused operations of TensorFlow.js.
 */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly GraphNode[];
  readonly shape: Shape;
  readonly dtype: DataType;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly window?: Window;
  readonly activation?: FusedActivation;
  /** Of the product that a normalisation begins with: tells how its pixels were scaled where it comes first. */
  readonly statistics?: InputStatistics;
  /** Of a `Const` only. */
  readonly values?: Values;
  /** The layer of the model that this node came from, as `outer/inner`. */
  readonly place: string;
}

export interface ConstantNode extends GraphNode {
  readonly op: 'Const';
  readonly values: Values;
}

export function isConstant(node: GraphNode): node is ConstantNode {
  return node.op === 'Const';
}

/** A whole model: what goes in, and what comes out under which name. */
export interface Graph {
  readonly input: GraphNode;
  readonly outputs: Readonly<Record<string, GraphNode>>;
}
