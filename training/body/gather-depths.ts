import type { GraphFile, StoredNode, WeightEntry } from '../../model/graph/graph-file.ts';
import { cutGraph } from './cut-graph.ts';
import { shrinkWeights } from './shrink-weights.ts';

export interface Depths {
  /** Where the network is looked into, the last place first: all have the places of the last map. */
  readonly names: readonly string[];
  /** Twice as fine: the mean of two by two of its places is one of theirs. */
  readonly finer: string;
  /** Places along a side of the last map. */
  readonly places: number;
}

/** A body as the files of a model directory hold it. */
export interface GatheredBody {
  /** Of model.json. */
  readonly model: object;
  /** Of weights.bin. */
  readonly weights: Uint8Array;
  /** How many features a photo becomes. */
  readonly features: number;
}

const float = { type: 'DT_FLOAT' };

/**
 * A network cut off behind its last map, and looked into on the way: its features are the means over all places of one map,
 * which is the maps of all depths side by side.
 * @throws Error for a depth that is no convolution and no sum of convolutions
 */
export function gatherDepths(graph: GraphFile, { names, finer, places }: Depths): GatheredBody {
  const [last = ''] = names;
  const cut = cutGraph(graph, [last, finer]);
  const channels = [...names, finer].map((name) => channelsOf(name, graph.nodes, graph.weightEntries));
  const features = channels.reduce((sum, count) => sum + count, 0);
  const added: readonly StoredNode[] = [
    poolByTwo(finer),
    wholeNumbers('channels', []),
    {
      name: 'depths',
      op: 'ConcatV2',
      input: [...names, 'finer', 'channels'],
      attr: { T: float, N: { i: String(names.length + 1) } },
    },
    wholeNumbers('places', [2]),
    { name: 'features', op: 'Mean', input: ['depths', 'places'], attr: { T: float, keep_dims: { b: false } } },
  ];
  const entries: readonly WeightEntry[] = [
    { name: 'channels', shape: [], dtype: 'int32' },
    { name: 'places', shape: [2], dtype: 'int32' },
  ];
  const axes = Int32Array.of(3, 1, 2);
  const shrunk = shrinkWeights(cut.entries, cut.weights);
  return {
    model: {
      format: 'graph-model',
      generatedBy: 'training/make-body.ts',
      signature: {
        ...graph.signature,
        outputs: {
          features: tensor('features', [-1, features]),
          map: tensor('depths', [-1, places, places, features]),
        },
      },
      modelTopology: { ...graph.topology, node: [...cut.nodes, ...added] },
      weightsManifest: [{ paths: ['weights.bin'], weights: [...shrunk.entries, ...entries] }],
    },
    weights: Buffer.concat([...shrunk.weights, new Uint8Array(axes.buffer)]),
    features,
  };
}

function poolByTwo(input: string): StoredNode {
  const window = { list: { i: ['1', '2', '2', '1'] } };
  const text = (value: string) => ({ s: Buffer.from(value).toString('base64') });
  return {
    name: 'finer',
    op: 'AvgPool',
    input: [input],
    attr: { T: float, ksize: window, strides: window, padding: text('VALID'), data_format: text('NHWC') },
  };
}

function wholeNumbers(name: string, shape: readonly number[]): StoredNode {
  const value = { tensor: { dtype: 'DT_INT32', tensorShape: shapeOf(shape) } };
  return { name, op: 'Const', attr: { dtype: { type: 'DT_INT32' }, value } };
}

function tensor(name: string, sizes: readonly number[]): object {
  return { name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: shapeOf(sizes) };
}

function shapeOf(sizes: readonly number[]): object {
  return { dim: sizes.map((size) => ({ size: String(size) })) };
}

/** Of what a convolution makes, or a sum of two of those. */
function channelsOf(name: string, nodes: readonly StoredNode[], entries: readonly WeightEntry[]): number {
  const node = nodes.find((one) => one.name === name);
  if (node?.op === 'AddV2') return channelsOf(node.input?.[0] as string, nodes, entries);
  const channels = entries.find((entry) => entry.name === node?.input?.[1])?.shape.at(-1);
  if (channels === undefined) throw new Error(`${name} is no convolution and no sum of convolutions.`);
  return channels;
}
