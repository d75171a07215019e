import type { ConstantNode } from '../../graph/node.ts';
import { countValues } from '../../graph/shape.ts';
import { valuesBy } from '../known.ts';
import { laidPlain } from '../laid-out.ts';
import {
  constantOf,
  inputOf,
  notImported,
  type OperationContext,
  type OperationConverter,
} from '../operation-context.ts';
import { convolveWith, finishConvolution } from './convolutions.ts';
import { multiply } from './products.ts';

/*
 * Where whole numbers are made of each photo anew, by the range that its values happen to have, nothing is cut off. They
 * stay the real numbers that they were, in steps of 1 from zero, so that what multiplies the result by both scales
 * multiplies it by that of the weights alone.
 */

const dynamicallyQuantised: OperationConverter = (context) => {
  const { builder } = context;
  return [inputOf(context), laidPlain(builder.scalar(1)), laidPlain(builder.integers('zero', [0], []))];
};

/** Stored whole numbers less their zero point: one for all, or one for each place of an axis. */
function lessZero(context: OperationContext, at: number, zeroAt: number, axis: number): ConstantNode {
  const { builder, inputs } = context;
  const { values, shape } = constantOf(context, at);
  const zeros = inputs[zeroAt] === undefined ? Int32Array.of(0) : constantOf(context, zeroAt).values;
  const along = axis < 0 ? axis + shape.length : axis;
  if (zeros.length > 1 && zeros.length !== shape[along])
    throw notImported(context, `it has ${zeros.length} zero points for an axis of ${shape[along]}`);
  const inner = countValues(shape.slice(along + 1));
  const steps = valuesBy(false, values, (value, place) => {
    const part = zeros.length > 1 ? Math.floor(place / inner) % zeros.length : 0;
    return value - (zeros[part] ?? 0);
  });
  return builder.constant('weights', steps, shape);
}

const convolveIntegers: OperationConverter = (context) =>
  finishConvolution(context, convolveWith(context, inputOf(context), lessZero(context, 1, 3, 0)), undefined);

const multiplyIntegers: OperationConverter = (context) =>
  multiply(context, inputOf(context), laidPlain(lessZero(context, 1, 3, -1)));

/** What onnxruntime's `quantize_dynamic` writes. */
export const dynamicallyQuantisedOperators: Readonly<Record<string, OperationConverter>> = {
  ConvInteger: convolveIntegers,
  DynamicQuantizeLinear: dynamicallyQuantised,
  MatMulInteger: multiplyIntegers,
};
