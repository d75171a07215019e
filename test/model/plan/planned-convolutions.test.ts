import { beforeAll, describe, expect, it } from 'vitest';
import type { GraphFile, StoredNode } from '../../../model/graph/graph-file.ts';
import { PlannedGraph } from '../../../model/plan/planned-graph.ts';
import { compare, draw, useReferenceBackend } from './compare-with-tensorflow.ts';
import { attribute, makeGraphFile } from './graph-file.ts';

beforeAll(useReferenceBackend);

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
  { title: 'a sigmoid', input: [6, 6, 8], kernel: [3, 3], outChannels: 8, fused: ['BiasAdd', 'Sigmoid'] },
  {
    title: 'a sigmoid of one place and odd output channels',
    input: [1, 1, 6],
    kernel: [1, 1],
    outChannels: 10,
    fused: ['BiasAdd', 'Sigmoid'],
  },
  {
    title: 'a depthwise one of one place',
    input: [6, 5, 8],
    kernel: [1, 1],
    outChannels: 0,
    fused: ['BiasAdd', 'Relu'],
  },
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
  const node: StoredNode = {
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

describe('PlannedGraph of a convolution', () => {
  it.each(
    convolutions.filter((one) => !one.isLeftToTensorflow),
  )('computes a convolution as TF.js does: $title', (one) => {
    compare(fileOf(one), [1, ...one.input]);
  });

  it.each(convolutions.filter((one) => one.isLeftToTensorflow))('leaves to TF.js: $title', (one) => {
    expect(PlannedGraph.open(fileOf(one), [1, ...one.input])).toBeUndefined();
  });
});
