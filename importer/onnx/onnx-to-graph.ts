import { GraphBuilder } from '../graph/graph-builder.ts';
import { type GraphNode, isConstant, type Values } from '../graph/node.ts';
import { countValues, requireReasonableShape } from '../graph/shape.ts';
import { ImportError } from '../import-error.ts';
import type { ReadModel, ReadOptions } from '../model-reader.ts';
import { chooseOutput } from './choose-output.ts';
import { evaluate } from './evaluate.ts';
import type { ExternalData } from './external-data.ts';
import { findInput, type OnnxInput } from './find-input.ts';
import { inlineFunctions, mostNodes } from './inline-functions.ts';
import { asKnown, type Known } from './known.ts';
import { type LaidOut, laidPlain, plain, reshapeNode, shapeOf } from './laid-out.ts';
import { neededNodes } from './needed-nodes.ts';
import { type OnnxModel, type OnnxNode, readGraph } from './onnx-model.ts';
import { clampToInt32, type OnnxTensor, shorten } from './onnx-tensor.ts';
import { notImported, type OperationContext } from './operation-context.ts';
import { operatorTable } from './operator-table.ts';
import { placeName, placeOf } from './place-of.ts';
import { readPixelFacts } from './read-pixel-facts.ts';
import { reportNode } from './report-node.ts';

/** What shapes, masks and the like may come to that are computed from the file's own constants. */
const mostEvaluatedValues = 2 ** 24;
/** Of a convolution in groups there is one for each. */
const mostOperations = 100_000;
/** Weights may be turned over and joined a few times before they reach a layer. */
const mostReadings = 8;
const deepestBranch = 16;
/** An activation of half a gigabyte is no photo's. */
const mostValuesOfActivation = 2 ** 26;

/** An ONNX model as nodes of a graph, its pictures turned to channels-last once. Throws an {@link ImportError}. */
export function onnxToGraph(model: OnnxModel, external: ExternalData, options: ReadOptions): ReadModel {
  const nodes = inlineFunctions(model.graph.nodes, model.functions);
  const output = chooseOutput(model, nodes, options);
  const needed = neededNodes(nodes, output);
  options.onLayers?.(needed.map((node, index) => reportNode(node, index, model.graph)));
  const builder = new GraphBuilder();
  const input = findInput(builder, model.graph, needed, options);
  const conversion = new Conversion(model, external, builder, input, options);
  conversion.run(needed);
  return {
    architectures: [],
    madeWith: `ONNX, ${model.producer}, opset ${model.opset}`,
    input: input.node,
    score: conversion.score(output),
    pixelFacts: readPixelFacts(model.graph, needed, input.name, external),
  };
}

class Conversion {
  readonly #model: OnnxModel;
  readonly #external: ExternalData;
  readonly #builder: GraphBuilder;
  readonly #values = new Map<string, LaidOut>();
  /** ONNX's number of the type of each constant, which a node of ours does not keep. */
  readonly #types = new Map<string, number>();
  readonly #options: ReadOptions;
  readonly #total: number;
  #done = 0;
  #evaluated = 0;
  /** How many values of the file's own were read, and how many may be made of them. */
  #read = 0;
  #most = 0;
  #count = 0;

  constructor(model: OnnxModel, external: ExternalData, builder: GraphBuilder, input: OnnxInput, options: ReadOptions) {
    this.#model = model;
    this.#external = external;
    this.#builder = builder;
    this.#options = options;
    this.#values.set(input.name, input.fed);
    this.#total = [...model.graph.initializers.values()].reduce((sum, { shape }) => sum + countValues(shape), 0);
    this.#allow(0);
  }

