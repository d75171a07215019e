import { isJsonObject } from '../../facts/json-object.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { GraphNode } from '../graph/node.ts';
import { asTflite } from '../refuse-format.ts';
import { isOperation } from './layer-class.ts';
import { LayerConfig } from './layer-config.ts';
import type { LayerVariables } from './layer-variables.ts';
import type { CallValue, LayerConverter } from './layers/layer-context.ts';
import { findLayerConverter, findOperationConverter } from './layers/layer-table.ts';
import { findOperationOfFunction } from './layers/tensorflow-functions.ts';
import type { LayerDescription } from './model-description.ts';

export interface LayerUse {
  readonly layer: LayerDescription;
  readonly place: string;
  readonly tensors: readonly GraphNode[];
  readonly positional: readonly CallValue[];
  readonly named: Readonly<Record<string, CallValue>>;
  readonly variables: LayerVariables;
  readonly precedesKeras3: boolean;
}

/** The results of one use of a layer, mostly one; throws an ImportError that names the layer, its class and its place. */
export function convertLayer(use: LayerUse, builder: GraphBuilder): GraphNode[] {
  const { tensors, positional, named, variables } = use;
  const config = new LayerConfig(use.layer.config, use.layer.className, use.place, use.precedesKeras3);
  const [first, ...others] = tensors;
  const { convert, config: own } = findConverter(use.layer, config);
  if (first === undefined) throw config.error('it is applied to nothing');
  refuseQuantised(config);
  variables.rewind();
  return config.guard(() =>
    [convert({ builder, config: own, variables, inputs: [first, ...others], positional, named })].flat(),
  );
}

/** `model.quantize` leaves whole numbers, and quantises the activations as it runs. */
function refuseQuantised(config: LayerConfig): void {
  const { dtype } = config.values;
  const isQuantised =
    isJsonObject(dtype) &&
    /^(Quantized|Int4|GPTQ|AWQ)/.test(String(dtype.class_name)) &&
    !/Float8/.test(String(dtype.class_name));
  if (!isQuantised) return;
  throw config.error(
    'its weights were quantised by model.quantize',
    'Import the model as it was before; --weights uint8 makes its file as small.',
  );
}

type FoundConverter = { readonly convert: LayerConverter; readonly config: LayerConfig };

function findConverter(layer: LayerDescription, config: LayerConfig): FoundConverter {
  const { className } = layer;
  const known = isOperation(layer)
    ? findOperationConverter(className)
    : layer.isCustom
      ? undefined
      : findLayerConverter(className);
  if (known !== undefined) return { convert: known, config };
  const found = findFunctionConverter(config);
  const problem = describeProblem(layer);
  if (found === undefined || problem !== undefined) throw config.error(problem ?? 'it is not known', remedyFor(layer));
  return found;
}

const functionLayers = ['TFOpLambda', 'SlicingOpLambda'];

/** Of a call of a TensorFlow function that tf.keras 2 recorded, as the operation of Keras 3 that does the same. */
function findFunctionConverter(config: LayerConfig): FoundConverter | undefined {
  const name = config.values.function;
  const isFunction = functionLayers.includes(config.className) && typeof name === 'string';
  const operation = isFunction ? findOperationOfFunction(name) : undefined;
  const convert = operation === undefined ? undefined : findOperationConverter(operation);
  if (operation === undefined || convert === undefined) return undefined;
  return { convert, config: config.with({ className: operation }) };
}

/** Why a layer cannot be imported, as far as its class alone tells; undefined where nothing speaks against it. */
export function describeProblem(layer: LayerDescription): string | undefined {
  const { className, config, module, isCustom } = layer;
  if (isOperation(layer)) {
    return findOperationConverter(className) ? undefined : `keras.ops.${className} is not known to the importer`;
  }
  if (isCustom) {
    return `it is a custom class${module === undefined ? '' : `, of the Python module ${module}`}, which the file does not hold`;
  }
  if (findLayerConverter(className)) return undefined;
  if (functionLayers.includes(className)) {
    const isKnown = findFunctionConverter(new LayerConfig(config, className, layer.name)) !== undefined;
    return isKnown ? undefined : `its function tf.${String(config.function)} is not known to the importer`;
  }
  if (className === 'Lambda')
    return 'a Lambda layer is Python code, which the file does not hold in a form that can be read';
  return 'this class is not known to the importer';
}

function remedyFor({ className, isCustom }: LayerDescription): string {
  if (className === 'Lambda') {
    return `Replace it by a layer that does the same (Rescaling for a scaling) and save again; or load the model in Python and convert it. ${asTflite}`;
  }
  return isCustom
    ? `Load the model in Python, where its class is known, and convert it. ${asTflite}`
    : `Replace it by layers that the importer knows; or load the model in Python and convert it. ${asTflite}`;
}
