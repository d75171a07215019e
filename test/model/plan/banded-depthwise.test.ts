import '@tensorflow/tfjs-backend-cpu';
import { env, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GraphFile, StoredNode } from '../../../model/graph/graph-file.ts';
import { planOperations } from '../../../model/plan/operation-table.ts';
import { PlannedGraph } from '../../../model/plan/planned-graph.ts';
import { Planner } from '../../../model/plan/planner.ts';
import { TensorflowGraph } from '../../../model/tensorflow/tensorflow-graph.ts';
import { drawInput } from '../../importer/run-graph.ts';
import { attribute, makeGraphFile, type Weight } from './graph-file.ts';
import { runSpaced } from './run-spaced.ts';

interface Chain {
  readonly title: string;
  readonly input: readonly [height: number, width: number, channels: number];
  readonly kernel: readonly [height: number, width: number];
  readonly stride: 1 | 2;
  readonly padding: 'SAME' | 'VALID';
  /** Channels between the two 1×1 convolutions; 0 without the first. */
  readonly wide: number;
  /** 0 without the second. */
  readonly narrow: number;
  /** Whether what the first makes is asked for elsewhere too. */
  readonly isShared?: boolean;
  /** The steps that the plan takes: one where all of the chain is one. */
  readonly steps: number;
}

/** `picture`: height, width and channels; `window`: height and width of the kernel, stride and padding. */
function chain(
  title: string,
  picture: string,
  window: string,
  rest: Pick<Chain, 'wide' | 'narrow' | 'isShared' | 'steps'>,
): Chain {
  const [height = 0, width = 0, channels = 0] = picture.split('x').map(Number);
  const [, rows, columns, stride, padding] = /^(\d)x(\d)\/([12]) (SAME|VALID)$/.exec(window) ?? [];
  return {
    title,
    input: [height, width, channels],
    kernel: [Number(rows), Number(columns)],
    stride: Number(stride) as 1 | 2,
    padding: padding as 'SAME' | 'VALID',
    ...rest,
  };
}

const chains: readonly Chain[] = [
  chain('widened, narrowed', '57x61x8', '3x3/1 SAME', { wide: 40, narrow: 12, steps: 1 }),
  chain('stride 2', '58x64x8', '3x3/2 SAME', { wide: 40, narrow: 12, steps: 1 }),
  chain('an odd picture and stride 2', '57x63x8', '5x5/2 SAME', { wide: 40, narrow: 8, steps: 1 }),
  chain('5×5 without padding', '59x60x4', '5x5/1 VALID', { wide: 36, narrow: 8, steps: 1 }),
  chain('rows too wide for more than one at once', '9x700x4', '3x3/1 SAME', { wide: 24, narrow: 4, steps: 1 }),
  chain('not widened', '64x60x32', '3x3/1 SAME', { wide: 0, narrow: 16, steps: 1 }),
  chain('not narrowed', '64x60x8', '3x3/2 SAME', { wide: 32, narrow: 0, steps: 1 }),
  chain('a small picture, one by one', '14x14x8', '3x3/1 SAME', { wide: 40, narrow: 12, steps: 4 }),
  chain('a wide tensor that is used twice', '57x61x8', '3x3/1 SAME', {
    wide: 40,
    narrow: 40,
    isShared: true,
    steps: 3,
  }),
];

function draw(shape: readonly number[], seed: number): Weight {
  return { shape, numbers: drawInput(shape, seed) };
}

function fileOf({ input, kernel, stride, padding, wide, narrow, isShared }: Chain): GraphFile {
  const window = (step: number, pad: string) => ({
    T: { type: 'DT_FLOAT' },
    strides: attribute.integers([1, step, step, 1]),
    dilations: attribute.integers([1, 1, 1, 1]),
    padding: attribute.text(pad),
    data_format: attribute.text('NHWC'),
    num_args: { i: '1' },
    epsilon: { f: 0 },
  });
  const fused = (...names: string[]) => ({ fused_ops: attribute.texts(names) });
  const channels = wide || input[2];
  const nodes: StoredNode[] = [];
  const weights: Record<string, Weight> = {};
  const add = (name: string, op: string, filter: readonly number[], attr: Readonly<Record<string, unknown>>) => {
    const before = nodes.at(-1)?.name ?? 'photo';
    nodes.push({ name, op, input: [before, `${name}/filter`, `${name}/bias`], attr });
    weights[`${name}/filter`] = draw(filter, nodes.length);
    weights[`${name}/bias`] = draw([filter.at(-1) === 1 ? channels : (filter.at(-1) as number)], nodes.length + 10);
  };
  if (wide > 0)
    add('widen', '_FusedConv2D', [1, 1, input[2], wide], { ...window(1, 'VALID'), ...fused('BiasAdd', 'Relu6') });
  const depthwise = { ...window(stride, padding), ...fused('BiasAdd', 'Relu6') };
  add('depthwise', 'FusedDepthwiseConv2dNative', [...kernel, channels, 1], depthwise);
  if (narrow > 0)
    add('narrow', '_FusedConv2D', [1, 1, channels, narrow], { ...window(1, 'SAME'), ...fused('BiasAdd') });
  if (isShared) nodes.push({ name: 'sum', op: 'AddV2', input: ['narrow', 'widen'], attr: { T: { type: 'DT_FLOAT' } } });
  return makeGraphFile(nodes, weights);
}

beforeAll(async () => {
  env().set('PROD', true);
  await setBackend('cpu');
});

describe.each(chains)('a depthwise convolution: $title', (chain) => {
  const file = fileOf(chain);
  const shape = [1, ...chain.input] as const;

  it('answers as TF.js does, again and again', () => {
    const planned = PlannedGraph.open(file, shape);
    const reference = TensorflowGraph.onCurrentBackend(file, shape);
    for (const seed of [1, 2]) {
      const input = drawInput(shape, seed);
      const [answer] = planned?.run(input, ['score']) ?? [];
      const [expected] = reference.run(input, ['score']);
      expect(answer?.shape).toEqual(expected?.shape);
      if (seed === 1) expect(runSpaced(file, shape, input)).toEqual(answer?.values);
      const largest = answer?.values.reduce(
        (most, value, at) => Math.max(most, Math.abs(value - (expected?.values[at] as number))),
        0,
      );
      expect(largest).toBeLessThan(1e-4);
    }
    reference.dispose();
  });

  it(`takes ${chain.steps} steps`, () => {
    const planner = new Planner(file, planOperations);
    planner.placeholder(shape);
    planner.tensor(file.outputs.get('score') ?? '');

    expect(planner.steps).toHaveLength(chain.steps);
  });
});

it('takes no convolution to one channel for a depthwise one, whose kernel has the same sizes', () => {
  const [chain] = chains as [Chain];
  const { nodes, ...file } = fileOf({ ...chain, narrow: 0 });
  const asConvolution = (node: StoredNode) =>
    node.op === 'FusedDepthwiseConv2dNative' ? { ...node, op: '_FusedConv2D' } : node;

  const planned = PlannedGraph.open({ ...file, nodes: nodes.map(asConvolution) }, [1, ...chain.input]);

  expect(planned).toBeUndefined();
});
