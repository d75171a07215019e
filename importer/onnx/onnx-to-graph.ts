import { GraphBuilder } from '../graph/graph-builder.ts';
import { type GraphNode, isConstant } from '../graph/node.ts';
import { countValues } from '../graph/shape.ts';
import { ImportError } from '../import-error.ts';
import type { ReadModel, ReadOptions } from '../model-reader.ts';
import { aboutShapes } from './about-shapes.ts';
import { chooseOutput } from './choose-output.ts';
import { ConstantTypes } from './constant-types.ts';
import { evaluate } from './evaluate.ts';
import type { ExternalData } from './external-data.ts';
import { findInput, type OnnxInput } from './find-input.ts';
import { inlineFunctions, mostNodes } from './inline-functions.ts';
import { asKnown, type Known } from './known.ts';
import { type LaidOut, laidPlain, plain, reshapeNode, shapeOf } from './laid-out.ts';
import { neededNodes } from './needed-nodes.ts';
import { type OnnxModel, type OnnxNode, readGraph } from './onnx-model.ts';
import { clampToInt32, shorten } from './onnx-tensor.ts';
import { notImported, type OperationContext } from './operation-context.ts';
import { operatorTable } from './operator-table.ts';
import { placeOf } from './place-of.ts';
import { readPixelFacts } from './read-pixel-facts.ts';
import { reportNode } from './report-node.ts';
import { Sequences, sequenceOperators } from './sequences.ts';
import { StoredConstants } from './stored-constants.ts';

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
  const constants = new StoredConstants(builder, external);
  const conversion = new Conversion(model, constants, builder, input, options);
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
  readonly #builder: GraphBuilder;
  readonly #constants: StoredConstants;
  readonly #types = new ConstantTypes();
  readonly #values = new Map<string, LaidOut>();
  readonly #sequences = new Sequences();
  readonly #options: ReadOptions;
  readonly #total: number;
  #done = 0;
  #count = 0;

  constructor(
    model: OnnxModel,
    constants: StoredConstants,
    builder: GraphBuilder,
    input: OnnxInput,
    options: ReadOptions,
  ) {
    this.#model = model;
    this.#constants = constants;
    this.#builder = builder;
    this.#options = options;
    this.#values.set(input.name, input.fed);
    this.#total = [...model.graph.initializers.values()].reduce((sum, { shape }) => sum + countValues(shape), 0);
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
        if (isConstant(result.node)) this.#types.note(name, node);
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

  #results(node: OnnxNode, depth: number): readonly LaidOut[] {
    const { op, attributes } = node;
    const { opset } = this.#model;
    const builder = this.#builder;
    if (op === 'Constant') return [this.#constant(node)];
    if (op === 'If') return this.#branch(node, depth);
    const inputs = node.inputs.map((name) =>
      name === '' || this.#sequences.has(name) ? undefined : this.#valueOf(name, builder.place),
    );
    const context: OperationContext = {
      builder,
      op,
      opset,
      inputs,
      attributes,
      outputCount: node.outputs.filter((name) => name !== '').length,
      typeOf: (index) => this.#types.of(node.inputs[index] ?? ''),
    };
    if (op === 'Shape' || op === 'Size' || op === 'ConstantOfShape') return [aboutShapes(context, this.#constants)];
    if (sequenceOperators.has(op))
      return this.#sequences.convert(context, { input: node.inputs[0] ?? '', output: node.outputs[0] ?? '' });
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
    const value = laidPlain(this.#constants.read(tensor));
    this.#values.set(name, value);
    this.#types.set(name, tensor.type);
    this.#done += countValues(tensor.shape);
    this.#options.onProgress?.(Math.min(this.#done, this.#total), this.#total);
    return value;
  }

  #constant({ attributes, outputs, op }: OnnxNode): LaidOut {
    const builder = this.#builder;
    const tensor = attributes.tensor('value');
    if (tensor !== undefined) {
      this.#types.set(outputs[0] ?? '', tensor.type);
      return laidPlain(this.#constants.read(tensor));
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
      this.#values.set(name, laidPlain(this.#constants.read(tensor)));
      this.#types.set(name, tensor.type);
    }
    this.run(inlineFunctions(graph.nodes, this.#model.functions), depth + 1);
    return graph.outputs.map(({ name }) => this.#valueOf(name, builder.place));
  }

  #evaluatedConstant({ values, shape }: Known, inputs: readonly (Known | undefined)[]): LaidOut {
    // What a constant is made of has to be looked at, however small the result is.
    const isMade = inputs.every((input) => input?.values !== values);
    if (isMade) this.#constants.spend(inputs.reduce((sum, input) => sum + (input?.values.length ?? 0), values.length));
    return laidPlain(this.#builder.constant('values', values, shape));
  }
}

function plainConstant(builder: GraphBuilder, value: LaidOut) {
  const node = plain(builder, value);
  if (!isConstant(node)) throw new RangeError('a constant became none');
  return node;
}
