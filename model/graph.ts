import { type GraphModel, loadGraphModelSync } from '@tensorflow/tfjs-converter';
import { type NamedTensorMap, type Tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { type GraphFile, readGraphFile } from './graph-file.ts';
import { ModelError } from './model-error.ts';

export type InputShape = readonly [batch: 1, height: number, width: number, channels: number];

/** A tensor's values, read back from the memory of TF.js. */
export interface Values {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** A graph model in the memory of TF.js, which must be disposed of. Only arrays go in and come out, never tensors. */
export class Graph {
  readonly file: GraphFile;
  readonly #model: GraphModel;
  readonly #shape: InputShape;

  private constructor(file: GraphFile, model: GraphModel, shape: InputShape) {
    this.file = file;
    this.#model = model;
    this.#shape = shape;
  }

  /**
   * Loads model.json and weights.bin; the backend of TF.js must run already. Every run has the one shape given, so that
   * memory stays flat. Throws a ModelError where files and shape do not fit together, and keeps no tensor then.
   */
  static async open(directory: string, shape: InputShape): Promise<Graph> {
    const file = await readGraphFile(directory);
    const model = loadModel(file);
    try {
      checkInput(model, shape);
      return new Graph(file, model, shape);
    } catch (thrown) {
      model.dispose();
      throw thrown;
    }
  }

  /** Runs the model once; returns the outputs asked for, in the order of their names. */
  run(input: Float32Array, outputNames: readonly string[]): Values[] {
    let values: Values[] = [];
    tidy(() => {
      const outputs = this.#model.execute(tensor4d(input, [...this.#shape]), [...outputNames]);
      values = asList(outputs).map(readValues);
    });
    return values;
  }

  /** The values and the shape of a constant of the graph. */
  readConstant(name: string): Values | undefined {
    const constant = this.#model.weights[name]?.[0];
    return constant && readValues(constant);
  }

  dispose(): void {
    this.#model.dispose();
  }
}

function loadModel(file: GraphFile): GraphModel {
  try {
    return loadGraphModelSync({ load: () => file.artifacts }) as GraphModel;
  } catch (cause) {
    throw new ModelError('unsupported', `TF.js cannot load model.json: ${(cause as Error).message}`, { cause });
  }
}

function checkInput(model: GraphModel, expected: InputShape): void {
  const [input, ...others] = model.inputs;
  if (input === undefined || others.length > 0) {
    throw new ModelError(
      'unsupported',
      `The model takes ${model.inputs.length} inputs; only models of one are served.`,
    );
  }
  // A size below 1 stands for any size.
  const shape = input.shape ?? expected;
  if (shape.length === expected.length && shape.every((size, axis) => size < 1 || size === expected[axis])) return;
  throw new ModelError(
    'mismatch',
    `The model takes [${shape.join(', ')}], but card.json's input makes [${expected.join(', ')}] ` +
      '(photo, height, width, channels).',
  );
}

function readValues(tensor: Tensor): Values {
  return { values: Float32Array.from(tensor.dataSync()), shape: tensor.shape };
}

function asList(outputs: Tensor | Tensor[] | NamedTensorMap): Tensor[] {
  if (Array.isArray(outputs)) return outputs;
  return 'dataSync' in outputs ? [outputs as Tensor] : Object.values(outputs as NamedTensorMap);
}
