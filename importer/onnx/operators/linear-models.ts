import type { GraphNode } from '../../graph/node.ts';
import { countValues } from '../../graph/shape.ts';
import { type LaidOut, laidPlain, plain } from '../laid-out.ts';
import { inputOf, like, notImported, type OperationContext, type OperationConverter } from '../operation-context.ts';

/** A row of numbers, each label's or each pixel's. */
function rowOf(context: OperationContext): GraphNode {
  const row = plain(context.builder, inputOf(context));
  if (row.shape.length === 2 && row.shape[0] === 1) return row;
  throw notImported(context, `its input of [${row.shape}] is no row of numbers`);
}

/** One number for all, or one for each. */
function factorsOf({ builder, attributes }: OperationContext, name: string, otherwise: number): GraphNode {
  const values = Float32Array.from(attributes.floats(name) ?? [otherwise]);
  return builder.constant(name, values, [values.length]);
}

/** (x - offset) × scale. */
const scaler: OperationConverter = (context) => {
  const { builder } = context;
  const x = laidPlain(rowOf(context));
  const centred = builder.subtract(x.node, factorsOf(context, 'offset', 0));
  return like(x, builder.multiply(centred, factorsOf(context, 'scale', 1)));
};

/** x × coefficients, plus a number a label, then what becomes of scores; the label itself is the caller's to find. */
const linearClassifier: OperationConverter = (context) => {
  const { builder, attributes } = context;
  const x = rowOf(context);
  const depth = countValues(x.shape);
  const coefficients = Float32Array.from(attributes.floats('coefficients') ?? []);
  const labels = coefficients.length / depth;
  if (!Number.isInteger(labels) || labels < 2)
    throw notImported(context, `its ${coefficients.length} coefficients are not ${depth} for each of several labels`);
  const kernel = builder.transpose(builder.constant('coefficients', coefficients, [labels, depth]), [1, 0]);
  const scores = builder.add(builder.matMul(x, kernel), factorsOf(context, 'intercepts', 0));
  const result = (node: GraphNode): LaidOut[] => [laidPlain(node), laidPlain(node)];
  switch (attributes.text('post_transform', 'NONE')) {
    case 'NONE':
      return result(scores);
    case 'SOFTMAX':
      return result(builder.softmax(scores));
    case 'LOGISTIC':
      // Of a score and its negative: the same two numbers as the softmax of their halves.
      if (labels !== 2 || !isMirrored(coefficients, attributes.floats('intercepts') ?? [0, 0]))
        throw notImported(context, 'it has a logistic function for each label');
      return result(builder.softmax(builder.multiply(scores, 0.5)));
    default:
      throw notImported(context, `its scores become ${attributes.text('post_transform', '')}`);
  }
};

function isMirrored(coefficients: Float32Array, intercepts: readonly number[]): boolean {
  const depth = coefficients.length / 2;
  const isNegative = (a: number | undefined, b: number | undefined) => a !== undefined && b !== undefined && a === -b;
  return (
    coefficients.subarray(0, depth).every((value, at) => isNegative(value, coefficients[depth + at])) &&
    isNegative(intercepts[0], intercepts[1])
  );
}

/** Divides by the length of a row; probabilities of a softmax sum to 1 already. */
const normalizer: OperationConverter = (context) => {
  const { builder, attributes } = context;
  const x = rowOf(context);
  const norm = attributes.text('norm', 'MAX');
  if (norm === 'L1' && x.op === 'Softmax') return laidPlain(x);
  if (norm !== 'L2') throw notImported(context, `its norm is ${norm}`);
  return laidPlain(
    builder.divide(x, builder.unary('Sqrt', builder.reduce('Sum', builder.unary('Square', x), [1], true))),
  );
};

/** A map from labels to probabilities, in the order of the probabilities. */
const zipMap: OperationConverter = (context) => inputOf(context);

/** What linear models of scikit-learn become (ONNX's docs/Operators-ml.md). */
export const linearModels: Readonly<Record<string, OperationConverter>> = {
  'ai.onnx.ml.LinearClassifier': linearClassifier,
  'ai.onnx.ml.Normalizer': normalizer,
  'ai.onnx.ml.Scaler': scaler,
  'ai.onnx.ml.ZipMap': zipMap,
};
