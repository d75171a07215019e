import type { Comparison } from '../graph/graph-builder.ts';
import { broadcastShapes } from '../graph/shape.ts';
import { inputOf, type OperationConverter } from './operation-context.ts';

const comparison =
  (op: Comparison): OperationConverter =>
  (context) =>
    context.builder.compare(op, inputOf(context), inputOf(context, 1));

const both =
  (op: 'LogicalAnd' | 'LogicalOr'): OperationConverter =>
  (context) => {
    const [a, b] = [inputOf(context), inputOf(context, 1)];
    return context.builder.node(op, [a, b], { shape: broadcastShapes(a.shape, b.shape), dtype: 'bool' });
  };

const not: OperationConverter = (context) => {
  const x = inputOf(context);
  return context.builder.node('LogicalNot', [x], { shape: x.shape, dtype: 'bool' });
};

const select: OperationConverter = (context) =>
  context.builder.select(inputOf(context), inputOf(context, 1), inputOf(context, 2));

/** Operators that ask about values, and choose by the answer. */
export const choices: Readonly<Record<string, OperationConverter>> = {
  EQUAL: comparison('Equal'),
  GREATER: comparison('Greater'),
  GREATER_EQUAL: comparison('GreaterEqual'),
  LESS: comparison('Less'),
  LESS_EQUAL: comparison('LessEqual'),
  LOGICAL_AND: both('LogicalAnd'),
  LOGICAL_NOT: not,
  LOGICAL_OR: both('LogicalOr'),
  NOT_EQUAL: comparison('NotEqual'),
  SELECT: select,
  SELECT_V2: select,
};
