import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Card } from '../../model/card/card.ts';
import type { GraphFile, StoredNode, WeightEntry } from '../../model/graph/graph-file.ts';
import type { LinearHead } from '../head/linear-head.ts';
import { cutGraph, toNodeName } from './cut-graph.ts';

/** The new last layer's nodes; a body's own can't be called so, as names in it come from layers. */
const kernelName = 'trained_head/kernel';
const biasName = 'trained_head/bias';
const scoreName = 'trained_head/score';
const versionLength = 12;

/** What card.json says, but for its version, which is that of the weights. */
export type CardDraft = Omit<Card, 'version'>;

/**
 * Writes model.json, weights.bin and card.json of a body with a new last layer into `directory`, which exists. What of the
 * body leads to no features stays out, such as its own last layer.
 */
export async function writeModel(
  directory: string,
  { graph, head, card }: { readonly graph: GraphFile; readonly head: LinearHead; readonly card: CardDraft },
): Promise<Card> {
  const kept = ['features', 'map'].filter((name) => graph.outputs.has(name));
  const cut = cutGraph(
    graph,
    kept.map((name) => graph.outputs.get(name) as string),
  );
  const { outputs } = (graph.signature ?? {}) as { readonly outputs?: Readonly<Record<string, unknown>> };
  const units = head.bias.length;
  const depth = head.weights.length / units;
  const added: readonly WeightEntry[] = [
    { name: kernelName, shape: [depth, units], dtype: 'float32' },
    { name: biasName, shape: [units], dtype: 'float32' },
  ];
  const weights = Buffer.concat([...cut.weights, bytesOf(turn(head.weights, units, depth)), bytesOf(head.bias)]);
  const version = createHash('sha256').update(weights).digest('hex').slice(0, versionLength);
  const { name, ...rest } = card;
  const whole: Card = { name, version, ...rest };
  await writeFile(join(directory, 'weights.bin'), weights);
  await writeFile(
    join(directory, 'model.json'),
    `${JSON.stringify({
      format: 'graph-model',
      generatedBy: 'lambda-lens train',
      signature: {
        ...graph.signature,
        outputs: {
          score: tensorInfo(scoreName, units),
          ...Object.fromEntries(kept.map((name) => [name, outputs?.[name]])),
        },
      },
      modelTopology: {
        ...graph.topology,
        node: [...cut.nodes, ...headNodes(toNodeName(graph.outputs.get('features') as string), depth, units)],
      },
      weightsManifest: [{ paths: ['weights.bin'], weights: [...cut.entries, ...added] }],
    })}\n`,
  );
  await writeFile(join(directory, 'card.json'), `${JSON.stringify(whole, undefined, 2)}\n`);
  return whole;
}

function headNodes(features: string, depth: number, units: number): StoredNode[] {
  const float = { type: 'DT_FLOAT' };
  const constant = (name: string, shape: readonly number[]) => ({
    name,
    op: 'Const',
    attr: { dtype: float, value: { tensor: { dtype: float.type, tensorShape: shapeJson(shape) } } },
  });
  return [
    constant(kernelName, [depth, units]),
    constant(biasName, [units]),
    {
      name: scoreName,
      op: '_FusedMatMul',
      input: [features, kernelName, biasName],
      attr: {
        T: float,
        transpose_a: { b: false },
        transpose_b: { b: false },
        num_args: { i: '1' },
        fused_ops: { list: { s: [Buffer.from('BiasAdd').toString('base64')] } },
        epsilon: { f: 0 },
      },
    },
  ];
}

function tensorInfo(name: string, units: number): object {
  return { name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: shapeJson([-1, units]) };
}

function shapeJson(shape: readonly number[]): object {
  return { dim: shape.map((size) => ({ size: String(size) })) };
}

/** Weights by feature, one a label, of weights by label. */
function turn(weights: Float32Array, units: number, depth: number): Float32Array {
  return Float32Array.from(weights, (_, at) => weights[(at % units) * depth + Math.floor(at / units)] as number);
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
