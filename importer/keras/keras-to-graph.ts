import { GraphBuilder } from '../graph/graph-builder.ts';
import { orderNodes } from '../graph/graph-order.ts';
import type { GraphNode } from '../graph/node.ts';
import { ImportError } from '../import-error.ts';
import type { PhotoSize } from '../model-reader.ts';
import { applyFunctional, applyModel, type ModelContext, prepareVariables } from './build-graph.ts';
import { findInputShapes, type InputShape } from './find-input-shapes.ts';
import type { ModelDescription, TensorReference } from './model-description.ts';
import type { OpenedModel } from './open-model.ts';

/** The model as nodes, not yet optimised. */
export interface ConvertedModel {
  readonly input: GraphNode;
  readonly score: GraphNode;
}

export interface ConversionOptions {
  readonly size?: PhotoSize | undefined;
  /** The layer whose result is the answer, where the model has several. */
  readonly output?: string | undefined;
  readonly onLayer?: ModelContext['onLayer'];
}

/** Builds the graph of a Keras model for photos of its own size, or of `size` where it leaves that open. */
export function kerasToGraph(opened: OpenedModel, options: ConversionOptions): ConvertedModel {
  const { description } = opened;
  const builder = new GraphBuilder();
  const variables = prepareVariables(opened.variables, description);
  const precedesKeras3 = /^[0-2]\./.test(opened.kerasVersion ?? '');
  const context = { builder, variables, precedesKeras3, ...(options.onLayer && { onLayer: options.onLayer }) };
  const shapes = findInputShapes(description);
  const inputs = shapes.map(({ shape }) => {
    const isOnly = shapes.length === 1;
    // Another input than the photo's may be of any shape, as long as the chosen output does not need it.
    if (isOnly && isFlatPhoto(shape)) return flatPhoto(builder, shape);
    const known = isOnly ? photoShape(shape, options.size) : shape && sizedShape(shape, options.size);
    return known && makeInput(builder, known);
  });
  const [score] =
    description.kind === 'sequential'
      ? applyModel(description, inputs as GraphNode[], context)
      : applyFunctional(description, inputs, context, '', [chooseOutput(description, options.output)]);
  if (score === undefined) throw new ImportError('The model has no output.', 'Save the model again.');
  const used = orderNodes({ input: score, outputs: { score } }).filter((node) => node.op === 'Placeholder');
  const [input, ...others] = used;
  if (input === undefined || others.length > 0) {
    const names = shapes.map(({ name }) => `"${name}"`).join(', ');
    throw new ImportError(
      `The answer depends on ${used.length} inputs (the model has ${names}) where a photo classifier has one.`,
      'Rebuild the model with one input and save that.',
    );
  }
  photoShape(input.shape, options.size);
  return { input, score };
}

const shortestSideOfFlatPhoto = 8;

/** [batch, height, width], as the digits of MNIST come: a grey picture whose single channel is left out. */
function isFlatPhoto(shape: InputShape | undefined): shape is readonly [null, number, number] {
  return shape?.length === 3 && shape.slice(1).every((side) => side !== null && side >= shortestSideOfFlatPhoto);
}

function flatPhoto(builder: GraphBuilder, [, height, width]: readonly [null, number, number]): GraphNode {
  return builder.within('input', () => builder.reshape(makeInput(builder, [1, height, width, 1]), [1, height, width]));
}

function makeInput(builder: GraphBuilder, shape: readonly number[]): GraphNode {
  try {
    return builder.input('input', shape);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const hint = 'Check --size, and that the file is whole.';
    throw new ImportError(`The model takes tensors of [${shape}], out of all proportion.`, hint, { cause });
  }
}

function chooseOutput({ outputs }: ModelDescription, wanted: string | undefined): TensorReference {
  const names = outputs.map(({ layer }) => `"${layer}"`).join(', ');
  const [first] = outputs;
  if (first !== undefined && outputs.length === 1 && wanted === undefined) return first;
  const chosen = outputs.filter(({ layer }) => layer === wanted);
  if (chosen[0] !== undefined && chosen.length === 1) return chosen[0];
  const what =
    wanted === undefined
      ? `The model has ${outputs.length} outputs: ${names}.`
      : `No single output is called "${wanted}"; there are ${names}.`;
  throw new ImportError(what, 'Choose the one that scores the labels: --output NAME.');
}

function sizedShape(shape: InputShape, size: PhotoSize | undefined): number[] | undefined {
  const known = shape.map((length, axis) => length ?? [1, size?.height, size?.width][axis]);
  return known.every((length): length is number => length !== undefined && length > 0) ? known : undefined;
}

/** A picture's shape with the batch as 1; throws an ImportError where it is none or a size is missing. */
function photoShape(shape: InputShape | undefined, size: PhotoSize | undefined): number[] {
  if (shape === undefined || shape.length !== 4) {
    throw new ImportError(
      `The model takes ${shape ? `tensors of [${shape.map((length) => length ?? 'any')}]` : 'an input of unknown shape'}, not pictures.`,
      'A photo classifier takes [batch, height, width, channels].',
    );
  }
  if (typeof shape[3] !== 'number') {
    throw new ImportError('The model leaves the number of channels open.', 'Photos have 3 channels, grey ones 1.');
  }
  const known = sizedShape([1, ...shape.slice(1)], size);
  if (known !== undefined) return known;
  throw new ImportError('The model takes photos of any size.', 'Name the one it was trained with: --size 224x224.');
}
