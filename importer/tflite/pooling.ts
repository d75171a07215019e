import type { Reduction } from '../graph/graph-builder.ts';
import { paddingOf } from './convolutions.ts';
import { applyFusedActivation } from './fused-activation.ts';
import { inputOf, type OperationConverter, wholeNumbers } from './operation-context.ts';

const pool =
  (op: 'MaxPool' | 'AvgPool'): OperationConverter =>
  (context) => {
    const { builder, options } = context;
    const pooled = builder.pool(op, inputOf(context), [options?.int32(4) ?? 1, options?.int32(3) ?? 1], {
      strides: [options?.int32(2) ?? 1, options?.int32(1) ?? 1],
      dilations: [1, 1],
      padding: paddingOf(options?.int8(0) ?? 0),
    });
    return applyFusedActivation(context, pooled, options?.int8(5) ?? 0);
  };

const reduce =
  (op: Reduction): OperationConverter =>
  (context) =>
    context.builder.reduce(op, inputOf(context), wholeNumbers(context, 1), context.options?.boolean(0) ?? false);

export const pooling: Readonly<Record<string, OperationConverter>> = {
  AVERAGE_POOL_2D: pool('AvgPool'),
  MAX_POOL_2D: pool('MaxPool'),
  MEAN: reduce('Mean'),
  SUM: reduce('Sum'),
  REDUCE_MAX: reduce('Max'),
  REDUCE_MIN: reduce('Min'),
  REDUCE_PROD: reduce('Prod'),
};
