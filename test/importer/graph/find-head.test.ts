import { describe, expect, it } from 'vitest';
import { findHead } from '../../../importer/graph/find-head.ts';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import type { GraphNode, Window } from '../../../importer/graph/node.ts';

const builder = new GraphBuilder();
const map = builder.unary('Relu', builder.input('x', [1, 4, 5, 3]));
const weights = builder.constant('kernel', Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
const bias = builder.constant('bias', Float32Array.of(7, 8), [2]);
const window: Window = { strides: [1, 1], dilations: [1, 1], padding: 'VALID' };

const pool = (x: GraphNode, op: 'Mean' | 'Max' = 'Mean', axes = [1, 2], kept = false) =>
  builder.reduce(op, x, axes, kept);
const dense = (x: GraphNode) => builder.matMul(x, weights);
/** A product with a kernel of one pixel. */
const pixel = (x: GraphNode, size = 1) => {
  const values = Float32Array.from({ length: size * size * 6 }, (_, at) => at);
  return builder.conv2d(x, builder.constant('kernel', values, [size, size, 3, 2]), window);
};

describe('the end of a classifier', () => {
  it('is a pool, a product and a bias, with nothing behind', () => {
    const features = pool(map);
    const score = builder.add(dense(features), bias);

    expect(findHead(score)).toEqual({
      score,
      kind: 'logits',
      logits: undefined,
      features,
      kernel: weights,
      bias,
      map,
      pooling: 'average',
      isLinearInMap: true,
    });
  });

  it.each([
    ['Softmax', 'softmax'],
    ['Sigmoid', 'sigmoid'],
  ])('may be a %s', (op, kind) => {
    const logits = dense(pool(map, 'Max'));
    const score = builder.node(op, [logits], { shape: logits.shape });

    expect(findHead(score)).toMatchObject({ kind, logits, kernel: weights, bias: undefined, pooling: 'max' });
  });

  it('may be an activation in the product itself', () => {
    const logits = dense(pool(map));

    expect(findHead({ ...logits, activation: { op: 'Sigmoid' } })).toMatchObject({
      kind: 'sigmoid',
      logits: undefined,
    });
    expect(findHead({ ...logits, activation: { op: 'Relu' } })).toMatchObject({ kind: 'logits', kernel: weights });
  });

  it('may have its bias in the node', () => {
    const product = dense(pool(map));

    expect(findHead({ ...product, inputs: [...product.inputs, bias] }).bias).toBe(bias);
  });

  it('has no bias that is computed', () => {
    const head = findHead(builder.add(dense(pool(map)), builder.input('y', [1, 2])));

    expect(head).toMatchObject({ kernel: undefined, features: undefined, map: undefined, isLinearInMap: false });
  });

  it('may pass through shapes and the bounds of eight bits', () => {
    const bounded = builder.binary('Maximum', dense(pool(map)), builder.scalar(-3));
    const score = builder.reshape(builder.clip(builder.reshape(bounded, [2]), -1, 1), [1, 2]);
    const byTensor = builder.binary('Minimum', dense(pool(map)), bias);

    expect(findHead(score).kernel).toBe(weights);
    expect(findHead(byTensor).kernel).toBeUndefined();
    expect(findHead(builder.unary('Tanh', dense(pool(map)))).kernel).toBeUndefined();
  });

  it('may be a convolution of one pixel on one pixel', () => {
    const features = pool(map, 'Mean', [1, 2], true);

    expect(findHead(pixel(features))).toMatchObject({ features, map, isLinearInMap: true });
    expect(findHead(pixel(map)).kernel).toBeUndefined();
    expect(findHead(pixel(builder.input('x', [1, 2, 1, 3]))).kernel).toBeUndefined();
    expect(findHead(pixel(builder.input('x', [1, 1, 2, 3]))).kernel).toBeUndefined();
    expect(findHead(pixel(builder.input('x', [1, 2, 2, 3]), 2)).kernel).toBeUndefined();
  });

  it('has no kernel that is computed', () => {
    expect(findHead(builder.matMul(pool(map), builder.input('y', [3, 2]))).kernel).toBeUndefined();
  });
});

describe('the map before the pooling', () => {
  it('is found behind what keeps one vector a picture, though evidence is not linear then', () => {
    const normalised = builder.multiply(builder.unary('Relu', pool(map)), builder.input('gamma', [1, 3]));

    expect(findHead(dense(normalised))).toMatchObject({ map, pooling: 'average', isLinearInMap: false });
  });

  it.each([
    ['goes over one axis', builder.reshape(pool(builder.input('x', [1, 4, 1, 3]), 'Mean', [1]), [1, 3])],
    ['goes over other axes', pool(builder.input('x', [1, 3, 4, 5]), 'Mean', [2, 3])],
    ['goes over other axes still', builder.reshape(pool(builder.input('x', [1, 4, 3, 5]), 'Mean', [1, 3]), [1, 3])],
    ['is of one place', pool(builder.unary('Relu', builder.input('x', [1, 1, 1, 3])))],
    ['is a sum', builder.reduce('Sum', map, [1, 2], false)],
    ['is of five axes', builder.reshape(pool(builder.input('x', [1, 4, 5, 1, 3])), [1, 3])],
    ['is not there', builder.input('vector', [1, 3])],
  ])('is none where the pooling %s', (_what, features) => {
    expect(findHead(dense(features))).toMatchObject({ kernel: weights, map: undefined, pooling: undefined });
  });

  it.each([[[1, 1, 2, 3]], [[1, 2, 1, 3]]])('may be a line: %j', (shape) => {
    const line = builder.unary('Relu', builder.input('x', shape));

    expect(findHead(dense(pool(line))).map).toBe(line);
  });
});
