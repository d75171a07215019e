import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { GraphNode } from '../graph/node.ts';
import type { ImportError } from '../import-error.ts';
import { LayerConfig } from './layer-config.ts';
import type { LayerVariables } from './layer-variables.ts';
import type { CallValue, LayerConverter } from './layers/layer-context.ts';
import { findLayerConverter, findOperationConverter } from './layers/layer-table.ts';
import { findOperationOfFunction } from './layers/tensorflow-functions.ts';
import type { LayerDescription } from './model-description.ts';

export interface LayerUse {
  readonly layer: LayerDescription;
  readonly place: string;
  readonly isOperation: boolean;
  readonly tensors: readonly GraphNode[];
  readonly positional: readonly CallValue[];
  readonly named: Readonly<Record<string, CallValue>>;
  readonly variables: LayerVariables;
}

/** The result of one use of a layer; throws an ImportError that names the layer, its class and its place. */
export function convertLayer(use: LayerUse, builder: GraphBuilder): GraphNode {
  const { tensors, positional, named, variables } = use;
  const config = new LayerConfig(use.layer.config, use.layer.className, use.place);
  const [first, ...others] = tensors;
  const { convert, config: own } = findConverter(use, config);
  if (first === undefined) throw config.error('it is applied to nothing');
  variables.rewind();
  return config.guard(() =>
    convert({ builder, config: own, variables, inputs: [first, ...others], positional, named }),
  );
}

const functionLayers = ['TFOpLambda', 'SlicingOpLambda', 'TensorFlowOpLayer', 'Lambda'];

function findConverter(use: LayerUse, config: LayerConfig): { convert: LayerConverter; config: LayerConfig } {
  const { className } = use.layer;
  const known = use.isOperation ? findOperationConverter(className) : findLayerConverter(className);
  if (known !== undefined) return { convert: known, config };
  if (!functionLayers.includes(className)) throw unknownClass(use, config);
  const name = config.values.function;
  if (className === 'Lambda' || typeof name !== 'string') {
    throw config.error('its Python code is not in the file in a form that can be read', lambdaHint);
  }
  const operation = findOperationOfFunction(name);
  const convert = operation === undefined ? undefined : findOperationConverter(operation);
  if (operation === undefined || convert === undefined)
    throw config.error(`its function tf.${name} is not known to the importer`);
  return { convert, config: new LayerConfig(config.values, operation, use.place) };
}

const lambdaHint =
  'Replace it by layers or keras.ops calls that do the same (Rescaling for a scaling), copy the weights and save again.';

function unknownClass({ layer, isOperation }: LayerUse, config: LayerConfig): ImportError {
  if (isOperation) return config.error(`keras.ops.${layer.className} is not known to the importer`);
  const isOwn = layer.module === undefined || /^(tf_)?keras(\.|$)/.test(layer.module);
  if (isOwn) return config.error('this class is not known to the importer');
  return config.error(
    `it is a custom class of ${layer.module}`,
    "Replace it by Keras's own layers, or by layers inside a keras.Model, and save the model again.",
  );
}
