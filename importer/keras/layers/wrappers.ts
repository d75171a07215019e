import { isJsonObject } from '../../../facts/json-object.ts';
import type { GraphNode } from '../../graph/node.ts';
import { nestedConfig } from '../layer-config.ts';
import { isCustomClass } from '../read-model-description.ts';
import { identityLayers } from './identity.ts';
import type { LayerContext, LayerConverter } from './layer-context.ts';

/** Looks a layer up by its class; undefined where it is not known. */
export type FindLayerConverter = (className: string) => LayerConverter | undefined;

/** The layer that another holds as its argument `layer`, ready to be applied to `x`. */
function applyInner(context: LayerContext, x: GraphNode, find: FindLayerConverter): GraphNode {
  const { config, variables } = context;
  const json = config.values.layer;
  const inner = nestedConfig(json, config);
  const isCustom = isJsonObject(json) && isCustomClass(String(json.class_name), json.module);
  const convert = inner === undefined || isCustom ? undefined : find(inner.className);
  if (inner === undefined || convert === undefined) {
    throw config.error(`the layer inside it, ${inner?.className ?? 'which is missing'}, is not known to the importer`);
  }
  const own = variables.childOrSelf('layer');
  return convert({ ...context, config: inner, variables: own, inputs: [x], positional: [x], named: {} }) as GraphNode;
}

/** What it does to the kernel it does in training; the file holds the result. */
function spectralNormalization(find: FindLayerConverter): LayerConverter {
  return (context) => applyInner(context, context.inputs[0], find);
}

/** Layers that see every value, or the last axis only, whatever comes before. */
const actsOnLastAxis = new Set([
  'Dense',
  'Activation',
  'ReLU',
  'LeakyReLU',
  'ELU',
  'Softmax',
  ...Object.keys(identityLayers),
]);
const mostSteps = 64;

/** The same layer for each of the parts along the second axis. */
function timeDistributed(find: FindLayerConverter): LayerConverter {
  return (context) => {
    const { builder, config, variables } = context;
    const [x] = context.inputs;
    if (actsOnLastAxis.has(nestedConfig(config.values.layer, config)?.className ?? ''))
      return applyInner(context, x, find);
    const [, steps = 0, ...shape] = x.shape;
    if (steps > mostSteps) throw config.error(`it is applied to ${steps} steps, more than ${mostSteps}`);
    const inner = { ...context, variables: variables.childOrSelf('layer') };
    const results = Array.from({ length: steps }, (_, step) => {
      const begin = x.shape.map((_size, axis) => (axis === 1 ? step : 0));
      const part = builder.slice(x, begin, [1, 1, ...shape]);
      inner.variables.rewind();
      const result = applyInner(inner, builder.reshape(part, [1, ...shape]), find);
      return builder.reshape(result, [1, 1, ...result.shape.slice(1)]);
    });
    return builder.concat(results, 1);
  };
}

/** Layers that hold another, which `find` looks up: this table is itself a part of the one that is looked into. */
export function wrapperLayers(find: FindLayerConverter): Readonly<Record<string, LayerConverter>> {
  return { SpectralNormalization: spectralNormalization(find), TimeDistributed: timeDistributed(find) };
}
