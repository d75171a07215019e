import { type GraphNode, isConstant } from '../../graph/node.ts';
import { countValues } from '../../graph/shape.ts';
import { type LaidOut, laidPlain, plain, shapeOf, widen } from '../laid-out.ts';
import { inputOf, notImported, type OperationContext, type OperationConverter } from '../operation-context.ts';

/** alpha × A × B + beta × C, either matrix turned over where it says so. */
export const gemm: OperationConverter = (context) => {
  const { builder, attributes, inputs } = context;
  const [a, b] = [plain(builder, inputOf(context)), plain(builder, inputOf(context, 1))];
  if (a.shape.length !== 2 || b.shape.length !== 2) throw notImported(context, 'it is not about matrices');
  const left = attributes.integer('transA', 0) === 1 ? builder.transpose(a, [1, 0]) : a;
  const right = attributes.integer('transB', 0) === 1 ? builder.transpose(b, [1, 0]) : b;
  const [alpha, beta] = [attributes.float('alpha', 1), attributes.float('beta', 1)];
  const scaled = alpha === 1 ? right : builder.multiply(right, alpha);
  const product = builder.matMul(left, scaled);
  const bias = inputs[2] === undefined || beta === 0 ? undefined : plain(builder, inputOf(context, 2));
  if (bias === undefined) return laidPlain(product);
  const term = beta === 1 ? bias : builder.multiply(bias, beta);
  return laidPlain(
    builder.add(
      product,
      isConstant(term)
        ? builder.reshape(
            term,
            term.shape.filter((size) => size !== 1),
          )
        : term,
    ),
  );
};

const matMul: OperationConverter = (context) => multiply(context, inputOf(context), inputOf(context, 1));

/** Products of matrices along the last two axes; those before them are a batch. */
export function multiply(context: OperationContext, a: LaidOut, b: LaidOut): LaidOut {
  const { builder } = context;
  if (a.order.length < 2 || b.order.length < 2) {
    const wide = [a.order.length < 2 ? widen(builder, a, 2) : a, b] as const;
    if (b.order.length < 2 || a.order.length < 1)
      throw notImported(context, 'one of its inputs has fewer than two axes');
    const product = multiply(context, ...wide);
    const shape = shapeOf(product).toSpliced(-2, 1);
    return laidPlain(builder.reshape(plain(builder, product), shape));
  }
  if (isConstant(b.node) && b.order.length === 2) return multiplyByMatrix(context, a, plain(builder, b));
  const rank = Math.max(a.order.length, b.order.length);
  const [left, right] = [operandOf(context, widen(builder, a, rank)), operandOf(context, widen(builder, b, rank))];
  return laidPlain(builder.matMul(left.node, right.node, { a: left.isTurned, b: right.isTurned }));
}

/** A tensor whose last axis lies last, whatever the order of the others, times a constant matrix. */
function multiplyByMatrix({ builder }: OperationContext, a: LaidOut, matrix: GraphNode): LaidOut {
  const rank = a.order.length;
  const isInnermost = a.order.at(-1) === rank - 1;
  const x = isInnermost ? a : laidPlain(plain(builder, a));
  const [depth = 0, columns = 0] = matrix.shape;
  if (x.node.shape.at(-1) !== depth)
    throw new RangeError(`matrices of [${shapeOf(a)}] and [${matrix.shape}] cannot be multiplied`);
  const shape = [...x.node.shape.slice(0, -1), columns];
  if (rank === 2) return { node: builder.matMul(x.node, matrix), order: x.order };
  // On a picture it is a convolution of one pixel, which joins what comes before and after it as every convolution does.
  const rows = countValues(x.node.shape) / depth;
  const [height, width] = rank === 4 ? [x.node.shape[1] as number, x.node.shape[2] as number] : [1, rows];
  const isPicture = rank === 4 && x.node.shape[0] === 1;
  const wide = builder.reshape(
    x.node,
    isPicture ? x.node.shape : [1, height * (rows / (height * width)), width, depth],
  );
  const product = builder.conv2d(wide, builder.reshape(matrix, [1, 1, depth, columns]), {
    strides: [1, 1],
    dilations: [1, 1],
    padding: 'VALID',
  });
  return { node: builder.reshape(product, shape), order: x.order };
}

/** A matrix as it lies, or turned over where only its last two axes are exchanged, which a product does by itself. */
function operandOf(
  { builder }: OperationContext,
  value: LaidOut,
): { readonly node: GraphNode; readonly isTurned: boolean } {
  const { order } = value;
  const rank = order.length;
  const isTurned = order.every((axis, place) => axis === (place < rank - 2 ? place : 2 * rank - 3 - place));
  return isTurned ? { node: value.node, isTurned } : { node: plain(builder, value), isTurned: false };
}

export const products: Readonly<Record<string, OperationConverter>> = {
  Gemm: gemm,
  MatMul: matMul,
};
