import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { GraphNode } from '../graph/node.ts';
import { LayerConfig } from './layer-config.ts';
import type { LayerVariables } from './layer-variables.ts';
import type { CallValue } from './layers/layer-context.ts';
import { findLayerConverter, findOperationConverter } from './layers/layer-table.ts';
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
  const { layer, place, isOperation, tensors, positional, named, variables } = use;
  const config = new LayerConfig(layer.config, layer.className, place);
  const [first, ...others] = tensors;
  const convert = isOperation ? findOperationConverter(layer.className) : findLayerConverter(layer.className);
  if (convert === undefined) throw config.error('this class is not known to the importer');
  if (first === undefined) throw config.error('it is applied to nothing');
  variables.rewind();
  return config.guard(() => convert({ builder, config, variables, inputs: [first, ...others], positional, named }));
}