  run(nodes: readonly OnnxNode[], depth = 0): void {
    for (const node of nodes) {
      if (++this.#count > mostNodes) throw new RangeError(`it has more than ${mostNodes} nodes`);
      this.#builder.within(placeOf(node, this.#count), () => this.#convert(node, depth));
    }
  }

  /** The output as one row of scores, whatever order its axes lie in. */
  score(name: string): GraphNode {
    const scores = plain(this.#builder, this.#valueOf(name, 'the end of the model'));
    const count = countValues(scores.shape);
    return scores.shape.some((size) => size === count) ? reshapeNode(this.#builder, scores, [1, count]) : scores;
  }

  #convert(node: OnnxNode, depth: number): void {
    try {
      const results = this.#results(node, depth);
      node.outputs.forEach((name, at) => {
        const result = results[at];
        if (name === '' || result === undefined) return;
        if (this.#values.has(name)) throw new RangeError(`the name ${shorten(name)} is given twice`);
        if (countValues(result.node.shape) > mostValuesOfActivation)
          throw new RangeError(`a tensor of [${shapeOf(result)}] is out of all proportion`);
        this.#values.set(name, result);
        if (isConstant(result.node)) this.#types.set(name, this.#typeOfResult(node));
      });
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new ImportError(
        `The operator ${node.op} at ${this.#builder.place} does not fit its inputs: ${cause.message.replace(/\.$/, '')}.`,
        'The .onnx file may be damaged, or made for another size of photo or batch; export it with a batch of 1.',
        { cause },
      );
    }
  }

  /** Of a constant that is made of others: what a Cast says, and else what it is made of. */
  #typeOfResult({ op, attributes, inputs, outputs }: OnnxNode): number {
    if (op === 'Cast') return attributes.integer('to', 1);
    return this.#types.get(outputs[0] ?? '') ?? this.#types.get(inputs[0] ?? '') ?? 0;
  }

  #results(node: OnnxNode, depth: number): readonly LaidOut[] {
    const { op, attributes } = node;
    const { opset } = this.#model;
    const builder = this.#builder;
    if (op === 'Constant') return [this.#constant(node)];
    if (op === 'If') return this.#branch(node, depth);
    const inputs = node.inputs.map((name) => (name === '' ? undefined : this.#valueOf(name, builder.place)));
    const context: OperationContext = {
      builder,
      op,
      opset,
      inputs,
      attributes,
      outputCount: node.outputs.filter((name) => name !== '').length,
      typeOf: (index) => this.#types.get(node.inputs[index] ?? '') ?? 0,
    };
    if (op === 'Shape' || op === 'Size' || op === 'ConstantOfShape') return [this.#aboutShapes(context)];
    const known = inputs.map((input) =>
      input !== undefined && isConstant(input.node) ? asKnown(plainConstant(builder, input)) : undefined,
    );
    const areAllKnown =
      inputs.length > 0 && inputs.every((input, at) => input === undefined || known[at] !== undefined);
    const evaluated = areAllKnown ? evaluate(op, { inputs: known, attributes, opset }) : undefined;
    if (evaluated !== undefined) return [this.#evaluatedConstant(evaluated, known)];
    const convert = operatorTable.get(op);
    if (convert === undefined) throw notImported(context, 'it is none of those that are');
    return [convert(context)].flat();
  }

  #valueOf(name: string, place: string): LaidOut {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const tensor = this.#model.graph.initializers.get(name);
    if (tensor === undefined) {
      throw new ImportError(
        `The value ${shorten(name)} is used at ${place} before it is computed.`,
        'The .onnx file is damaged: its nodes must stand in the order in which they are computed.',
      );
    }
    const value = laidPlain(this.#stored(tensor));
    this.#values.set(name, value);
    this.#types.set(name, tensor.type);
    this.#done += countValues(tensor.shape);
    this.#options.onProgress?.(Math.min(this.#done, this.#total), this.#total);
    return value;
  }

  #stored(tensor: OnnxTensor): GraphNode {
    const values = tensor.values(this.#external);
    this.#allow(values.length);
    return this.#builder.constant(placeName(tensor.name) || 'weights', values, tensor.shape);
  }

  /** Weights of the file itself, not of what it claims, may be turned over and joined before they reach a layer. */
  #allow(read: number): void {
    this.#read += read;
    this.#most = mostEvaluatedValues + mostReadings * this.#read;
    this.#builder.limit({ nodes: mostOperations, values: this.#most });
  }

  #constant({ attributes, outputs, op }: OnnxNode): LaidOut {
    const builder = this.#builder;
    const tensor = attributes.tensor('value');
    if (tensor !== undefined) {
      this.#types.set(outputs[0] ?? '', tensor.type);
      return laidPlain(this.#stored(tensor));
    }
    const floats = attributes.floats('value_floats');
    if (floats !== undefined) return laidPlain(builder.constant('value', Float32Array.from(floats), [floats.length]));
    const integers = attributes.integers('value_ints');
    if (integers !== undefined) return laidPlain(builder.integers('value', integers.map(clampToInt32)));
    if (attributes.has('value_float')) return laidPlain(builder.scalar(attributes.float('value_float', 0)));
    if (attributes.has('value_int'))
      return laidPlain(builder.integers('value', [clampToInt32(attributes.integer('value_int', 0))], []));
    throw notImported({ op, builder }, 'it holds text, or a sparse tensor');
  }

  /** A branch is taken once and for all where the condition does not depend on the photo. */
  #branch(node: OnnxNode, depth: number): readonly LaidOut[] {
    const builder = this.#builder;
    const condition = this.#valueOf(node.inputs[0] ?? '', builder.place).node;
    if (!isConstant(condition)) throw notImported({ op: 'If', builder }, 'its condition depends on the photo');
    if (depth === deepestBranch) throw notImported({ op: 'If', builder }, `branches lie ${deepestBranch} deep`);
    const body = node.attributes.graph(condition.values[0] === 0 ? 'else_branch' : 'then_branch');
    if (body === undefined) throw notImported({ op: 'If', builder }, 'it lacks a branch');
    const graph = readGraph(body);
    for (const [name, tensor] of graph.initializers) {
      this.#values.set(name, laidPlain(this.#stored(tensor)));
      this.#types.set(name, tensor.type);
    }
    this.run(inlineFunctions(graph.nodes, this.#model.functions), depth + 1);
    return graph.outputs.map(({ name }) => this.#valueOf(name, builder.place));
  }

  /** Shapes do not depend on the photo, though the tensors do that have them. */
  #aboutShapes(context: OperationContext): LaidOut {
    const { op, inputs, attributes } = context;
    const builder = this.#builder;
    const [x] = inputs;
    if (x === undefined) throw notImported(context, 'it lacks its input');
    if (op === 'ConstantOfShape') {
      if (!isConstant(x.node)) throw notImported(context, 'its shape is computed from the photo');
      const shape = Array.from(x.node.values);
      requireReasonableShape(shape);
      const tensor = attributes.tensor('value');
      const value = tensor?.values(this.#external)[0] ?? 0;
      const count = this.#budget(countValues(shape));
      const isWhole = tensor !== undefined && tensor.values(this.#external) instanceof Int32Array;
      const values: Values = isWhole ? new Int32Array(count).fill(value) : new Float32Array(count).fill(value);
      return laidPlain(builder.constant('values', values, shape));
    }
    const shape = shapeOf(x);
    if (op === 'Size') return laidPlain(builder.integers('size', [countValues(shape)], []));
    const clampAxis = (axis: number) => Math.min(Math.max(axis < 0 ? axis + shape.length : axis, 0), shape.length);
    const part = shape.slice(
      clampAxis(attributes.integer('start', 0)),
      clampAxis(attributes.integer('end', shape.length)),
    );
    return laidPlain(builder.integers('shape', part));
  }

  #evaluatedConstant({ values, shape }: Known, inputs: readonly (Known | undefined)[]): LaidOut {
    // What a constant is made of has to be looked at, however small the result is.
    const isMade = inputs.every((input) => input?.values !== values);
    if (isMade) this.#budget(inputs.reduce((sum, input) => sum + (input?.values.length ?? 0), values.length));
    return laidPlain(this.#builder.constant('values', values, shape));
  }

  #budget(count: number): number {
    this.#evaluated += count;
    if (this.#evaluated > this.#most) {
      throw new RangeError('its constants come to more than a model holds');
    }
    return count;
  }
}

function plainConstant(builder: GraphBuilder, value: LaidOut) {
  const node = plain(builder, value);
  if (!isConstant(node)) throw new RangeError('a constant became none');
  return node;
}
