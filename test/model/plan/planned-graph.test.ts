import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GraphFile, StoredNode } from '../../../model/graph/graph-file.ts';
import type { PictureShape } from '../../../model/graph/runnable-graph.ts';
import { PlannedGraph } from '../../../model/plan/planned-graph.ts';
import { TensorflowGraph } from '../../../model/tensorflow/tensorflow-graph.ts';
import { drawInput } from '../../importer/run-graph.ts';
import { attribute, makeGraphFile, type Weight } from './graph-file.ts';
import { runSpaced } from './run-spaced.ts';

beforeAll(async () => {
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

interface OperationCase {
  readonly title: string;
  readonly input: PictureShape;
  readonly nodes: readonly StoredNode[];
  readonly weights?: Readonly<Record<string, Weight>>;
  readonly isLeftToTensorflow?: boolean;
}

const float = { T: { type: 'DT_FLOAT' } };

/** A node of floats; `after` names its inputs. */
function node(
  name: string,
  op: string,
  after: readonly string[],
  attr: Readonly<Record<string, unknown>> = {},
): StoredNode {
  return { name, op, input: after, attr: { ...float, ...attr } };
}

function integers(...numbers: readonly number[]): Weight {
  return { shape: [numbers.length], numbers: Int32Array.from(numbers) };
}

function pool(op: string, size: number, stride: number, padding: string): StoredNode {
  const [ksize, strides] = [size, stride].map((one) => attribute.integers([1, one, one, 1]));
  return node('pool', op, ['photo'], {
    ksize,
    strides,
    padding: attribute.text(padding),
    data_format: attribute.text('NHWC'),
  });
}

const map: PictureShape = [1, 5, 7, 8];
const meanOfPlaces = node('mean', 'Mean', ['photo', 'axes'], { keep_dims: attribute.flag(true) });
const axes = integers(1, 2);

const operations: readonly OperationCase[] = [
  { title: 'Relu', input: [1, 3, 3, 3], nodes: [node('relu', 'Relu', ['photo'])] },
  {
    title: 'Relu6',
    input: map,
    nodes: [node('ten', 'Mul', ['photo', 'factor']), node('relu', 'Relu6', ['ten'])],
    weights: { factor: { shape: [], numbers: Float32Array.of(10) } },
  },
  { title: 'Sigmoid', input: map, nodes: [node('sigmoid', 'Sigmoid', ['photo'])] },
  {
    title: 'Sigmoid of very large and very small numbers',
    input: map,
    nodes: [node('large', 'Mul', ['photo', 'factor']), node('sigmoid', 'Sigmoid', ['large'])],
    weights: { factor: { shape: [], numbers: Float32Array.of(300) } },
  },
  {
    title: 'swish',
    input: map,
    nodes: [node('sigmoid', 'Sigmoid', ['photo']), node('swish', 'Mul', ['photo', 'sigmoid'])],
  },
  {
    title: 'squeeze and excite',
    input: map,
    nodes: [meanOfPlaces, node('scaled', 'Mul', ['photo', 'mean'])],
    weights: { axes },
  },
  {
    title: 'squeeze and excite, the map last',
    input: map,
    nodes: [meanOfPlaces, node('scaled', 'Mul', ['mean', 'photo'])],
    weights: { axes },
  },
  {
    title: 'a constant added to each channel',
    input: map,
    nodes: [node('sum', 'AddV2', ['photo', 'offset'])],
    weights: { offset: draw([8], 2) },
  },
  {
    title: 'a constant added to pixels of three channels',
    input: [1, 4, 4, 3],
    nodes: [node('sum', 'AddV2', ['offset', 'photo'])],
    weights: { offset: draw([3], 2) },
  },
  {
    title: 'a constant subtracted',
    input: map,
    nodes: [node('difference', 'Sub', ['photo', 'offset'])],
    weights: { offset: draw([1, 1, 1, 8], 2) },
  },
  {
    title: 'subtracted from a constant',
    input: map,
    nodes: [node('difference', 'Sub', ['offset', 'photo'])],
    weights: { offset: draw([8], 2) },
  },
  {
    title: 'divided by a constant',
    input: map,
    nodes: [node('share', 'RealDiv', ['photo', 'by'])],
    weights: { by: { shape: [1], numbers: Float32Array.of(127.5) } },
  },
  { title: 'MaxPool 3 by 2, SAME', input: map, nodes: [pool('MaxPool', 3, 2, 'SAME')] },
  { title: 'MaxPool 2 by 2, VALID', input: map, nodes: [pool('MaxPool', 2, 2, 'VALID')] },
  { title: 'AvgPool 3 by 1, SAME, which counts no padding', input: map, nodes: [pool('AvgPool', 3, 1, 'SAME')] },
  { title: 'AvgPool 3 by 2, VALID', input: map, nodes: [pool('AvgPool', 3, 2, 'VALID')] },
  {
    title: 'Pad',
    input: map,
    nodes: [node('pad', 'Pad', ['photo', 'paddings'])],
    weights: { paddings: { shape: [4, 2], numbers: Int32Array.of(0, 0, 1, 2, 0, 3, 0, 0) } },
  },
  {
    title: 'ConcatV2 of channels',
    input: map,
    nodes: [node('relu', 'Relu', ['photo']), node('both', 'ConcatV2', ['photo', 'relu', 'axis'], { N: { i: '2' } })],
    weights: { axis: { shape: [], numbers: Int32Array.of(3) } },
  },
  {
    title: 'Reshape',
    input: map,
    nodes: [node('flat', 'Reshape', ['photo', 'shape'])],
    weights: { shape: integers(-1, 280) },
  },
  {
    title: 'Softmax',
    input: [1, 1, 1, 7],
    nodes: [node('flat', 'Reshape', ['photo', 'shape']), node('softmax', 'Softmax', ['flat'])],
    weights: { shape: integers(1, 7) },
  },
  {
    title: 'one dense layer after all places',
    input: [1, 2, 3, 4],
    nodes: [node('flat', 'Reshape', ['photo', 'shape']), node('dense', 'MatMul', ['flat', 'kernel'])],
    weights: { shape: integers(1, 24), kernel: draw([24, 5], 2) },
  },
  {
    title: 'weights far larger than all that is computed',
    input: [1, 1, 1, 512],
    nodes: [node('flat', 'Reshape', ['photo', 'shape']), node('dense', 'MatMul', ['flat', 'kernel'])],
    weights: { shape: integers(1, 512), kernel: draw([512, 64], 2) },
  },
  {
    title: 'a tensor used twice, long after',
    input: map,
    nodes: [
      node('one', 'Relu', ['photo']),
      node('two', 'Sigmoid', ['one']),
      node('three', 'Relu6', ['two']),
      node('sum', 'AddV2', ['three', 'one']),
    ],
  },
  {
    title: 'a map of odd channels pooled',
    input: [1, 4, 4, 3],
    nodes: [pool('MaxPool', 2, 2, 'VALID')],
    isLeftToTensorflow: true,
  },
  {
    title: 'a map of six channels pooled',
    input: [1, 4, 4, 6],
    nodes: [pool('AvgPool', 2, 2, 'VALID')],
    isLeftToTensorflow: true,
  },
  {
    title: 'the mean of six channels',
    input: [1, 4, 4, 6],
    nodes: [meanOfPlaces],
    weights: { axes },
    isLeftToTensorflow: true,
  },
  {
    title: 'six channels scaled by a computed number each',
    input: [1, 1, 1, 6],
    nodes: [
      node('map', 'Pad', ['photo', 'paddings']),
      node('factors', 'Relu', ['photo']),
      node('scaled', 'Mul', ['map', 'factors']),
    ],
    weights: { paddings: { shape: [4, 2], numbers: Int32Array.of(0, 0, 1, 1, 1, 1, 0, 0) } },
    isLeftToTensorflow: true,
  },
  {
    title: 'the mean over rows alone',
    input: map,
    nodes: [meanOfPlaces],
    weights: { axes: integers(1) },
    isLeftToTensorflow: true,
  },
  {
    title: 'padding with another number than zero',
    input: map,
    nodes: [node('pad', 'PadV2', ['photo', 'paddings', 'value'])],
    weights: {
      paddings: { shape: [4, 2], numbers: Int32Array.of(0, 0, 1, 1, 1, 1, 0, 0) },
      value: { shape: [], numbers: Float32Array.of(1) },
    },
    isLeftToTensorflow: true,
  },
  {
    title: 'padding of the batch',
    input: map,
    nodes: [node('pad', 'Pad', ['photo', 'paddings'])],
    weights: { paddings: { shape: [4, 2], numbers: Int32Array.of(0, 1, 0, 0, 0, 0, 0, 0) } },
    isLeftToTensorflow: true,
  },
  {
    title: 'a constant divided by the map',
    input: map,
    nodes: [node('share', 'RealDiv', ['by', 'photo'])],
    weights: { by: { shape: [1], numbers: Float32Array.of(2) } },
    isLeftToTensorflow: true,
  },
  {
    title: 'a difference of two maps',
    input: map,
    nodes: [node('relu', 'Relu', ['photo']), node('difference', 'Sub', ['photo', 'relu'])],
    isLeftToTensorflow: true,
  },
  {
    title: 'a matrix product turned over',
    input: [1, 1, 1, 8],
    nodes: [
      node('flat', 'Reshape', ['photo', 'shape']),
      node('dense', 'MatMul', ['flat', 'kernel'], { transpose_b: attribute.flag(true) }),
    ],
    weights: { shape: integers(1, 8), kernel: draw([8, 8], 2) },
    isLeftToTensorflow: true,
  },
  {
    title: 'a sum over rows that repeat',
    input: map,
    nodes: [meanOfPlaces, node('sum', 'AddV2', ['photo', 'mean'])],
    weights: { axes },
    isLeftToTensorflow: true,
  },
  {
    title: 'a constant for each place',
    input: map,
    nodes: [node('sum', 'AddV2', ['photo', 'offset'])],
    weights: { offset: draw([5, 7, 8], 2) },
    isLeftToTensorflow: true,
  },
  {
    title: 'a Softmax of several rows',
    input: map,
    nodes: [node('softmax', 'Softmax', ['photo'])],
    isLeftToTensorflow: true,
  },
  {
    title: 'ConcatV2 of rows',
    input: map,
    nodes: [node('both', 'ConcatV2', ['photo', 'photo', 'axis'], { N: { i: '2' } })],
    weights: { axis: { shape: [], numbers: Int32Array.of(1) } },
    isLeftToTensorflow: true,
  },
  {
    title: 'padding of channels',
    input: map,
    nodes: [node('pad', 'Pad', ['photo', 'paddings'])],
    weights: { paddings: { shape: [4, 2], numbers: Int32Array.of(0, 0, 0, 0, 0, 0, 1, 0) } },
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

function draw(shape: readonly number[], seed: number): Weight {
  return { shape, numbers: drawInput(shape, seed) };
}

function compare(file: GraphFile, shape: PictureShape, names: readonly string[] = ['score']): void {
  const planned = PlannedGraph.open(file, shape);
  const reference = TensorflowGraph.onCurrentBackend(file, shape);
  try {
    const input = drawInput(shape, 1);
    // The second run finds what the first has left in memory.
    planned?.run(drawInput(shape, 4), names);
    const answers = planned?.run(input, names) ?? [];
    const expected = reference.run(input, names);
    expect(answers.map((answer) => answer.shape)).toEqual(expected.map((answer) => answer.shape));
    expect(runSpaced(file, shape, input)).toEqual(answers[0]?.values);
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
    expect(PlannedGraph.open(fileOf(one), [1, ...one.input])).toBeUndefined();
  });

  it.each([3, 4, 10])('computes mean, a dense layer of %i units and a sum as TF.js does', (units) => {
    const nodes: StoredNode[] = [
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
    compare(makeGraphFile(nodes, { axes, kernel: draw([12, units], 5), bias: draw([units], 6) }), [1, 5, 3, 12]);
  });

  it.each(operations.filter((one) => !one.isLeftToTensorflow))('computes as TF.js does: $title', (one) => {
    compare(makeGraphFile(one.nodes, one.weights ?? {}), one.input);
  });

  it.each(operations.filter((one) => one.isLeftToTensorflow))('leaves to TF.js: $title', (one) => {
    expect(PlannedGraph.open(makeGraphFile(one.nodes, one.weights ?? {}), one.input)).toBeUndefined();
  });

  it('leaves a graph that leads back to itself to TF.js', () => {
    const nodes = [node('one', 'Relu', ['two']), node('two', 'AddV2', ['one', 'photo'])];

    expect(PlannedGraph.open(makeGraphFile(nodes, {}), map)).toBeUndefined();
  });

  it('leaves a model with an operation that no kernel covers to TF.js', () => {
    const node = { name: 'wave', op: 'Sin', input: ['photo'], attr: { T: { type: 'DT_FLOAT' } } };

    expect(PlannedGraph.open(makeGraphFile([node], {}), [1, 4, 4, 4])).toBeUndefined();
  });
});
