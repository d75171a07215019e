import type { LayerDescription, ModelDescription } from './model-description.ts';

/** Batch first; null where the model leaves a length open. */
export type InputShape = readonly (number | null)[];

export interface NamedInput {
  readonly name: string;
  readonly shape: InputShape | undefined;
}

/** What each of a model's inputs takes, in their order; a sequential model has one. */
export function findInputShapes(model: ModelDescription): NamedInput[] {
  if (model.kind === 'sequential') {
    const [first] = model.layers;
    return [{ name: first?.name ?? model.name, shape: (first && shapeOf(first)) ?? readShape(model.builtFor) }];
  }
  return model.inputs.map(({ layer: name }) => {
    const layer = model.layers.find((candidate) => candidate.name === name);
    return { name, shape: layer && shapeOf(layer) };
  });
}

/** `batch_shape` of an input layer; files before Keras 3 call it `batch_input_shape` and give it to any first layer. */
function shapeOf(layer: LayerDescription): InputShape | undefined {
  const shape = readShape(layer.config.batch_shape ?? layer.config.batch_input_shape);
  return shape ?? (layer.model ? findInputShapes(layer.model)[0]?.shape : undefined);
}

function readShape(value: unknown): InputShape | undefined {
  const isShape = Array.isArray(value) && value.every((length) => length === null || Number.isInteger(length));
  return isShape ? (value as InputShape) : undefined;
}
