import type { GraphFile, StoredNode } from '../graph/graph-file.ts';
import { listWeights, readNumbers, type StoredWeight } from '../graph/stored-weights.ts';
import type { ModelKernels } from '../kernels/model-kernels.ts';
import { Storage } from './arena.ts';
import type { ConstantLoader } from './constant-loader.ts';

/** A tensor of floats in row-major order. */
/** Sizes or strides of a picture or of a convolution's kernel: a cast for lists that are of no other length there. */
export type Four = [number, number, number, number];

export interface PlanTensor {
  readonly shape: readonly number[];
  readonly storage: Storage;
}

export interface PlannedConstant {
  readonly storage: Storage;
  readonly fill: (loader: ConstantLoader, address: number) => void;
}

/**
 * What a step does at each run; `bind` is called once, with the kernels, the whole memory as floats and as what other
 * modules are instantiated on, when every storage has its address.
 */
export interface PlannedStep {
  readonly bind: (kernels: ModelKernels, floats: Float32Array, memory: WebAssembly.Memory) => () => void;
}

/**
 * Plans the steps that make a node's tensor, and returns that; undefined where the node is one of those left to TF.js.
 */
export type PlanOperation = (node: StoredNode, planner: Planner) => PlanTensor | undefined;

/** Collects the constants, storages and steps of a plan, node by node. */
export class Planner {
  readonly constants: PlannedConstant[] = [];
  readonly storages = new Set<Storage>();
  readonly steps: PlannedStep[] = [];
  readonly #nodes: ReadonlyMap<string, StoredNode>;
  readonly #weights: ReadonlyMap<string, StoredWeight>;
  readonly #operations: ReadonlyMap<string, PlanOperation>;
  /** How often each node is an input or a named output. */
  readonly #uses = new Map<string, number>();
  readonly #tensors = new Map<string, PlanTensor | undefined>();

  constructor(file: GraphFile, operations: ReadonlyMap<string, PlanOperation>) {
    this.#nodes = new Map(file.nodes.map((node) => [node.name, node]));
    this.#weights = listWeights(file);
    this.#operations = operations;
    for (const reference of [...file.nodes.flatMap(({ input }) => input ?? []), ...file.outputs.values()]) {
      const name = toNodeName(reference);
      this.#uses.set(name, (this.#uses.get(name) ?? 0) + 1);
    }
  }

  /** The tensor that a reference such as `name` or `name:0` stands for, planned when first asked for. */
  tensor(reference: string): PlanTensor | undefined {
    const name = toNodeName(reference);
    if (this.#tensors.has(name)) return this.#tensors.get(name);
    // Until it is planned, so that a graph that bites its tail is no plan.
    this.#tensors.set(name, undefined);
    const node = this.#nodes.get(name);
    const tensor = node && this.#operations.get(node.op)?.(node, this);
    this.#tensors.set(name, tensor);
    return tensor;
  }

  /** The tensor of a node's input. */
  input(node: StoredNode, index: number): PlanTensor | undefined {
    const reference = node.input?.[index];
    return reference === undefined ? undefined : this.tensor(reference);
  }

  /** The node that makes a node's input. */
  inputNode(node: StoredNode, index: number): StoredNode | undefined {
    return this.#nodes.get(toNodeName(node.input?.[index] ?? ''));
  }

  /** As `inputNode`, where nothing else uses it and it is no named output. */
  soleInput(node: StoredNode, index = 0): StoredNode | undefined {
    const name = toNodeName(node.input?.[index] ?? '');
    return this.#uses.get(name) === 1 ? this.#nodes.get(name) : undefined;
  }

  /** The constant that is a node's input. */
  weight(node: StoredNode, index: number): StoredWeight | undefined {
    return this.#weights.get(node.input?.[index] ?? '');
  }

  /** The tensor that stands for the model's input, whatever the graph calls it. */
  placeholder(shape: readonly number[]): Storage {
    const storage = this.allocate(countOf(shape));
    storage.useAt(0);
    for (const { op, name } of this.#nodes.values())
      if (op === 'Placeholder') this.#tensors.set(name, { shape, storage });
    return storage;
  }

  /** A constant matrix as `pointwise` reads it, its columns filled up with zeros to a multiple of four. */
  panels(weight: StoredWeight, depth: number, columns: number): Storage {
    const width = nextMultipleOfFour(columns);
    return this.constant(depth * width, (loader, address) => {
      loader.packWidened(weight, address, depth, columns, width);
    });
  }

  /** A constant in the order in which it is stored; it has a multiple of four numbers. */
  matrix(weight: StoredWeight): Storage {
    return this.constant(countOf(weight.entry.shape), (loader, address) => loader.copy(weight, address));
  }

  /** A constant of one number a channel, or zeros, filled up with zeros to a multiple of four. */
  vector(weight: StoredWeight | undefined, length: number): Storage {
    const width = nextMultipleOfFour(length);
    if (weight !== undefined && width === length) return this.matrix(weight);
    return this.constant(width, (loader, address) => {
      const numbers = weight === undefined ? new Float32Array(length) : readNumbers(weight);
      loader.packNumbers(widen(numbers, 1, length, width), address, width / 4, 4);
    });
  }

  /** A constant of numbers of one's own, a multiple of four of them. */
  numbers(numbers: Float32Array): Storage {
    return this.constant(numbers.length, (loader, address) =>
      loader.packNumbers(numbers, address, numbers.length / 4, 4),
    );
  }

  /** Memory for a tensor or for work within a step. */
  allocate(lengthInFloats: number): Storage {
    const storage = new Storage(lengthInFloats);
    this.storages.add(storage);
    return storage;
  }

  /** Memory that is filled once, at load. */
  constant(lengthInFloats: number, fill: PlannedConstant['fill']): Storage {
    const storage = new Storage(lengthInFloats);
    this.constants.push({ storage, fill });
    return storage;
  }

  /** Adds a step that reads or writes the storages given, each of which keeps its content until its last step. */
  step(uses: readonly Storage[], bind: PlannedStep['bind']): void {
    for (const storage of uses) storage.useAt(this.steps.length);
    this.steps.push({ bind });
  }
}

function toNodeName(reference: string): string {
  return reference.replace(/:0$/, '');
}

export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function nextMultipleOfFour(count: number): number {
  return Math.ceil(count / 4) * 4;
}

/** A matrix with zeros behind each row, up to `width` columns. */
export function widen(numbers: Float32Array, rows: number, columns: number, width: number): Float32Array {
  if (width === columns) return numbers;
  const wide = new Float32Array(rows * width);
  // One by one: a view of each short row would take longer than its numbers.
  for (let row = 0, from = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) wide[row * width + column] = numbers[from++] as number;
  }
  return wide;
}
