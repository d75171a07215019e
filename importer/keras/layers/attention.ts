import type { GraphBuilder } from '../../graph/graph-builder.ts';
import type { GraphNode } from '../../graph/node.ts';
import type { LayerVariables } from '../layer-variables.ts';
import type { LayerContext, LayerConverter } from './layer-context.ts';

/** Query, value and perhaps key, all [1, tokens, width]. */
const multiHeadAttention: LayerConverter = (context) => {
  const { builder, config, variables, inputs } = context;
  const [query, value, key = value, ...masks] = inputs;
  if (value === undefined || key === undefined || masks.length > 0) throw config.error('its masks are not supported');
  refuseMasks(context);
  const axes = config.values.attention_axes ? config.integers('attention_axes') : [1];
  if (query.shape.length !== 3 || axes.length !== 1 || axes[0] !== 1)
    throw config.error('it attends over several axes');
  if (config.boolean('use_gate', false)) throw config.error('its gate is not supported');
  const heads = config.count('num_heads');
  const keySize = config.count('key_dim');
  const valueSize = config.values.value_dim ? config.count('value_dim') : keySize;
  const hasBias = config.boolean('use_bias', true);
  const project = (x: GraphNode, name: string, size: number) =>
    toHeads(builder, x, variables.child(name), { heads, size, hasBias });
  const queries = builder.multiply(project(query, 'query_dense', keySize), 1 / Math.sqrt(keySize));
  const keys = project(key, 'key_dense', keySize);
  const values = project(value, 'value_dense', valueSize);
  const weights = builder.softmax(builder.matMul(queries, keys, { b: true }));
  const attended = builder.transpose(builder.matMul(weights, values), [0, 2, 1, 3]);
  const tokens = query.shape[1] as number;
  const width = config.values.output_shape ? config.integers('output_shape') : [query.shape[2] as number];
  if (width.length !== 1) throw config.error('its output has several axes');
  const output = variables.child('output_dense');
  const [outputSize = 1] = width;
  const kernel = builder.reshape(output.take(builder, 'kernel', [heads, valueSize, outputSize]), [
    heads * valueSize,
    outputSize,
  ]);
  const product = builder.matMul(builder.reshape(attended, [tokens, heads * valueSize]), kernel);
  const biased = hasBias ? builder.add(product, output.take(builder, 'bias', [outputSize])) : product;
  return builder.reshape(biased, [1, tokens, outputSize]);
};

/** A dense layer whose result is cut into heads: [1, heads, tokens, size]. */
function toHeads(
  builder: GraphBuilder,
  x: GraphNode,
  variables: LayerVariables,
  { heads, size, hasBias }: { readonly heads: number; readonly size: number; readonly hasBias: boolean },
): GraphNode {
  const [, tokens = 1, width = 1] = x.shape;
  const kernel = builder.reshape(variables.take(builder, 'kernel', [width, heads, size]), [width, heads * size]);
  const product = builder.matMul(builder.reshape(x, [tokens, width]), kernel);
  const bias = hasBias ? builder.reshape(variables.take(builder, 'bias', [heads, size]), [heads * size]) : undefined;
  const biased = bias ? builder.add(product, bias) : product;
  return builder.transpose(builder.reshape(biased, [1, tokens, heads, size]), [0, 2, 1, 3]);
}

const attention: LayerConverter = (context) => {
  const { builder, config, variables, inputs } = context;
  const [query, value, key = value] = inputs;
  if (value === undefined || key === undefined) throw config.error('it needs a query and a value');
  refuseMasks(context);
  if (config.text('score_mode', 'dot') !== 'dot') throw config.error('its score_mode is "concat"');
  const products = builder.matMul(query, key, { b: true });
  const scale = config.boolean('use_scale', false) ? variables.take(builder, 'scale', []) : undefined;
  return builder.matMul(builder.softmax(scale ? builder.multiply(products, scale) : products), value);
};

function refuseMasks({ config, named }: LayerContext): void {
  const isSet = (name: string) => {
    const value = named[name];
    return value !== undefined && !('value' in value && (value.value === null || value.value === false));
  };
  const mask = ['attention_mask', 'query_mask', 'value_mask', 'key_mask', 'mask', 'use_causal_mask'].find(isSet);
  if (mask !== undefined) throw config.error(`its ${mask} is not supported`);
}

export const attentionLayers: Readonly<Record<string, LayerConverter>> = {
  MultiHeadAttention: multiHeadAttention,
  Attention: attention,
};
