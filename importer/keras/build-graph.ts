import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { GraphNode } from '../graph/node.ts';
import { ImportError } from '../import-error.ts';
import { convertLayer } from './convert-layer.ts';
import { LayerVariables, type VariableStore } from './layer-variables.ts';
import type { CallValue } from './layers/layer-context.ts';
import type { CallArgument, LayerDescription, ModelDescription, TensorReference } from './model-description.ts';
import { callNumbering, orderCalls } from './order-calls.ts';

/** What every layer of one file is converted with. */
export interface ModelContext {
  readonly builder: GraphBuilder;
  readonly variables: ReadonlyMap<LayerDescription, LayerVariables>;
  readonly precedesKeras3: boolean;
  /** Told of each layer before it is converted. */
  readonly onLayer?: (layer: LayerDescription, place: string) => void;
}

const noVariables: VariableStore = { own: [], all: [], child: () => undefined };

/** Gives each layer its variables, once, so that a layer used twice shares its constants. */
export function prepareVariables(
  stores: ReadonlyMap<LayerDescription, VariableStore>,
  model: ModelDescription,
  place = '',
): Map<LayerDescription, LayerVariables> {
  return new Map(
    model.layers.flatMap((layer) => {
      const inner = place === '' ? layer.name : `${place}/${layer.name}`;
      const own = [layer, new LayerVariables(stores.get(layer) ?? noVariables, inner)] as const;
      return layer.model ? [own, ...prepareVariables(stores, layer.model, inner)] : [own];
    }),
  );
}

/**
 * Applies a model to tensors: the nodes of its layers, and of the models inside it, are added to the builder's graph.
 * Returns the model's outputs in order. Throws an {@link ImportError} that names the layer in the way.
 */
export function applyModel(
  model: ModelDescription,
  inputs: readonly GraphNode[],
  context: ModelContext,
  place = '',
): GraphNode[] {
  return model.kind === 'sequential'
    ? applySequential(model, inputs, context, place)
    : applyFunctional(model, inputs, context, place, model.outputs);
}

function applySequential(
  model: ModelDescription,
  inputs: readonly GraphNode[],
  context: ModelContext,
  place: string,
): GraphNode[] {
  let current = [...inputs];
  for (const layer of model.layers) {
    if (layer.className !== 'InputLayer') current = applyLayer(layer, current, {}, context, place);
  }
  return current;
}

/** As {@link applyModel} for a functional model, but only as far as the results `wanted` need it. */
export function applyFunctional(
  model: ModelDescription,
  inputs: readonly (GraphNode | undefined)[],
  context: ModelContext,
  place: string,
  wanted: readonly TensorReference[],
): GraphNode[] {
  if (inputs.length !== model.inputs.length) {
    throw new ImportError(
      `The model "${place || model.name}" has ${model.inputs.length} inputs and is given ${inputs.length}.`,
      'A photo classifier takes one picture; rebuild the model with one input.',
    );
  }
  const results = new Map<LayerDescription, GraphNode[][]>();
  const layers = new Map(model.layers.map((layer) => [layer.name, layer]));
  const normalise = callNumbering(model);
  const lookUp = (reference: TensorReference): GraphNode => {
    const { layer, call, tensor } = reference;
    const node = results.get(layers.get(layer) as LayerDescription)?.[call]?.[tensor];
    if (node === undefined) throw unknownTensor(reference, place || model.name);
    return node;
  };
  const lookUpArgument = (reference: TensorReference) => lookUp(normalise.argument(reference));
  model.inputs.forEach((reference, at) => {
    const layer = layers.get(reference.layer);
    if (layer === undefined) throw unknownTensor(reference, place || model.name);
    const input = inputs[at];
    if (input !== undefined) results.set(layer, [[input]]);
  });
  const outputs = wanted.map(normalise.output);
  for (const { layer, index } of orderCalls(model, outputs, normalise.argument)) {
    const call = layer.calls[index];
    if (call === undefined) continue;
    const positional = call.positional.map((argument) => resolve(argument, lookUpArgument));
    const named = Object.fromEntries(
      Object.entries(call.named).map(([name, value]) => [name, resolve(value, lookUpArgument)]),
    );
    const calls = results.get(layer) ?? [];
    calls[index] = applyLayer(layer, positional, named, context, place);
    results.set(layer, calls);
  }
  return outputs.map(lookUp);
}

function applyLayer(
  layer: LayerDescription,
  positional: readonly CallValue[],
  named: Readonly<Record<string, CallValue>>,
  context: ModelContext,
  place: string,
): GraphNode[] {
  const inner = place === '' ? layer.name : `${place}/${layer.name}`;
  const tensors = [...positional, ...Object.values(named)].flatMap(tensorsOf);
  context.onLayer?.(layer, inner);
  if (layer.model) return applyModel(layer.model, tensors, context, inner);
  const variables = context.variables.get(layer) ?? new LayerVariables(noVariables, inner);
  return context.builder.within(inner, () =>
    convertLayer(
      { layer, place: inner, tensors, positional, named, variables, precedesKeras3: context.precedesKeras3 },
      context.builder,
    ),
  );
}

function resolve(argument: CallArgument, lookUp: (reference: TensorReference) => GraphNode): CallValue {
  if (argument.kind === 'tensor') return lookUp(argument.reference);
  if (argument.kind === 'list') return argument.items.map((item) => resolve(item, lookUp));
  return { value: argument.value };
}

function tensorsOf(value: CallValue): GraphNode[] {
  if (Array.isArray(value)) return value.flatMap(tensorsOf);
  return 'op' in value ? [value as GraphNode] : [];
}

function unknownTensor({ layer, call, tensor }: TensorReference, place: string): ImportError {
  return new ImportError(
    `The model "${place}" refers to result ${tensor} of call ${call} of the layer "${layer}", which does not exist.`,
    'Save the model again and copy the file whole.',
  );
}
