import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import type { GraphNode, Window } from '../../../importer/graph/node.ts';

const builder = new GraphBuilder();
const tensor = (...shape: number[]) => builder.input('x', shape);
const kernel = (...shape: number[]) => builder.input('kernel', shape);
const plain: Window = { strides: [1, 1], dilations: [1, 1], padding: 'VALID' };
const floats = (...values: number[]) => builder.constant('c', Float32Array.from(values), [values.length]);
/** The values of the whole-number inputs of a node. */
const numbersOf = ({ inputs }: GraphNode) =>
  inputs.flatMap(({ values }) => (values instanceof Int32Array ? [Array.from(values)] : []));

describe('operations of each value', () => {
  it('are computed at once of constants, and keep the kind of others', () => {
    expect(builder.unary('Neg', floats(1, -2)).values).toEqual(Float32Array.of(-1, 2));
    expect(builder.unary('Neg', tensor(1, 2))).toMatchObject({ op: 'Neg', shape: [1, 2], dtype: 'float32' });
    expect(builder.add(floats(1, 2), floats(3, 4)).values).toEqual(Float32Array.of(4, 6));
    expect(builder.add(builder.input('x', [2], 'int32'), tensor(2)).dtype).toBe('int32');
    expect(builder.unary('Erf', floats(1))).toMatchObject({ op: 'Erf', shape: [1] });
  });

  it.each([
    ['add', 'AddV2'],
    ['subtract', 'Sub'],
    ['multiply', 'Mul'],
    ['divide', 'RealDiv'],
  ] as const)('take a number for an operand: %s', (method, op) => {
    const node = builder[method](tensor(1, 3), 2);

    expect(node).toMatchObject({ op, shape: [1, 3] });
    expect(node.inputs[1]?.values).toEqual(Float32Array.of(2));
  });

  it('leave what has one constant alone to the model', () => {
    expect(builder.binary('AddV2', tensor(2), floats(1, 2)).op).toBe('AddV2');
    expect(builder.binary('AddV2', floats(1, 2), tensor(2)).op).toBe('AddV2');
  });

  it('compare and choose by shapes that are broadcast', () => {
    const mask = builder.compare('Less', tensor(1, 3), tensor(2, 1));

    expect(mask).toMatchObject({ op: 'Less', shape: [2, 3], dtype: 'bool' });
    expect(builder.select(mask, tensor(1), builder.input('y', [4, 1, 1]))).toMatchObject({
      op: 'SelectV2',
      shape: [4, 2, 3],
      dtype: 'float32',
    });
  });

  it('have bounds and slopes of their own', () => {
    expect(
      builder
        .clip(tensor(2), -1, 6)
        .inputs.slice(1)
        .map(({ values }) => values?.[0]),
    ).toEqual([-1, 6]);
    expect(builder.leakyRelu(tensor(2), 0.25).attributes).toEqual({ alpha: { float: 0.25 } });
  });
});

describe('windows', () => {
  const strided: Window = { ...plain, strides: [2, 3] };

  it('move over a picture as far as they fit', () => {
    expect(builder.conv2d(tensor(1, 9, 10, 3), kernel(3, 4, 3, 8), strided).shape).toEqual([1, 4, 3, 8]);
    expect(builder.depthwiseConv2d(tensor(1, 9, 10, 3), kernel(3, 4, 3, 2), strided).shape).toEqual([1, 4, 3, 6]);
    expect(builder.conv2dTranspose(tensor(1, 4, 4, 8), kernel(3, 3, 5, 8), [9, 8], plain).shape).toEqual([1, 9, 8, 5]);
    expect(builder.pool('MaxPool', tensor(1, 9, 10, 3), [3, 4], strided)).toMatchObject({
      shape: [1, 4, 3, 3],
      attributes: { ksize: { ints: [1, 3, 4, 1] } },
    });
  });

  it.each([
    ['of other channels', tensor(1, 9, 10, 4)],
    ['of three axes', tensor(9, 10, 3)],
    ['of five axes', tensor(1, 9, 10, 3, 1)],
  ])('refuse a tensor %s', (_what, x) => {
    const message = /^A kernel for 3 channels does not fit a tensor of \[/;

    expect(() => builder.conv2d(x, kernel(3, 3, 3, 8), plain)).toThrow(message);
    expect(() => builder.depthwiseConv2d(x, kernel(3, 3, 3, 1), plain)).toThrow(message);
    expect(() => builder.conv2dTranspose(x, kernel(3, 3, 8, 3), [9, 9], plain)).toThrow(message);
  });
});

describe('a product of matrices', () => {
  it.each([
    [[2, 3], [3, 4], {}, [2, 4]],
    [[3, 2], [3, 4], { a: true }, [2, 4]],
    [[2, 3], [4, 3], { b: true }, [2, 4]],
    [[3, 2], [4, 3], { a: true, b: true }, [2, 4]],
  ])('of %j and %j turned %j is %j', (a, b, turned, shape) => {
    const attributes = { transpose_a: { bool: 'a' in turned }, transpose_b: { bool: 'b' in turned } };

    expect(builder.matMul(tensor(...a), kernel(...b), turned)).toMatchObject({ op: 'MatMul', shape, attributes });
  });

  it.each([
    [[5, 2, 3], [3, 4], {}, [5, 2, 4]],
    [[2, 3], [5, 3, 4], {}, [5, 2, 4]],
    [[1, 6, 3, 2], [5, 1, 4, 3], { a: true, b: true }, [5, 6, 2, 4]],
  ])('of %j and %j turned %j has a batch: %j', (a, b, turned, shape) => {
    const attributes = { adj_x: { bool: 'a' in turned }, adj_y: { bool: 'b' in turned } };

    expect(builder.matMul(tensor(...a), kernel(...b), turned)).toMatchObject({
      op: 'BatchMatMulV2',
      shape,
      attributes,
    });
  });

  it('is refused where they do not fit, or one is none', () => {
    expect(() => builder.matMul(tensor(2, 3), kernel(4, 3))).toThrow('[2,3] and [4,3] cannot be multiplied');
    expect(() => builder.matMul(tensor(3), kernel(3, 3))).toThrow('[3] is not a matrix');
  });
});

describe('a reduction', () => {
  it.each([
    [[-1, 1], false, [1, 3], [1, 3]],
    [[3, 1], true, [1, 1, 3, 1], [1, 3]],
    [[2, 2], false, [1, 2, 4], [2]],
  ])('over %j, axes kept: %s, has the shape %j', (axes, kept, shape, sorted) => {
    const node = builder.reduce('Mean', tensor(1, 2, 3, 4), axes, kept);

    expect(node).toMatchObject({ op: 'Mean', shape, attributes: { keep_dims: { bool: kept } } });
    expect(numbersOf(node)).toEqual([sorted]);
  });

  it('gives its axes in their own order, not by their digits', () => {
    expect(numbersOf(builder.reduce('Sum', tensor(...Array(12).fill(1)), [10, 9, 2], false))).toEqual([[2, 9, 10]]);
  });
});
