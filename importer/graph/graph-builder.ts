import { foldBinary, foldUnary, transposeValues } from './fold-constants.ts';
import { joinSlicedAxes } from './join-sliced-axes.ts';
import { type GraphNode, isConstant, type Shape, type Window } from './node.ts';
import { NodeBuilder } from './node-builder.ts';
import { broadcastShapes, countValues, resolveAxis, windowOutput } from './shape.ts';

type Activation = 'Relu' | 'Relu6' | 'Elu' | 'Selu' | 'Sigmoid' | 'Tanh' | 'Softplus' | 'Erf';
type PowerOrWave = 'Exp' | 'Log' | 'Log1p' | 'Expm1' | 'Sqrt' | 'Rsqrt' | 'Square' | 'Reciprocal' | 'Sin' | 'Cos';
type SignOrRounding = 'Neg' | 'Abs' | 'Sign' | 'Floor' | 'Ceil' | 'Round';
export type UnaryOperation = Activation | PowerOrWave | SignOrRounding;

type Arithmetic = 'AddV2' | 'Sub' | 'Mul' | 'RealDiv' | 'Pow' | 'SquaredDifference';
export type BinaryOperation = Arithmetic | 'Maximum' | 'Minimum';

export type Comparison = 'Greater' | 'GreaterEqual' | 'Less' | 'LessEqual' | 'Equal' | 'NotEqual';

export type Reduction = 'Mean' | 'Sum' | 'Max' | 'Min' | 'Prod';

/** As many as TensorFlow.js has copies in runs for. */
const mostSlicedAxes = 4;

/**
 * One method for each operation that layers are made of, which works out the shape of its result. What depends on
 * constants alone is computed at once. Every method throws a RangeError where shapes do not fit.
 */
export class GraphBuilder extends NodeBuilder {
  unary(op: UnaryOperation, x: GraphNode): GraphNode {
    const folded = isConstant(x) ? foldUnary(op, x) : undefined;
    return folded ? this.constant(op, folded.values, folded.shape) : this.node(op, [x], { shape: x.shape });
  }

  binary(op: BinaryOperation, a: GraphNode, b: GraphNode): GraphNode {
    const folded = isConstant(a) && isConstant(b) ? foldBinary(op, a, b) : undefined;
    if (folded) return this.constant(op, folded.values, folded.shape);
    return this.node(op, [a, b], { shape: broadcastShapes(a.shape, b.shape), dtype: a.dtype });
  }

