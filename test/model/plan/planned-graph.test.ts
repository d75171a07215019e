import { beforeAll, describe, it } from 'vitest';
import type { StoredNode } from '../../../model/graph/graph-file.ts';
import { compare, draw, useReferenceBackend } from './compare-with-tensorflow.ts';
import { axes, float, integers, map, meanOfPlaces, node, type OperationCase, pool } from './float-nodes.ts';
import { attribute, makeGraphFile } from './graph-file.ts';

beforeAll(useReferenceBackend);

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
    title: 'PadV2 with zeros',
    input: map,
    nodes: [node('pad', 'PadV2', ['photo', 'paddings', 'value'])],
    weights: {
      paddings: { shape: [4, 2], numbers: Int32Array.of(0, 0, 1, 1, 0, 2, 0, 0) },
      value: { shape: [], numbers: Float32Array.of(0) },
    },
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
];

describe('PlannedGraph', () => {
  it.each([3, 4, 10])('computes mean, a dense layer of %i units and a sum as TF.js does', (units) => {
    const nodes: StoredNode[] = [
      { name: 'sum', op: 'AddV2', input: ['photo', 'photo'], attr: float },
      { name: 'mean', op: 'Mean', input: ['sum', 'axes'], attr: { ...float, keep_dims: attribute.flag(false) } },
      {
        name: 'dense',
        op: '_FusedMatMul',
        input: ['mean', 'kernel', 'bias'],
        attr: { ...float, fused_ops: attribute.texts(['BiasAdd']), num_args: { i: '1' } },
      },
      { name: 'score', op: 'Identity', input: ['dense'], attr: float },
    ];
    compare(makeGraphFile(nodes, { axes, kernel: draw([12, units], 5), bias: draw([units], 6) }), [1, 5, 3, 12]);
  });

  it.each(operations)('computes as TF.js does: $title', (one) => {
    compare(makeGraphFile(one.nodes, one.weights ?? {}), one.input);
  });
});
