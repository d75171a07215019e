import type { Explanation } from '../classification.ts';
import type { GraphFile, StoredNode } from '../graph/graph-file.ts';
import type { OutputValues } from '../graph/runnable-graph.ts';
import { listWeights, readNumbers } from '../graph/stored-weights.ts';
import { indexOfLargest } from '../verdict/probabilities.ts';

/** The last dense layer and the map that it sees the mean of. */
export interface LastLayer {
  /** `channels` rows of one weight a unit. */
  readonly kernel: Float32Array;
  readonly units: number;
  readonly channels: number;
}

// ClipByValue is where a quantised file's 8 bits end.
const passedThrough = new Set([
  'Identity',
  'BiasAdd',
  'Add',
  'AddV2',
  'Softmax',
  'Sigmoid',
  'Reshape',
  'Squeeze',
  'ClipByValue',
]);
// A convolution counts as dense where its kernel covers one place: its leading sizes are then 1.
const denseOperations = new Set(['MatMul', '_FusedMatMul', 'Conv2D', '_FusedConv2D']);

/**
 * The dense layer that makes the scores, where it sees the mean of the output `map` over all places: then, and only
 * then, its weights say how much each place of the map speaks for each label.
 */
export function findLastLayer(file: GraphFile): LastLayer | undefined {
  const { nodes, outputs } = file;
  const mapNode = outputs.get('map');
  const scoreNode = outputs.get('logits') ?? outputs.get('score');
  if (mapNode === undefined || scoreNode === undefined) return undefined;
  const nodeByName = new Map(nodes.map((node) => [node.name, node]));
  const dense = followFirstInputs(scoreNode, nodeByName);
  if (dense === undefined || !denseOperations.has(dense.op)) return undefined;
  const pooling = followFirstInputs(dense.input?.[0] ?? '', nodeByName);
  if (pooling?.op !== 'Mean' || toNodeName(pooling.input?.[0] ?? '') !== toNodeName(mapNode)) return undefined;
  const kernel = listWeights(file).get(dense.input?.[1] ?? '');
  const [units, channels, ...places] = kernel?.entry.shape.toReversed() ?? [];
  if (kernel === undefined || units === undefined || channels === undefined) return undefined;
  if (places.some((size) => size !== 1)) return undefined;
  return { kernel: readNumbers(kernel), channels, units };
}

/**
 * The class-activation map of the first label (Zhou et al., "Learning Deep Features for Discriminative Localization",
 * 2016): at each place of the map, its channels times the label's weights. The weights are taken less their mean over the
 * labels, as adding the same to every logit changes no probability; what speaks against the label counts as 0.
 * `map` is [1, rows, columns, channels]; `logits` are one a label.
 */
export function explain(
  map: OutputValues,
  layer: LastLayer,
  logits: Float32Array,
  labels: readonly string[],
): Omit<Explanation, 'area'> {
  const first = indexOfLargest(logits);
  const weights = weightsFor(layer, first);
  const places = Float64Array.from({ length: map.values.length / layer.channels }, (_, place) => {
    let evidence = 0;
    for (let channel = 0; channel < layer.channels; channel++) {
      evidence += (map.values[place * layer.channels + channel] as number) * (weights[channel] as number);
    }
    return Math.max(0, evidence);
  });
  const strongest = Math.max(...places);
  const shares = Array.from(places, (evidence) => (strongest > 0 ? evidence / strongest : 0));
  const rows = map.shape[1] as number;
  const columns = places.length / rows;
  const second = indexOfSecond(logits, first);
  return {
    label: labels[first] as string,
    grid: Array.from({ length: rows }, (_, row) => shares.slice(row * columns, (row + 1) * columns)),
    runnerUp: { label: labels[second] as string, margin: (logits[first] as number) - (logits[second] as number) },
  };
}

function weightsFor({ kernel, units, channels }: LastLayer, label: number): Float64Array {
  return Float64Array.from({ length: channels }, (_, channel) => {
    const row = kernel.subarray(channel * units, (channel + 1) * units);
    // A single sigmoid unit speaks for the second label, and by as much against the first.
    if (units === 1) return (label === 1 ? 1 : -1) * (row[0] as number);
    return (row[label] as number) - row.reduce((sum, weight) => sum + weight, 0) / units;
  });
}

function indexOfSecond(logits: Float32Array, first: number): number {
  return logits.reduce(
    (best, logit, index) => (index !== first && (best === first || logit > (logits[best] as number)) ? index : best),
    first,
  );
}

function followFirstInputs(name: string, nodeByName: ReadonlyMap<string, StoredNode>): StoredNode | undefined {
  let node = nodeByName.get(toNodeName(name));
  while (node !== undefined && passedThrough.has(node.op)) node = nodeByName.get(toNodeName(node.input?.[0] ?? ''));
  return node;
}

/** `^name` is a control input, `name:1` the second output of a node. */
function toNodeName(name: string): string {
  return name.replace(/^\^/, '').replace(/:\d+$/, '');
}