  add(a: GraphNode, b: GraphNode | number): GraphNode {
    return this.binary('AddV2', a, this.#operand(b));
  }

  subtract(a: GraphNode, b: GraphNode | number): GraphNode {
    return this.binary('Sub', a, this.#operand(b));
  }

  multiply(a: GraphNode, b: GraphNode | number): GraphNode {
    return this.binary('Mul', a, this.#operand(b));
  }

  divide(a: GraphNode, b: GraphNode | number): GraphNode {
    return this.binary('RealDiv', a, this.#operand(b));
  }

  compare(op: Comparison, a: GraphNode, b: GraphNode | number): GraphNode {
    const other = this.#operand(b);
    return this.node(op, [a, other], { shape: broadcastShapes(a.shape, other.shape), dtype: 'bool' });
  }

  select(condition: GraphNode, a: GraphNode, b: GraphNode): GraphNode {
    const shape = broadcastShapes(condition.shape, broadcastShapes(a.shape, b.shape));
    return this.node('SelectV2', [condition, a, b], { shape, dtype: a.dtype });
  }

  leakyRelu(x: GraphNode, alpha: number): GraphNode {
    return this.node('LeakyRelu', [x], { shape: x.shape, attributes: { alpha: { float: alpha } } });
  }

  clip(x: GraphNode, low: number, high: number): GraphNode {
    return this.node('ClipByValue', [x, this.scalar(low, 'low'), this.scalar(high, 'high')], { shape: x.shape });
  }

  /** Over the last axis, as TensorFlow.js has it. */
  softmax(x: GraphNode): GraphNode {
    return this.node('Softmax', [x], { shape: x.shape });
  }

  /** Kernel [height, width, channels in, channels out]; no groups: see the layer for those. */
  conv2d(x: GraphNode, kernel: GraphNode, window: Window): GraphNode {
    const [height = 0, width = 0, channels = 0, filters = 0] = kernel.shape;
    this.#expectChannels(x, channels);
    return this.node('Conv2D', [x, kernel], {
      shape: [1, ...windowOutput(x.shape, [height, width], window), filters],
      window,
    });
  }

  /** Kernel [height, width, channels, multiplier]; output channel = channel x multiplier + its index. */
  depthwiseConv2d(x: GraphNode, kernel: GraphNode, window: Window): GraphNode {
    const [height = 0, width = 0, channels = 0, multiplier = 0] = kernel.shape;
    this.#expectChannels(x, channels);
    const shape = [1, ...windowOutput(x.shape, [height, width], window), channels * multiplier];
    return this.node('DepthwiseConv2dNative', [x, kernel], { shape, window });
  }

  /** Kernel [height, width, channels out, channels in]; `size` is the height and width of the result. */
  conv2dTranspose(x: GraphNode, kernel: GraphNode, size: readonly [number, number], window: Window): GraphNode {
    this.#expectChannels(x, kernel.shape[3] as number);
    const shape = [1, ...size, kernel.shape[2] as number];
    return this.node('Conv2DBackpropInput', [this.integers('output_shape', shape), kernel, x], {
      shape,
      dtype: x.dtype,
      window,
    });
  }

  /** [rows, n] x [n, columns]; with more than two axes the leading ones are a batch and broadcast. */
  matMul(a: GraphNode, b: GraphNode, transpose: { readonly a?: boolean; readonly b?: boolean } = {}): GraphNode {
    const [rows, innerA] = lastTwo(a.shape, transpose.a);
    const [innerB, columns] = lastTwo(b.shape, transpose.b);
    if (innerA !== innerB) throw new RangeError(`Matrices of [${a.shape}] and [${b.shape}] cannot be multiplied.`);
    const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
    const isPlain = a.shape.length === 2 && b.shape.length === 2;
    return this.node(isPlain ? 'MatMul' : 'BatchMatMulV2', [a, b], {
      shape: [...batch, rows, columns],
      attributes: isPlain
        ? { transpose_a: { bool: transpose.a ?? false }, transpose_b: { bool: transpose.b ?? false } }
        : { adj_x: { bool: transpose.a ?? false }, adj_y: { bool: transpose.b ?? false } },
    });
  }

  pool(op: 'MaxPool' | 'AvgPool', x: GraphNode, size: readonly [number, number], window: Window): GraphNode {
    const shape = [1, ...windowOutput(x.shape, size, window), x.shape[3] as number];
    return this.node(op, [x], { shape, window, attributes: { ksize: { ints: [1, ...size, 1] } } });
  }

  reduce(op: Reduction, x: GraphNode, axes: readonly number[], keepDimensions: boolean): GraphNode {
    const reduced = new Set(axes.map((axis) => resolveAxis(axis, x.shape.length)));
    const shape = x.shape.flatMap((size, axis) => (reduced.has(axis) ? (keepDimensions ? [1] : []) : [size]));
    const inputs = [
      x,
      this.integers(
        'axes',
        [...reduced].sort((a, b) => a - b),
      ),
    ];
    return this.node(op, inputs, { shape, attributes: { keep_dims: { bool: keepDimensions } } });
  }

  /** Zeros, or `value`, before and after each axis. */
  pad(x: GraphNode, amounts: readonly (readonly [number, number])[], value = 0): GraphNode {
    const shape = x.shape.map((size, axis) => size + (amounts[axis]?.[0] ?? 0) + (amounts[axis]?.[1] ?? 0));
    if (amounts.every(([before, after]) => before === 0 && after === 0)) return x;
    const paddings = this.integers('paddings', amounts.flat(), [amounts.length, 2]);
    if (value === 0) return this.node('Pad', [x, paddings], { shape });
    return this.node('PadV2', [x, paddings, this.scalar(value, 'padding_value')], { shape });
  }

  /** The first axis, with or of the batch, is left open in the graph, so that other programs may batch. */
  reshape(x: GraphNode, shape: Shape): GraphNode {
    if (countValues(shape) !== countValues(x.shape)) {
      throw new RangeError(`A tensor of [${x.shape}] cannot take the shape [${shape}].`);
    }
    if (shape.length === x.shape.length && shape.every((size, axis) => size === x.shape[axis])) return x;
    if (isConstant(x)) return { ...x, shape };
    const open = [-1, ...shape.slice(1)];
    return this.node('Reshape', [x, this.integers('shape', open)], { shape });
  }

  transpose(x: GraphNode, order: readonly number[]): GraphNode {
    if (order.every((axis, at) => axis === at)) return x;
    const shape = order.map((axis) => x.shape[axis] as number);
    if (isConstant(x)) {
      this.countValues(x.values.length);
      return { ...x, values: transposeValues(x.values, x.shape, order), shape };
    }
    return this.node('Transpose', [x, this.integers('order', order)], { shape });
  }

  concat(parts: readonly GraphNode[], axis: number): GraphNode {
    const [first, ...rest] = parts;
    if (first === undefined) throw new RangeError('There is nothing to concatenate.');
    if (rest.length === 0) return first;
    const along = resolveAxis(axis, first.shape.length);
    for (const part of rest) {
      if (
        part.shape.length !== first.shape.length ||
        part.shape.some((size, at) => at !== along && size !== first.shape[at])
      ) {
        throw new RangeError(`Shapes [${first.shape}] and [${part.shape}] do not concatenate along axis ${along}.`);
      }
    }
    const total = parts.reduce((sum, part) => sum + (part.shape[along] as number), 0);
    const shape = first.shape.map((size, at) => (at === along ? total : size));
    const attributes = { N: { int: parts.length } };
    return this.node('ConcatV2', [...parts, this.integers('axis', [along], [])], { shape, attributes });
  }

  /** The part of `size` values an axis from `begin` on. */
  slice(x: GraphNode, begin: readonly number[], size: Shape): GraphNode {
    if (size.every((count, axis) => count === x.shape[axis])) return x;
    if (
      size.some(
        (count, axis) => count < 1 || (begin[axis] ?? 0) < 0 || (begin[axis] ?? 0) + count > (x.shape[axis] ?? 0),
      )
    ) {
      throw new RangeError(`Cannot take [${size}] from [${begin}] on out of a tensor of [${x.shape}].`);
    }
    if (size.length > mostSlicedAxes) {
      const joined = joinSlicedAxes({ shape: x.shape, begin, size });
      if (joined.size.length <= mostSlicedAxes)
        return this.reshape(this.slice(this.reshape(x, joined.shape), joined.begin, joined.size), size);
    }
    // An axis that is taken whole stays open, as the batch must.
    const open = size.map((count, axis) => (count === x.shape[axis] ? -1 : count));
    return this.node('Slice', [x, this.integers('begin', begin), this.integers('size', open)], { shape: size });
  }

  /** As {@link slice}, but only every `steps`th value of an axis. */
  stridedSlice(x: GraphNode, begin: readonly number[], end: readonly number[], steps: readonly number[]): GraphNode {
    const shape = x.shape.map((_, axis) => {
      const span = (end[axis] as number) - (begin[axis] as number);
      return Math.ceil(span / (steps[axis] as number));
    });
    if (steps.every((step) => step === 1)) return this.slice(x, begin, shape);
    const inputs = [x, this.integers('begin', begin), this.integers('end', end), this.integers('steps', steps)];
    const noMask = { int: 0 };
    const attributes = {
      begin_mask: noMask,
      // The batch is taken to its end, however long it is.
      end_mask: { int: end[0] === x.shape[0] ? 1 : 0 },
      ellipsis_mask: noMask,
      new_axis_mask: noMask,
      shrink_axis_mask: noMask,
    };
    return this.node('StridedSlice', inputs, { shape, attributes });
  }

  resize(op: 'ResizeBilinear' | 'ResizeNearestNeighbor', x: GraphNode, height: number, width: number): GraphNode {
    const attributes = { align_corners: { bool: false }, half_pixel_centers: { bool: true } };
    const shape = [x.shape[0] as number, height, width, x.shape[3] as number];
    return this.node(op, [x, this.integers('size', [height, width])], { shape, attributes });
  }

  #operand(value: GraphNode | number): GraphNode {
    return typeof value === 'number' ? this.scalar(value) : value;
  }

  #expectChannels(x: GraphNode, channels: number): void {
    if (x.shape.length !== 4 || x.shape[3] !== channels) {
      throw new RangeError(`A kernel for ${channels} channels does not fit a tensor of [${x.shape}].`);
    }
  }
}

function lastTwo(shape: Shape, isTransposed = false): [number, number] {
  if (shape.length < 2) throw new RangeError(`A tensor of [${shape}] is not a matrix.`);
  const [rows, columns] = [shape.at(-2) as number, shape.at(-1) as number];
  return isTransposed ? [columns, rows] : [rows, columns];
}
