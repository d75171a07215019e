import { isConstant } from '../../graph/node.ts';
import { alignOperands, type LaidOut, plain, shapeOf } from '../laid-out.ts';
import { inputOf, like, notImported, type OperationContext, type OperationConverter } from '../operation-context.ts';
import { reshapeLaidOut } from '../reshape-laid-out.ts';
import { multiply } from './products.ts';

/** Axes by another order of their numbers; no value moves. */
function renumber({ node, order }: LaidOut, permutation: readonly number[]): LaidOut {
  return { node, order: order.map((axis) => permutation.indexOf(axis)) };
}

/** [batch, heads, places, size], which is also made of [batch, places, heads × size]. */
function inHeads(context: OperationContext, index: number, attribute: string): LaidOut {
  const x = inputOf(context, index);
  const shape = shapeOf(x);
  if (shape.length === 4) return x;
  const heads = context.attributes.integer(attribute, 0);
  const [batch = 1, places = 1, width = 1] = shape;
  if (shape.length !== 3 || heads < 1 || width % heads !== 0)
    throw notImported(context, `its input ${index} of [${shape}] is not of ${heads} heads`);
  return renumber(reshapeLaidOut(context.builder, x, [batch, places, heads, width / heads]), [0, 2, 1, 3]);
}

/** Softmax of Q × Kᵀ × scale + mask, times V, as opset 23 has it in one operator. */
const attention: OperationConverter = (context) => {
  const { builder, attributes, inputs, outputCount } = context;
  if (outputCount > 1 || inputs[4] !== undefined || inputs[5] !== undefined)
    throw notImported(context, 'it keeps what it saw before');
  if (attributes.integer('is_causal', 0) === 1 || attributes.float('softcap', 0) !== 0)
    throw notImported(context, 'it looks back alone, or caps its scores');
  const [query, key, value] = [
    inHeads(context, 0, 'q_num_heads'),
    inHeads(context, 1, 'kv_num_heads'),
    inHeads(context, 2, 'kv_num_heads'),
  ] as const;
  const [, heads = 1, places = 1, size = 1] = shapeOf(query);
  if (shapeOf(key)[1] !== heads) throw notImported(context, 'several heads share their keys');
  const scale = attributes.float('scale', 1 / Math.sqrt(size));
  const scaled = like(query, builder.multiply(query.node, scale));
  const scores = masked(context, multiply(context, scaled, renumber(key, [0, 1, 3, 2])));
  const shares = builder.softmax(plain(builder, scores));
  const seen = multiply(context, { node: shares, order: [0, 1, 2, 3] }, value);
  if (inputOf(context).order.length === 4) return seen;
  const [batch = 1, , , width = 1] = shapeOf(seen);
  return reshapeLaidOut(builder, renumber(seen, [0, 2, 1, 3]), [batch, places, heads * width]);
};

function masked(context: OperationContext, scores: LaidOut): LaidOut {
  const { builder, inputs } = context;
  const mask = inputs[3];
  if (mask === undefined) return scores;
  if (mask.node.dtype !== 'float32') {
    if (isConstant(mask.node) && mask.node.values.every((value) => value !== 0)) return scores;
    throw notImported(context, 'its mask leaves places out');
  }
  const { a, b, order } = alignOperands(builder, scores, mask);
  return { node: builder.add(a, b), order };
}

export const attentions: Readonly<Record<string, OperationConverter>> = { Attention: attention };
