// From EfficientNet-lite0 with its ImageNet weights to model/efficientnet-lite0, which "lambda-lens train" begins with.
// README.md beside it has the commands.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readGraphFile, type StoredNode, type WeightEntry } from '../model/graph/graph-file.ts';
import { cutGraph } from './body/cut-graph.ts';
import { shrinkWeights } from './body/shrink-weights.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    /** What imagenet.py wrote. */
    keras: { type: 'string' },
    out: { type: 'string', default: join(project, 'model', 'efficientnet-lite0') },
  },
});
const { keras, out } = values;
if (keras === undefined) throw new Error('It takes --keras FILE [--out DIR].');

/** Where the network is looked into, the last place first: all have, or are brought to, the places of the last map. */
const depths = ['map', 'blocks_15_project_conv/Conv2D', 'blocks_14_add/AddV2'] as const;
/** Twice as fine: the mean of two by two of its places is one of theirs. */
const finer = 'blocks_10_add/AddV2';

const scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-body-'));
try {
  const imported = join(scratch, 'model');
  const labels = join(scratch, 'labels.txt');
  writeFileSync(labels, Array.from({ length: 1000 }, (_, label) => `label ${label}\n`).join(''));
  const pixels = ['--scale', String(1 / 128), '--offset', String(-127 / 128), '--resize', 'bilinear-antialias'];
  const words = ['import', keras, '--labels', labels, '--out', imported, ...pixels, '--weights', 'float16'];
  execFileSync(process.execPath, [join(project, 'cli', 'lambda-lens.mjs'), ...words], { stdio: 'inherit' });
  writeBody(imported);
} finally {
  rmSync(scratch, { recursive: true });
}

/** Its features are the means over all places of one map, which is the maps of four depths side by side. */
function writeBody(imported: string): void {
  const graph = readGraphFile(imported);
  const cut = cutGraph(graph, ['map', finer]);
  const channels = [...depths, finer].map((name) => channelsOf(name, graph.nodes, graph.weightEntries));
  const float = { type: 'DT_FLOAT' };
  const whole = (name: string, shape: readonly number[]) => ({
    name,
    op: 'Const',
    attr: {
      dtype: { type: 'DT_INT32' },
      value: { tensor: { dtype: 'DT_INT32', tensorShape: { dim: shape.map((size) => ({ size: String(size) })) } } },
    },
  });
  const window = { list: { i: ['1', '2', '2', '1'] } };
  const added: StoredNode[] = [
    {
      name: 'finer',
      op: 'AvgPool',
      input: [finer],
      attr: {
        T: float,
        ksize: window,
        strides: window,
        padding: { s: Buffer.from('VALID').toString('base64') },
        data_format: { s: Buffer.from('NHWC').toString('base64') },
      },
    },
    whole('channels', []),
    {
      name: 'depths',
      op: 'ConcatV2',
      input: [...depths, 'finer', 'channels'],
      attr: { T: float, N: { i: String(depths.length + 1) } },
    },
    whole('places', [2]),
    { name: 'features', op: 'Mean', input: ['depths', 'places'], attr: { T: float, keep_dims: { b: false } } },
  ];
  const entries: WeightEntry[] = [
    { name: 'channels', shape: [], dtype: 'int32' },
    { name: 'places', shape: [2], dtype: 'int32' },
  ];
  const card = JSON.parse(readFileSync(join(imported, 'card.json'), 'utf8'));
  const places = Math.ceil(card.input.width / 32);
  const features = channels.reduce((sum, count) => sum + count, 0);
  const shrunk = shrinkWeights(cut.entries, cut.weights);
  const weights = Buffer.concat([...shrunk.weights, new Uint8Array(Int32Array.of(3, 1, 2).buffer)]);
  const tensor = (name: string, sizes: readonly number[]) => ({
    name: `${name}:0`,
    dtype: 'DT_FLOAT',
    tensorShape: { dim: sizes.map((size) => ({ size: String(size) })) },
  });
  const model = {
    format: 'graph-model',
    generatedBy: 'training/make-body.ts',
    signature: {
      ...graph.signature,
      outputs: { features: tensor('features', [-1, features]), map: tensor('depths', [-1, places, places, features]) },
    },
    modelTopology: { ...graph.topology, node: [...cut.nodes, ...added] },
    weightsManifest: [{ paths: ['weights.bin'], weights: [...shrunk.entries, ...entries] }],
  };
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'weights.bin'), weights);
  writeFileSync(join(out, 'model.json'), `${JSON.stringify(model)}\n`);
  const version = createHash('sha256').update(weights).digest('hex').slice(0, 12);
  const body = { name: 'efficientnet-lite0', version, input: card.input };
  writeFileSync(join(out, 'card.json'), `${JSON.stringify(body, undefined, 2)}\n`);
  console.log(`${out}: ${features} features, ${(weights.length / 1e6).toFixed(1)} MB`);
}

/** Of what a convolution makes, or a sum of two of those. */
function channelsOf(name: string, nodes: readonly StoredNode[], entries: readonly WeightEntry[]): number {
  const node = nodes.find((one) => one.name === name);
  if (node?.op === 'AddV2') return channelsOf(node.input?.[0] as string, nodes, entries);
  const channels = entries.find((entry) => entry.name === node?.input?.[1])?.shape.at(-1);
  if (channels === undefined) throw new Error(`${name} is no convolution and no sum of convolutions.`);
  return channels;
}
