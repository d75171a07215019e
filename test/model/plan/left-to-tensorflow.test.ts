import { describe, expect, it } from 'vitest';
import { PlannedGraph } from '../../../model/plan/planned-graph.ts';
import { draw } from './compare-with-tensorflow.ts';
import { axes, integers, map, meanOfPlaces, node, type OperationCase, pool } from './float-nodes.ts';
import { attribute, makeGraphFile } from './graph-file.ts';

const operations: readonly OperationCase[] = [
  {
    title: 'a map of odd channels pooled',
    input: [1, 4, 4, 3],
    nodes: [pool('MaxPool', 2, 2, 'VALID')],
  },
  {
    title: 'a map of six channels pooled',
    input: [1, 4, 4, 6],
    nodes: [pool('AvgPool', 2, 2, 'VALID')],
  },
  {
    title: 'the mean of six channels',
    input: [1, 4, 4, 6],
    nodes: [meanOfPlaces],
    weights: { axes },
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
  },
  {
    title: 'the mean over rows alone',
    input: map,
    nodes: [meanOfPlaces],
    weights: { axes: integers(1) },
  },
  {
    title: 'padding with another number than zero',
    input: map,
    nodes: [node('pad', 'PadV2', ['photo', 'paddings', 'value'])],
    weights: {
      paddings: { shape: [4, 2], numbers: Int32Array.of(0, 0, 1, 1, 1, 1, 0, 0) },
      value: { shape: [], numbers: Float32Array.of(1) },
    },
  },
  {
    title: 'padding of the batch',
    input: map,
    nodes: [node('pad', 'Pad', ['photo', 'paddings'])],
    weights: { paddings: { shape: [4, 2], numbers: Int32Array.of(0, 1, 0, 0, 0, 0, 0, 0) } },
  },
  {
    title: 'a constant divided by the map',
    input: map,
    nodes: [node('share', 'RealDiv', ['by', 'photo'])],
    weights: { by: { shape: [1], numbers: Float32Array.of(2) } },
  },
  {
    title: 'a difference of two maps',
    input: map,
    nodes: [node('relu', 'Relu', ['photo']), node('difference', 'Sub', ['photo', 'relu'])],
  },
  {
    title: 'a matrix product turned over',
    input: [1, 1, 1, 8],
    nodes: [
      node('flat', 'Reshape', ['photo', 'shape']),
      node('dense', 'MatMul', ['flat', 'kernel'], { transpose_b: attribute.flag(true) }),
    ],
    weights: { shape: integers(1, 8), kernel: draw([8, 8], 2) },
  },
  {
    title: 'a sum over rows that repeat',
    input: map,
    nodes: [meanOfPlaces, node('sum', 'AddV2', ['photo', 'mean'])],
    weights: { axes },
  },
  {
    title: 'a constant for each place',
    input: map,
    nodes: [node('sum', 'AddV2', ['photo', 'offset'])],
    weights: { offset: draw([5, 7, 8], 2) },
  },
  {
    title: 'a Softmax of several rows',
    input: map,
    nodes: [node('softmax', 'Softmax', ['photo'])],
  },
  {
    title: 'ConcatV2 of rows',
    input: map,
    nodes: [node('both', 'ConcatV2', ['photo', 'photo', 'axis'], { N: { i: '2' } })],
    weights: { axis: { shape: [], numbers: Int32Array.of(1) } },
  },
  {
    title: 'padding of channels',
    input: map,
    nodes: [node('pad', 'Pad', ['photo', 'paddings'])],
    weights: { paddings: { shape: [4, 2], numbers: Int32Array.of(0, 0, 0, 0, 0, 0, 1, 0) } },
  },
];

describe('PlannedGraph leaves to TF.js', () => {
  it.each(operations)('$title', ({ nodes, weights, input }) => {
    expect(PlannedGraph.open(makeGraphFile(nodes, weights ?? {}), input)).toBeUndefined();
  });

  it('a graph that leads back to itself', () => {
    const nodes = [node('one', 'Relu', ['two']), node('two', 'AddV2', ['one', 'photo'])];

    expect(PlannedGraph.open(makeGraphFile(nodes, {}), map)).toBeUndefined();
  });

  it('a model with an operation that no kernel covers', () => {
    const node = { name: 'wave', op: 'Sin', input: ['photo'], attr: { T: { type: 'DT_FLOAT' } } };

    expect(PlannedGraph.open(makeGraphFile([node], {}), [1, 4, 4, 4])).toBeUndefined();
  });
});
