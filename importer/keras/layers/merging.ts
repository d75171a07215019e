import type { BinaryOperation } from '../../graph/graph-builder.ts';
import type { GraphNode } from '../../graph/node.ts';
import type { LayerContext, LayerConverter } from './layer-context.ts';

const fold =
  (op: BinaryOperation): ((context: LayerContext) => GraphNode) =>
  ({ builder, inputs: [first, ...others] }) =>
    others.reduce((sum, other) => builder.binary(op, sum, other), first as GraphNode);

const subtract: LayerConverter = ({ builder, config, inputs: [left, right, ...others] }) => {
  if (right === undefined || others.length > 0) throw config.error('it needs two inputs');
  return builder.subtract(left, right);
};

const average: LayerConverter = (context) =>
  context.builder.multiply(fold('AddV2')(context), 1 / context.inputs.length);

const concatenate: LayerConverter = ({ builder, config, inputs }) => builder.concat(inputs, config.number('axis', -1));

/** The sum of products along one axis of each input; with `normalize` each is made of length 1 first. */
const dot: LayerConverter = ({ builder, config, inputs: [left, right, ...others] }) => {
  if (right === undefined || others.length > 0) throw config.error('it needs two inputs');
  const axes = config.integers('axes');
  const [axisLeft = 0, axisRight = axisLeft] = axes;
  if (left.shape.length > 3 || right.shape.length > 3) throw config.error('its inputs have more than three axes');
  const prepare = (x: GraphNode, axis: number) => {
    const at = axis < 0 ? axis + x.shape.length : axis;
    const power = builder.reduce('Sum', builder.unary('Square', x), [at], true);
    const inverse = builder.unary('Rsqrt', builder.binary('Maximum', power, builder.scalar(1e-12, 'epsilon')));
    const unit = config.boolean('normalize', false) ? builder.multiply(x, inverse) : x;
    const matrix = x.shape.length === 2 ? builder.reshape(unit, [1, 1, x.shape[1] as number]) : unit;
    return { matrix, isLast: x.shape.length === 2 || at === 2 };
  };
  const [a, b] = [prepare(left, axisLeft), prepare(right, axisRight)];
  const product = builder.matMul(a.matrix, b.matrix, { a: !a.isLast, b: b.isLast });
  const shape = product.shape.filter((_, axis) => axis === 0 || (axis === 1 ? left : right).shape.length === 3);
  return builder.reshape(product, shape.length === 1 ? [1, 1] : shape);
};

/** The residual of keras.applications' InceptionResNetV2: the first input plus a share of the second. */
const scaledResidual: LayerConverter = ({ builder, config, inputs: [x, residual] }) => {
  if (residual === undefined) throw config.error('it needs two inputs');
  return builder.add(x, builder.multiply(residual, config.number('scale')));
};

export const mergingLayers: Readonly<Record<string, LayerConverter>> = {
  Add: fold('AddV2'),
  Subtract: subtract,
  Multiply: fold('Mul'),
  Average: average,
  Maximum: fold('Maximum'),
  Minimum: fold('Minimum'),
  Concatenate: concatenate,
  CustomScaleLayer: scaledResidual,
  Dot: dot,
};
