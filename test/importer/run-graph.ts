import { createRequire } from 'node:module';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModelSync } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { WeightFormat } from '../../importer/graph/encode-weights.ts';
import { toGraphModel } from '../../importer/graph/graph-model.ts';
import type { Graph } from '../../importer/graph/node.ts';
import type { GraphFile } from '../../model/graph/graph-file.ts';
import { PlannedGraph } from '../../model/plan/planned-graph.ts';
import { widerOperations } from '../../model/plan/wider/wider-operations.ts';
import { inMemory } from '../model/plan/graph-file.ts';

export type Backend = 'cpu' | 'wasm';

export interface GraphResult {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Loads the graph into TensorFlow.js as a model directory would, runs it once and returns one of its outputs. */
export async function runGraph(
  graph: Graph,
  input: Float32Array,
  backend: Backend,
  options: { readonly output?: string; readonly weights?: WeightFormat } = {},
): Promise<GraphResult> {
  await useBackend(backend);
  const parts = toGraphModel(graph, options.weights ?? 'float32');
  const weights = new Uint8Array(Buffer.concat([...parts.weights()]));
  const artifacts = {
    modelTopology: parts.topology,
    signature: parts.signature,
    weightSpecs: [...parts.weightSpecifications] as tf.io.WeightsManifestEntry[],
    weightData: weights.buffer,
  };
  const model = loadGraphModelSync({ load: () => artifacts as tf.io.ModelArtifacts });
  const photo = tf.tensor(input, [...graph.input.shape]);
  try {
    const result = model.execute({ [graph.input.name]: photo }, options.output ?? 'score') as tf.Tensor;
    const values = Float32Array.from(result.dataSync());
    result.dispose();
    return { shape: result.shape, values };
  } finally {
    photo.dispose();
    model.dispose();
  }
}

/** The graph as the files of a model directory hold it. */
export function toGraphFile(graph: Graph): GraphFile {
  const parts = toGraphModel(graph, 'float32');
  return {
    topology: parts.topology,
    signature: parts.signature,
    nodes: parts.topology.node,
    weightEntries: parts.weightSpecifications,
    weights: inMemory(Buffer.concat([...parts.weights()])),
    outputs: new Map(Object.entries(parts.signature.outputs).map(([name, tensor]) => [name, tensor.name])),
    weightsVersion: '',
    digest: '',
    versionWith: () => '',
  };
}

/** Runs the graph once as a plan; undefined where it has an operation that is left to TensorFlow.js. */
export function runPlanned(graph: Graph, input: Float32Array): GraphResult | undefined {
  const [, height = 0, width = 0, channels = 0] = graph.input.shape;
  const planned = PlannedGraph.open(toGraphFile(graph), [1, height, width, channels], widerOperations);
  return planned?.run(input, ['score'])[0];
}

async function useBackend(backend: Backend): Promise<void> {
  if (backend === 'wasm') {
    const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(`${main.slice(0, main.lastIndexOf('/'))}/`);
  }
  if (tf.getBackend() !== backend) await tf.setBackend(backend);
}

/** The states of a linear congruential generator as numbers from -1 to 1: the input that the fixtures were made with. */
export function drawInput(shape: readonly number[], seed: number): Float32Array {
  let state = seed >>> 0;
  const count = shape.reduce((product, size) => product * size, 1);
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** The largest difference as a share of the range of the expected values. */
export function largestDifference(actual: ArrayLike<number>, expected: readonly number[]): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  const range = Math.max(...expected) - Math.min(...expected) || Math.max(1, Math.abs(expected[0] ?? 0));
  return Math.max(...expected.map((value, at) => Math.abs(value - (actual[at] as number)))) / range;
}
