import { GraphBuilder } from '../graph/graph-builder.ts';
import { type GraphNode, isConstant } from '../graph/node.ts';
import { countValues } from '../graph/shape.ts';
import { ImportError } from '../import-error.ts';
import type { LayerReport, ReadModel, ReadOptions } from '../model-reader.ts';
import { BatchSpace } from './batch-space.ts';
import { choices } from './choices.ts';
import { convolutions } from './convolutions.ts';
import { elementwise } from './elementwise.ts';
import type { OperationContext, OperationConverter } from './operation-context.ts';
import { pooling } from './pooling.ts';
import { readConstant } from './read-constant.ts';
import { readPixelFacts } from './read-pixel-facts.ts';
import { shapes } from './shapes.ts';
import { taking } from './taking.ts';
import type { TfliteModel, TfliteOperation, TfliteTensor } from './tflite-model.ts';
import { foldWholeNumbers } from './whole-numbers.ts';

/** By the operator's name, which for a custom one is whatever the file says. */
const converters: ReadonlyMap<string, OperationConverter> = new Map(
  [convolutions, pooling, elementwise, choices, shapes, taking].flatMap((table) => Object.entries(table)),
);
const inBatchSpace = new Set(['SPACE_TO_BATCH_ND', 'BATCH_TO_SPACE_ND']);

/** A .tflite model as nodes of a graph; activations are real numbers whatever the file quantises. */
export function tfliteToGraph(model: TfliteModel, options: ReadOptions): ReadModel {
  options.onLayers?.(model.operations.map((operation, index) => report(model, operation, index)));
  const builder = new GraphBuilder();
  const batchSpace = new BatchSpace();
  const { tensor: inputNumber, isOpen, node: input } = makeInput(model, builder, options);
  const nodes = new Map<number, GraphNode>([[inputNumber, input]]);
  const total = countParameters(model);
  let done = 0;

  const nodeOf = (number: number): GraphNode | undefined => {
    if (number === -1) return undefined;
    const known = nodes.get(number);
    if (known !== undefined) return known;
    const tensor = tensorAt(model, number);
    if (tensor.bytes.length === 0) {
      throw new ImportError(`The tensor ${tensor.name} is used before it is computed.`, 'The .tflite file is damaged.');
    }
    const constant = builder.constant(`tensor_${number}`, readConstant(tensor), tensor.shape);
    nodes.set(number, constant);
    done += constant.values.length;
    options.onProgress?.(Math.min(done, total), total);
    return constant;
  };

  for (const [index, operation] of model.operations.entries()) {
    builder.within(placeOf(operation, index), () => {
      const shape = operation.outputs[0] === undefined ? [] : tensorAt(model, operation.outputs[0]).shape;
      const context: OperationContext = {
        builder,
        name: operation.name,
        inputs: operation.inputs.map(nodeOf),
        options: operation.options,
        shape,
        outputCount: operation.outputs.length,
      };
      const results = [convertOperation(context, batchSpace)].flat();
      for (const [at, number] of operation.outputs.entries()) {
        const result = results[at];
        if (result === undefined)
          throw new ImportError(`${operation.name} has more results than it can have.`, 'The .tflite file is damaged.');
        if (!isOpen && !batchSpace.has(result)) expectShape(result, tensorAt(model, number), operation, index);
        nodes.set(number, result);
      }
    });
  }
  return {
    architectures: [],
    madeWith: 'TensorFlow Lite',
    input,
    score: chooseOutput(model, nodes, options),
    pixelFacts: readPixelFacts(model),
  };
}

function convertOperation(context: OperationContext, batchSpace: BatchSpace): GraphNode | readonly GraphNode[] {
  const { name, builder } = context;
  const converter = converters.get(name);
  try {
    const folded = foldWholeNumbers(builder, name, context.inputs);
    const special = folded ?? batchSpace.convert(context, converter);
    if (special !== undefined) return special;
    if (converter !== undefined) return converter(context);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new ImportError(
      `The operator ${name} at ${builder.place} does not fit its inputs: ${cause.message}`,
      'The .tflite file may be damaged.',
      { cause },
    );
  }
  throw new ImportError(
    `The operator ${name} at ${builder.place} is not one that can be imported.`,
    'Import the .keras or .h5 file that the .tflite was made of, or leave that operator out of the model.',
  );
}

