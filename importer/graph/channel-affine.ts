import { type ConstantNode, type GraphNode, isConstant } from './node.ts';
import { countValues } from './shape.ts';

/** `input` x factor or `input` + term, the same for every pixel: one number for each channel. */
export interface ChannelAffine {
  readonly op: 'Mul' | 'AddV2';
  readonly input: GraphNode;
  readonly constant: ConstantNode;
  /** One value for each channel of the last axis. */
  readonly perChannel: Float64Array;
}

/** Reads a node as {@link ChannelAffine}, or undefined where it is none. Sub and RealDiv by a constant count too. */
export function readChannelAffine(node: GraphNode): ChannelAffine | undefined {
  const { op, inputs, shape, dtype } = node;
  const [left, right] = inputs;
  if (left === undefined || right === undefined || dtype !== 'float32') return undefined;
  const isSwappable = op === 'Mul' || op === 'AddV2';
  if (!isSwappable && op !== 'Sub' && op !== 'RealDiv') return undefined;
  const [input, constant] = isConstant(left) && isSwappable ? [right, left] : [left, right];
  if (!isConstant(constant) || isConstant(input)) return undefined;
  const channels = shape.at(-1);
  const count = countValues(constant.shape);
  const isPerChannel = count === 1 || (count === channels && constant.shape.at(-1) === channels);
  // A constant of more axes than the input would change the result's shape.
  if (
    channels === undefined ||
    !isPerChannel ||
    input.shape.length !== shape.length ||
    input.shape.at(-1) !== channels
  ) {
    return undefined;
  }
  const perChannel = Float64Array.from({ length: channels }, (_, at) => {
    const value = constant.values[count === 1 ? 0 : at] as number;
    return op === 'Sub' ? -value : op === 'RealDiv' ? 1 / value : value;
  });
  return { op: op === 'Mul' || op === 'RealDiv' ? 'Mul' : 'AddV2', input, constant, perChannel };
}
