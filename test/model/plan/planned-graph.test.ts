import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { assets } from '../../../function/assets.ts';
import type { InputShape } from '../../../model/graph.ts';
import { type GraphFile, type GraphNode, readGraphFile } from '../../../model/graph-file.ts';
import { PlannedGraph } from '../../../model/plan/planned-graph.ts';
import { TensorflowGraph } from '../../../model/tensorflow/tensorflow-graph.ts';
import { drawInput } from '../import/run-graph.ts';
import { attribute, makeGraphFile, type Weight } from './graph-file.ts';

let kernels: WebAssembly.Module;

beforeAll(async () => {
  kernels = new WebAssembly.Module(await readFile(assets.kernelsFile));
  tf.env().set('PROD', true);
  await tf.setBackend('cpu');
});

interface Case {
  readonly title: string;
  readonly input: readonly [height: number, width: number, channels: number];
  readonly kernel: readonly [height: number, width: number];
  /** 0 for a depthwise convolution. */
  readonly outChannels: number;
  readonly stride?: number;
  readonly padding?: 'SAME' | 'VALID' | readonly [top: number, bottom: number, left: number, right: number];
  readonly fused?: readonly string[];
  readonly dilation?: number;
  readonly isLeftToTensorflow?: boolean;
}

const biased = ['BiasAdd'];
const clamped = ['BiasAdd', 'Relu6'];
const convolutions: readonly Case[] = [
  { title: 'one pixel', input: [1, 1, 4], kernel: [1, 1], outChannels: 4, fused: biased },
  { title: 'a depth that is no multiple of four', input: [5, 6, 7], kernel: [1, 1], outChannels: 12, fused: clamped },
  {
    title: 'rows that leave a tile of one',
    input: [7, 1, 16],
    kernel: [1, 1],
    outChannels: 24,
    fused: ['BiasAdd', 'Relu'],
  },
  { title: 'a stem', input: [17, 18, 3], kernel: [3, 3], outChannels: 32, stride: 2, padding: 'SAME', fused: clamped },
  {
    title: 'a strided 1×1',
    input: [9, 9, 8],
    kernel: [1, 1],
    outChannels: 16,
    stride: 2,
    padding: 'SAME',
    fused: biased,
  },
  {
    title: 'given paddings',
    input: [6, 7, 4],
    kernel: [3, 3],
    outChannels: 8,
    stride: 2,
    padding: [0, 1, 2, 0],
    fused: clamped,
  },
  { title: 'a wide kernel', input: [12, 11, 3], kernel: [7, 5], outChannels: 8, fused: biased },
  { title: 'many gathered rows', input: [40, 64, 32], kernel: [3, 3], outChannels: 4, padding: 'SAME', fused: biased },
  { title: 'no bias', input: [6, 6, 8], kernel: [3, 3], outChannels: 8, padding: 'SAME' },
  { title: 'odd output channels', input: [6, 6, 8], kernel: [3, 3], outChannels: 10, isLeftToTensorflow: true },
  { title: 'dilation', input: [9, 9, 4], kernel: [3, 3], outChannels: 8, dilation: 2, isLeftToTensorflow: true },
  {
    title: 'an activation that is no clamp',
    input: [6, 6, 8],
    kernel: [1, 1],
    outChannels: 8,
    fused: ['BiasAdd', 'Elu'],
    isLeftToTensorflow: true,
  },
  { title: 'a depthwise 3×3', input: [14, 14, 8], kernel: [3, 3], outChannels: 0, padding: 'SAME', fused: clamped },
  {
    title: 'a depthwise 3×3 stride 2',
    input: [15, 13, 12],
    kernel: [3, 3],
    outChannels: 0,
    stride: 2,
    padding: 'SAME',
    fused: clamped,
  },
  { title: 'a depthwise 5×5', input: [7, 7, 16], kernel: [5, 5], outChannels: 0, padding: 'SAME', fused: biased },
  {
    title: 'a depthwise 5×5 stride 2',
    input: [14, 15, 4],
    kernel: [5, 5],
    outChannels: 0,
    stride: 2,
    padding: 'SAME',
    fused: biased,
  },
  { title: 'a depthwise one of one pixel', input: [1, 1, 4], kernel: [3, 3], outChannels: 0, padding: 'SAME' },
  { title: 'a depthwise one without padding', input: [9, 23, 4], kernel: [3, 3], outChannels: 0, fused: biased },
  { title: 'a depthwise 7×7', input: [9, 9, 4], kernel: [7, 7], outChannels: 0, isLeftToTensorflow: true },
  {
    title: 'a depthwise one of odd channels',
    input: [9, 9, 6],
    kernel: [3, 3],
    outChannels: 0,
    isLeftToTensorflow: true,
  },
];