function report(model: TfliteModel, operation: TfliteOperation, index: number): LayerReport {
  const { name, inputs } = operation;
  const parameters = inputs.reduce((sum, number) => {
    const tensor = model.tensors[number];
    return sum + (tensor === undefined || tensor.bytes.length === 0 ? 0 : countValues(tensor.shape));
  }, 0);
  const isKnown = converters.has(name) || inBatchSpace.has(name);
  return {
    place: placeOf(operation, index),
    className: name,
    parameters,
    ...(!isKnown && { problem: 'this operator is not imported' }),
  };
}

function placeOf({ name }: TfliteOperation, index: number): string {
  return `${name.toLowerCase().replace(/[^a-z0-9]+/g, '_')}_${index}`;
}

function countParameters({ tensors }: TfliteModel): number {
  return tensors.reduce((sum, { bytes, shape }) => sum + (bytes.length === 0 ? 0 : countValues(shape)), 0);
}

function tensorAt({ tensors }: TfliteModel, number: number): TfliteTensor {
  const tensor = tensors[number];
  if (tensor === undefined) throw new ImportError(`There is no tensor ${number}.`, 'The .tflite file is damaged.');
  return tensor;
}

function makeInput(model: TfliteModel, builder: GraphBuilder, { size }: ReadOptions) {
  const [number] = model.inputs;
  if (number === undefined || model.inputs.length !== 1) {
    throw new ImportError(
      `The model takes ${model.inputs.length} inputs, where a classifier of photos takes one.`,
      'Give the other inputs a fixed value inside the model.',
    );
  }
  const tensor = tensorAt(model, number);
  if (tensor.shape.length !== 4) {
    throw new ImportError(
      `The model takes a tensor of [${tensor.shape}], not a picture.`,
      'A picture is [1, height, width, channels].',
    );
  }
  const [, height = 1, width = 1, channels = 0] = tensor.shape;
  // Converters write an open size as 1.
  const isOpen = height === 1 && width === 1;
  if (isOpen && size === undefined) {
    throw new ImportError(
      'The model leaves the size of its photos open.',
      'Say which it was trained on: --size 224x224.',
    );
  }
  if (channels === 0 || channels > 4) {
    const hint = 'Channels-first models are not imported; convert the Keras model with channels last.';
    throw new ImportError(`The model takes pictures of [${tensor.shape}], which are not channels-last.`, hint);
  }
  const shape = isOpen && size !== undefined ? [1, size.height, size.width, channels] : [1, height, width, channels];
  return { tensor: number, isOpen, node: builder.input('input', shape) };
}

function expectShape(
  result: GraphNode,
  { shape, isOpen }: TfliteTensor,
  { name }: TfliteOperation,
  index: number,
): void {
  if (isOpen || isConstant(result) || countValues(result.shape) === countValues(shape)) return;
  throw new ImportError(
    `The operator ${name} (number ${index}) makes [${result.shape}], where the .tflite file says [${shape}].`,
    'The file may be damaged, or made for another batch than 1.',
  );
}

function chooseOutput(model: TfliteModel, nodes: ReadonlyMap<number, GraphNode>, { output }: ReadOptions): GraphNode {
  const named = model.outputs.map((number) => ({ name: tensorAt(model, number).name, node: nodes.get(number) }));
  const chosen = output === undefined ? named : named.filter(({ name }) => name === output);
  const [first] = chosen;
  if (first?.node !== undefined && chosen.length === 1) return first.node;
  const names = named.map(({ name }) => name).join(', ');
  throw new ImportError(
    `The model has ${named.length} outputs: ${names}.`,
    'Name the one that is the answer with --output.',
  );
}
