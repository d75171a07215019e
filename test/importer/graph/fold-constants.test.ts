import { describe, expect, it } from 'vitest';
import { foldBinary, foldUnary, transposeValues } from '../../../importer/graph/fold-constants.ts';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import { type ConstantNode, isConstant } from '../../../importer/graph/node.ts';

function constant(values: Float32Array | Int32Array, shape: readonly number[]): ConstantNode {
  const builder = new GraphBuilder();
  const node =
    values instanceof Int32Array ? builder.integers('c', [...values], shape) : builder.constant('c', values, shape);
  if (!isConstant(node)) throw new TypeError('A constant was not kept as one.');
  return node;
}

const floats = (...values: number[]) => constant(Float32Array.from(values), [values.length]);
const integers = (...values: number[]) => constant(Int32Array.from(values), [values.length]);

describe('folding two constants', () => {
  it.each([
    ['AddV2', [6, 10]],
    ['Sub', [2, 6]],
    ['Mul', [8, 16]],
    ['RealDiv', [2, 4]],
    ['Maximum', [4, 8]],
    ['Minimum', [2, 2]],
    ['Pow', [16, 64]],
  ])('computes %s', (op, expected) => {
    const folded = foldBinary(op, floats(4, 8), floats(2, 2));

    expect(folded).toEqual({ values: Float32Array.from(expected), shape: [2] });
  });

  it('broadcasts a column along a row', () => {
    const folded = foldBinary('Sub', constant(Float32Array.of(10, 20), [2, 1]), floats(1, 2, 3));

    expect(folded).toEqual({ values: Float32Array.of(9, 8, 7, 19, 18, 17), shape: [2, 3] });
  });

  it('keeps whole numbers whole', () => {
    expect(foldBinary('AddV2', integers(1, 2), integers(3, 4))?.values).toEqual(Int32Array.of(4, 6));
  });

  it('leaves an operation that it does not know, and two kinds of numbers, to the model', () => {
    expect(foldBinary('Atan2', floats(1), floats(2))).toBeUndefined();
    expect(foldBinary('AddV2', floats(1), integers(2))).toBeUndefined();
  });
});

describe('folding one constant', () => {
  it.each([
    ['Neg', [-4, -0.25]],
    ['Sqrt', [2, 0.5]],
    ['Rsqrt', [0.5, 2]],
    ['Square', [16, 0.0625]],
    ['Reciprocal', [0.25, 4]],
    ['Relu', [4, 0.25]],
  ])('computes %s', (op, expected) => {
    const folded = foldUnary(op, floats(4, 0.25));

    expect(folded).toEqual({ values: Float32Array.from(expected), shape: [2] });
  });

  it('takes a rectified negative number for 0', () => {
    expect(foldUnary('Relu', floats(-1, 0, 1))?.values).toEqual(Float32Array.of(0, 0, 1));
  });

  it('leaves an operation that it does not know, and whole numbers, to the model', () => {
    expect(foldUnary('Erf', floats(1))).toBeUndefined();
    expect(foldUnary('Neg', integers(1))).toBeUndefined();
  });
});

it('puts axes in another order', () => {
  const values = Float32Array.of(0, 1, 2, 3, 4, 5);

  expect(transposeValues(values, [1, 2, 3], [2, 0, 1])).toEqual(Float32Array.of(0, 3, 1, 4, 2, 5));
});
