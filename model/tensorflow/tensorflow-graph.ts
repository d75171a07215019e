import { type GraphModel, loadGraphModelSync } from '@tensorflow/tfjs-converter';
import { type io, type NamedTensorMap, type Tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Engine } from '../classification.ts';
import { countStoredBytes, type GraphFile } from '../graph/graph-file.ts';
import type { OutputValues, PictureShape, RunnableGraph } from '../graph/runnable-graph.ts';
import { ModelError } from '../model-error.ts';
import { expandHalfFloats } from './expand-half-floats.ts';
import { installKernels, onStockKernels } from './install-kernels.ts';
import { startWasmBackend } from './wasm-backend.ts';

/** A graph model in the memory of TF.js. Only arrays go in and come out, never tensors. */
export class TensorflowGraph implements RunnableGraph {
  readonly file: GraphFile;
  readonly #model: GraphModel;
  readonly #shape: PictureShape;
  readonly #engine: Engine;

  private constructor(file: GraphFile, model: GraphModel, shape: PictureShape, engine: Engine) {
    this.file = file;
    this.#model = model;
    this.#shape = shape;
    this.#engine = engine;
  }

  /**
   * Loads the model on TF.js's WebAssembly backend, with the project's convolutions before its own where the engine is `own`.
   * Throws a ModelError where it cannot, and keeps no tensor then.
   */
  static async open(file: GraphFile, shape: PictureShape, wasmFile: string, engine: Engine): Promise<TensorflowGraph> {
    await startWasmBackend(wasmFile);
    if (engine === 'own') installKernels();
    return new TensorflowGraph(file, loadModel(file), shape, engine);
  }

  /** Loads the model on whatever backend of TF.js runs. */
  static onCurrentBackend(file: GraphFile, shape: PictureShape): TensorflowGraph {
    return new TensorflowGraph(file, loadModel(file), shape, 'tensorflow');
  }

  /** Runs the model once, on black: TF.js tells shapes only then. */
  outputShapes(outputNames: readonly string[]): (readonly number[])[] {
    const black = new Float32Array(this.#shape.reduce((product, size) => product * size, 1));
    return this.run(black, outputNames).map(({ shape }) => shape);
  }

  run(input: Float32Array, outputNames: readonly string[]): OutputValues[] {
    return this.#engine === 'own'
      ? this.#execute(input, outputNames)
      : onStockKernels(() => this.#execute(input, outputNames));
  }

  dispose(): void {
    this.#model.dispose();
  }

  #execute(input: Float32Array, outputNames: readonly string[]): OutputValues[] {
    let values: OutputValues[] = [];
    tidy(() => {
      const outputs = this.#model.execute(tensor4d(input, [...this.#shape]), [...outputNames]);
      values = asList(outputs).map(readValues);
    });
    return values;
  }
}

function loadModel({ topology, signature, weightEntries, weights }: GraphFile): GraphModel {
  const bytes = new Uint8Array(weights.sizeInBytes);
  weights.read(bytes, 0);
  const specs = weightEntries as readonly io.WeightsManifestEntry[];
  const artifacts: io.ModelArtifacts = {
    modelTopology: topology,
    ...expandHalfFloats(specs, bytes, countStoredBytes),
    ...(signature !== undefined && { signature }),
  };
  try {
    return loadGraphModelSync({ load: () => artifacts }) as GraphModel;
  } catch (cause) {
    throw new ModelError('unsupported', `TF.js cannot load model.json: ${(cause as Error).message}`, { cause });
  }
}

function readValues(tensor: Tensor): OutputValues {
  return { values: Float32Array.from(tensor.dataSync()), shape: tensor.shape };
}

function asList(outputs: Tensor | Tensor[] | NamedTensorMap): Tensor[] {
  if (Array.isArray(outputs)) return outputs;
  return 'dataSync' in outputs ? [outputs as Tensor] : Object.values(outputs as NamedTensorMap);
}
