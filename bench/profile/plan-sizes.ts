import type { GraphFile, StoredNode } from '../../model/graph/graph-file.ts';
import { countOf } from '../../model/plan/planner.ts';
import type { TimedStep } from './time-steps.ts';

/** How large the tensors of a plan are, and how much its steps multiply. */
export class PlanSizes {
  readonly #file: GraphFile;
  readonly #nodes: ReadonlyMap<string, StoredNode>;
  /** Of the tensors that have a storage of their own. */
  readonly #shapes: ReadonlyMap<string, readonly number[]>;
  readonly #steps: readonly TimedStep[];

  constructor(file: GraphFile, inputShape: readonly number[], steps: readonly TimedStep[]) {
    this.#file = file;
    this.#steps = steps;
    this.#nodes = new Map(file.nodes.map((node) => [node.name, node]));
    const shapes = new Map<string, readonly number[]>(steps.map((step) => [step.node.name, step.shape]));
    for (const node of file.nodes) if (node.op === 'Placeholder') shapes.set(node.name, inputShape);
    this.#shapes = shapes;
  }

  weightsOf(node: StoredNode): readonly number[] {
    return this.#file.weightEntries.find(({ name }) => name === node.input?.[1])?.shape ?? [];
  }

  /** The node before that is done along with this one, in bands: the tensor between the two has no storage of its own. */
  bandedBefore(node: StoredNode): StoredNode | undefined {
    const before = this.#nodes.get(node.input?.[0] ?? '');
    return before === undefined || this.#shapes.has(before.name) ? undefined : before;
  }

  /** Multiply-accumulates of a step: of its node, and of those before it that it does along with it in bands. */
  countMultiplications({ node, shape }: Pick<TimedStep, 'node' | 'shape'>): number {
    const weights = this.weightsOf(node);
    const isDepthwise = /Depthwise/.test(node.op);
    const window = isDepthwise ? weights.slice(0, 2) : weights.slice(0, -1);
    const own = /Conv2D|Depthwise|MatMul/.test(node.op) ? countOf(window) * countOf(shape) : 0;
    const before = this.bandedBefore(node);
    if (before === undefined) return own;
    // A depthwise convolution keeps the channels of its input, and what comes before it is as large as that of which it is
    // made.
    const places = isDepthwise ? (this.#shapes.get(before.input?.[0] ?? '') ?? shape) : shape;
    return own + this.countMultiplications({ node: before, shape: [...places.slice(0, -1), weights[2] ?? 0] });
  }

  /** Those of a whole run; several steps of one node are one. */
  countAllMultiplications(): number {
    const oneOfEach = new Map(this.#steps.map((step) => [step.node, step]));
    return [...oneOfEach.values()].reduce((sum, step) => sum + this.countMultiplications(step), 0);
  }
}
