import type { GraphFile } from '../graph/graph-file.ts';
import type { OutputValues, PictureShape, RunnableGraph } from '../graph/runnable-graph.ts';
import { modelKernels } from '../kernels/model-kernels.ts';
import { alignedSize, placeStorages, type Storage } from './arena.ts';
import { type BoundSteps, bindSteps } from './bound-steps.ts';
import { ConstantLoader } from './constant-loader.ts';
import { planOperations } from './operation-table.ts';
import { countOf, Planner, type PlanTensor } from './planner.ts';

const pageInBytes = 65_536;

/**
 * A graph model as a list of calls of the project's own kernels, on a memory laid out once. It needs nothing of TF.js,
 * neither its code nor its WebAssembly, and allocates nothing while it runs.
 */
export class PlannedGraph implements RunnableGraph {
  readonly file: GraphFile;
  readonly #floats: Float32Array;
  readonly #input: Storage;
  readonly #outputs: ReadonlyMap<string, PlanTensor>;
  readonly #steps: BoundSteps;

  private constructor(
    file: GraphFile,
    floats: Float32Array,
    input: Storage,
    outputs: ReadonlyMap<string, PlanTensor>,
    steps: BoundSteps,
  ) {
    this.file = file;
    this.#floats = floats;
    this.#input = input;
    this.#outputs = outputs;
    this.#steps = steps;
  }

  /** The plan of a model whose input has the shape given; undefined where the model has an operation that no kernel covers. */
  static open(file: GraphFile, shape: PictureShape, table = planOperations): PlannedGraph | undefined {
    const planner = new Planner(file, table);
    const input = planner.placeholder(shape);
    const outputs = new Map<string, PlanTensor>();
    for (const [name, reference] of file.outputs) {
      const tensor = planner.tensor(reference);
      if (tensor === undefined) return undefined;
      outputs.set(name, tensor);
    }
    // Read after the last step.
    for (const { storage } of outputs.values()) storage.useAt(planner.steps.length);

    let arenaStart = 0;
    let stagingInBytes = 0;
    for (const { storage } of planner.constants) {
      storage.address = arenaStart;
      arenaStart += storage.sizeInBytes;
      stagingInBytes = Math.max(stagingInBytes, storage.sizeInBytes);
    }
    const end = Math.max(placeStorages(planner.storages, arenaStart), arenaStart + alignedSize(stagingInBytes));
    const pages = Math.ceil(end / pageInBytes);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const exports = modelKernels.instantiate(memory);
    const loader = new ConstantLoader(exports, memory, arenaStart);
    file.weights.keepOpen(() => {
      for (const { storage, fill } of planner.constants) fill(loader, storage.address);
    });
    const floats = new Float32Array(memory.buffer);
    const steps = bindSteps(planner.steps, exports, floats, memory);
    return new PlannedGraph(file, floats, input, outputs, steps);
  }

  outputShapes(outputNames: readonly string[]): (readonly number[])[] {
    return outputNames.map((name) => this.#output(name).shape);
  }

  run(input: Float32Array, outputNames: readonly string[], { isRehearsal = false } = {}): OutputValues[] {
    this.#floats.set(input, this.#input.address / Float32Array.BYTES_PER_ELEMENT);
    const { all, rehearsal } = this.#steps;
    for (const step of isRehearsal ? rehearsal : all) step();
    return outputNames.map((name) => this.#read(name));
  }

  dispose(): void {
    // Its memory goes with the object.
  }

  #read(name: string): OutputValues {
    const { shape, storage } = this.#output(name);
    const from = storage.address / Float32Array.BYTES_PER_ELEMENT;
    return { values: this.#floats.slice(from, from + countOf(shape)), shape };
  }

  #output(name: string): PlanTensor {
    const tensor = this.#outputs.get(name);
    if (tensor === undefined) throw new RangeError(`The model names no output '${name}'.`);
    return tensor;
  }
}
