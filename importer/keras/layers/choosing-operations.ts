import type { Comparison } from '../../graph/graph-builder.ts';
import { broadcastShapes } from '../../graph/shape.ts';
import type { LayerConverter } from './layer-context.ts';
import { OperationArguments } from './operation-arguments.ts';

const comparison =
  (op: Comparison): LayerConverter =>
  (context) => {
    const given = new OperationArguments(context);
    return context.builder.compare(op, given.tensor(0, 'x1', 'x'), given.tensor(1, 'x2', 'y'));
  };

const both =
  (op: 'LogicalAnd' | 'LogicalOr'): LayerConverter =>
  (context) => {
    const given = new OperationArguments(context);
    const [a, b] = [given.tensor(0, 'x1', 'x'), given.tensor(1, 'x2', 'y')];
    if (a.dtype !== 'bool' || b.dtype !== 'bool') throw context.config.error('it is applied to numbers');
    return context.builder.node(op, [a, b], { shape: broadcastShapes(a.shape, b.shape), dtype: 'bool' });
  };

const not: LayerConverter = (context) => {
  const x = new OperationArguments(context).tensor(0, 'x');
  if (x.dtype !== 'bool') throw context.config.error('it is applied to numbers');
  return context.builder.node('LogicalNot', [x], { shape: x.shape, dtype: 'bool' });
};

const where: LayerConverter = (context) => {
  const given = new OperationArguments(context);
  const condition = given.tensor(0, 'condition');
  const [a, b] = [given.optionalTensor(1, 'x1', 'x'), given.optionalTensor(2, 'x2', 'y')];
  if (a === undefined || b === undefined) throw context.config.error('it answers positions, whose number is open');
  if (condition.dtype !== 'bool') throw context.config.error('its condition is a number');
  return context.builder.select(condition, a, b);
};

/** Whole numbers stay real ones, cut to what is before the point. */
const cast: LayerConverter = (context) => {
  const { builder } = context;
  const given = new OperationArguments(context);
  const x = given.tensor(0, 'x');
  const wanted = String(given.value(-1, 'dtype') ?? 'float32').replace(/^tf\./, '');
  if (wanted === 'bool') return x.dtype === 'bool' ? x : builder.compare('NotEqual', x, 0);
  const convert = (from: typeof x, to: 'float32' | 'int32') =>
    from.dtype === to
      ? from
      : builder.node('Cast', [from], {
          shape: x.shape,
          dtype: to,
          attributes: { SrcT: { dtype: from.dtype }, DstT: { dtype: to } },
        });
  const isWhole = /^u?int/.test(wanted);
  return convert(isWhole && x.dtype === 'float32' ? convert(x, 'int32') : x, 'float32');
};

/** Calls that ask about values, and choose by the answer. */
export const choosingOperations: Readonly<Record<string, LayerConverter>> = {
  Cast: cast,
  Equal: comparison('Equal'),
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessEqual'),
  LogicalAnd: both('LogicalAnd'),
  LogicalNot: not,
  LogicalOr: both('LogicalOr'),
  NotEqual: comparison('NotEqual'),
  Where: where,
};
