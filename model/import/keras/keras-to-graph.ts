import { GraphBuilder } from '../graph/graph-builder.ts';
import type { GraphNode } from '../graph/node.ts';
import { ImportError } from '../import-error.ts';
import type { PhotoSize } from '../read-model.ts';
import { applyModel, type ModelContext, prepareVariables } from './build-graph.ts';
import type { ModelDescription } from './model-description.ts';
import type { OpenedModel } from './open-model.ts';

/** The model as nodes, not yet optimised. */
export interface ConvertedModel {
  readonly input: GraphNode;
  readonly score: GraphNode;
}

/** Builds the graph of a Keras model for photos of its own size, or of `size` where it leaves that open. */
export function kerasToGraph(
  opened: OpenedModel,
  options: { readonly size?: PhotoSize | undefined; readonly onLayer?: ModelContext['onLayer'] },
): ConvertedModel {
  const { description } = opened;
  const builder = new GraphBuilder();
  const input = builder.input('input', inputShape(description, options.size));
  const variables = prepareVariables(opened.variables, description);
  const onLayer = options.onLayer;
  const outputs = applyModel(description, [input], { builder, variables, ...(onLayer && { onLayer }) });
  const [score, ...others] = outputs;
  if (score === undefined || others.length > 0) {
    throw new ImportError(
      `The model has ${outputs.length} outputs where a classifier has one.`,
      'Rebuild it with keras.Model(model.input, the_output_you_want) and save that.',
    );
  }
  return { input, score };
}

function inputShape(model: ModelDescription, size: PhotoSize | undefined): number[] {
  const shape = findInputShape(model);
  if (shape === undefined || shape.length !== 4) {
    throw new ImportError(
      `The model takes ${shape ? `tensors of [${shape}]` : 'an input of unknown shape'}, not pictures.`,
      'A photo classifier takes [batch, height, width, channels].',
    );
  }
  const [, height, width, channels] = shape;
  const isOpen = typeof height !== 'number' || typeof width !== 'number';
  if (isOpen && size === undefined) {
    throw new ImportError('The model takes photos of any size.', 'Name the one it was trained with: --size 224x224.');
  }
  if (typeof channels !== 'number') {
    throw new ImportError('The model leaves the number of channels open.', 'Photos have 3 channels, grey ones 1.');
  }
  return [1, height ?? (size?.height as number), width ?? (size?.width as number), channels];
}

/** `batch_shape` of the input layer; old files call it `batch_input_shape` and may give it to any first layer. */
function findInputShape(model: ModelDescription): (number | null)[] | undefined {
  const name = model.inputs[0]?.layer;
  const layer = model.layers.find((candidate) => candidate.name === name) ?? model.layers[0];
  if (layer === undefined) return undefined;
  const shape = layer.config.batch_shape ?? layer.config.batch_input_shape;
  if (Array.isArray(shape) && shape.every((size) => size === null || Number.isInteger(size)))
    return shape as (number | null)[];
  return layer.model ? findInputShape(layer.model) : undefined;
}