function fileOf({
  input,
  kernel,
  outChannels,
  stride = 1,
  padding = 'VALID',
  fused = [],
  dilation = 1,
}: Case): GraphFile {
  const channels = input[2];
  const isDepthwise = outChannels === 0;
  const filter = [...kernel, channels, isDepthwise ? 1 : outChannels];
  const biasShape = [isDepthwise ? channels : outChannels];
  const isGiven = typeof padding !== 'string';
  const plainOp = isDepthwise ? 'DepthwiseConv2dNative' : 'Conv2D';
  const fusedOp = isDepthwise ? 'FusedDepthwiseConv2dNative' : '_FusedConv2D';
  const hasBias = fused[0] === 'BiasAdd';
  const node: GraphNode = {
    name: 'convolution',
    op: fused.length > 0 ? fusedOp : plainOp,
    input: ['photo', 'filter', ...(hasBias ? ['bias'] : [])],
    attr: {
      T: { type: 'DT_FLOAT' },
      strides: attribute.integers([1, stride, stride, 1]),
      dilations: attribute.integers([1, dilation, dilation, 1]),
      padding: attribute.text(isGiven ? 'EXPLICIT' : padding),
      data_format: attribute.text('NHWC'),
      ...(isGiven && { explicit_paddings: attribute.integers([0, 0, ...padding, 0, 0]) }),
      ...(fused.length > 0 && {
        fused_ops: attribute.texts(fused),
        num_args: { i: hasBias ? '1' : '0' },
        epsilon: { f: 0 },
      }),
    },
  };
  return makeGraphFile([node], { filter: draw(filter, 2), ...(hasBias && { bias: draw(biasShape, 3) }) });
}

function draw(shape: readonly number[], seed: number): Weight {
  return { shape, numbers: drawInput(shape, seed) };
}

function compare(file: GraphFile, shape: InputShape, names: readonly string[] = ['score']): void {
  const planned = PlannedGraph.open(file, shape, kernels);
  const reference = TensorflowGraph.onCurrentBackend(file, shape);
  try {
    const input = drawInput(shape, 1);
    // The second run finds what the first has left in memory.
    planned?.run(drawInput(shape, 4), names);
    const answers = planned?.run(input, names) ?? [];
    const expected = reference.run(input, names);
    expect(answers.map((answer) => answer.shape)).toEqual(expected.map((answer) => answer.shape));
    for (const [index, { values }] of answers.entries()) {
      const wanted = expected[index]?.values ?? new Float32Array();
      const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      for (const [at, value] of values.entries()) {
        expect(Math.abs(value - (wanted[at] as number))).toBeLessThanOrEqual(1e-6 * largest * Math.sqrt(values.length));
      }
    }
  } finally {
    reference.dispose();
    planned?.dispose();
  }
}

describe('PlannedGraph', () => {
  it.each(
    convolutions.filter((one) => !one.isLeftToTensorflow),
  )('computes a convolution as TF.js does: $title', (one) => {
    compare(fileOf(one), [1, ...one.input]);
  });

  it.each(convolutions.filter((one) => one.isLeftToTensorflow))('leaves to TF.js: $title', (one) => {
    expect(PlannedGraph.open(fileOf(one), [1, ...one.input], kernels)).toBeUndefined();
  });

  it.each([3, 4, 10])('computes mean, a dense layer of %i units and a sum as TF.js does', (units) => {
    const float = { T: { type: 'DT_FLOAT' } };
    const nodes: GraphNode[] = [
      { name: 'sum', op: 'AddV2', input: ['photo', 'photo'], attr: float },
      { name: 'mean', op: 'Mean', input: ['sum', 'axes'], attr: { ...float, keep_dims: attribute.flag(false) } },
      {
        name: 'dense',
        op: '_FusedMatMul',
        input: ['mean', 'kernel', 'bias'],
        attr: { ...float, fused_ops: attribute.texts(biased), num_args: { i: '1' } },
      },
      { name: 'score', op: 'Identity', input: ['dense'], attr: float },
    ];
    const axes = { shape: [2], numbers: Int32Array.of(1, 2) };
    compare(makeGraphFile(nodes, { axes, kernel: draw([12, units], 5), bias: draw([units], 6) }), [1, 5, 3, 12]);
  });

  it('answers for the shipped model what TF.js does, every named output alike', async () => {
    const file = await readGraphFile(assets.modelDirectory);
    expect(PlannedGraph.open(file, [1, 224, 224, 3], kernels)).toBeInstanceOf(PlannedGraph);
    compare(file, [1, 224, 224, 3], [...file.outputs.keys()]);
  });

  it('leaves a model with an operation that no kernel covers to TF.js', () => {
    const node = { name: 'wave', op: 'Sin', input: ['photo'], attr: { T: { type: 'DT_FLOAT' } } };
    expect(PlannedGraph.open(makeGraphFile([node], {}), [1, 4, 4, 4], kernels)).toBeUndefined();
  });
});
