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
  /** From top to bottom; each has as many rows of places. */
  readonly bands: number;
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
 * A network cut off behind its last map, and looked into on the way: its features are the means of the maps of all depths
 * over each of some bands, the uppermost band first. They are the means over all places of one map, too, which has each depth
 * once for each band, and zeros outside of it: so an explanation finds the map that a layer behind the features weighs.
 * @throws Error for a depth that is no convolution and no sum of convolutions
 */
export function gatherDepths(graph: GraphFile, { names, finer, places, bands }: Depths): GatheredBody {
  const [last = ''] = names;
  const cut = cutGraph(graph, [last, finer]);
  const channels = [...names, finer].map((name) => channelsOf(name, graph.nodes, graph.weightEntries));
  const depth = channels.reduce((sum, count) => sum + count, 0);
  const features = bands * depth;
  const inBands = Array.from({ length: bands }, (_, band) => ({ name: `band_${band}`, mask: `mask_${band}` }));
  const added: readonly StoredNode[] = [
    poolByTwo(finer),
    constant('channels', 'DT_INT32', []),
    sideBySide('depths', [...names, 'finer']),
    ...inBands.flatMap(({ name, mask }) => [
      constant(mask, 'DT_FLOAT', [1, places, 1, depth]),
      { name, op: 'Mul', input: ['depths', mask], attr: { T: float } },
    ]),
    sideBySide(
      'bands',
      inBands.map(({ name }) => name),
    ),
    constant('places', 'DT_INT32', [2]),
    { name: 'features', op: 'Mean', input: ['bands', 'places'], attr: { T: float, keep_dims: { b: false } } },
  ];
  const entries: readonly WeightEntry[] = [
    { name: 'channels', shape: [], dtype: 'int32' },
    { name: 'places', shape: [2], dtype: 'int32' },
    ...inBands.map(({ mask }) => ({ name: mask, shape: [1, places, 1, depth], dtype: 'float32' as const })),
  ];
  const masks = inBands.map((_, band) => maskOf(band, { bands, places, depth }));
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
          map: tensor('bands', [-1, places, places, features]),
        },
      },
      modelTopology: { ...graph.topology, node: [...cut.nodes, ...added] },
      weightsManifest: [{ paths: ['weights.bin'], weights: [...shrunk.entries, ...entries] }],
    },
    weights: Buffer.concat([...shrunk.weights, ...[axes, ...masks].map(({ buffer }) => new Uint8Array(buffer))]),
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

/** By as much as a band is less than the whole: its mean over all places is that over its own then. */
function maskOf(band: number, { bands, places, depth }: Record<'bands' | 'places' | 'depth', number>): Float32Array {
  return Float32Array.from({ length: places * depth }, (_, at) => {
    const row = Math.floor(at / depth);
    return Math.floor((row * bands) / places) === band ? bands : 0;
  });
}

/** By their last axis. */
function sideBySide(name: string, input: readonly string[]): StoredNode {
  return { name, op: 'ConcatV2', input: [...input, 'channels'], attr: { T: float, N: { i: String(input.length) } } };
}

function constant(name: string, dtype: 'DT_INT32' | 'DT_FLOAT', shape: readonly number[]): StoredNode {
  const value = { tensor: { dtype, tensorShape: shapeOf(shape) } };
  return { name, op: 'Const', attr: { dtype: { type: dtype }, value } };
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
