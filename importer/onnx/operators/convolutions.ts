import { convolveGroups } from '../../graph/convolve-groups.ts';
import {
  type ConstantNode,
  type ExplicitPadding,
  type GraphNode,
  isConstant,
  type Padding,
  type Shape,
  type Window,
} from '../../graph/node.ts';
import { explicitPadding } from '../../graph/shape.ts';
import { channelsLast, type LaidOut, picture, placeOfAxis } from '../laid-out.ts';
import {
  constantOf,
  inputOf,
  notImported,
  type OperationContext,
  type OperationConverter,
} from '../operation-context.ts';

/** A picture of one row, where a convolution goes along one axis alone. */
export function asPicture(context: OperationContext, x: LaidOut): { readonly x: GraphNode; readonly isLine: boolean } {
  const { builder } = context;
  if (x.order.length === 4) return { x: picture(builder, x), isLine: false };
  if (x.order.length !== 3) throw notImported(context, `its input has ${x.order.length} axes`);
  const line = [0, 2, 1];
  const arranged = builder.transpose(
    x.node,
    line.map((axis) => placeOfAxis(x, axis)),
  );
  const [batch = 1, length = 1, channels = 1] = arranged.shape;
  return { x: builder.reshape(arranged, [batch, 1, length, channels]), isLine: true };
}

/** A picture as ONNX's operators leave it. */
export function fromPicture({ builder }: OperationContext, node: GraphNode, isLine: boolean): LaidOut {
  if (!isLine) return { node, order: channelsLast };
  const [batch = 1, , length = 1, channels = 1] = node.shape;
  return { node: builder.reshape(node, [batch, length, channels]), order: [0, 2, 1] };
}

/** [vertical, horizontal] of a list that has one number where a convolution goes along one axis. */
export function pairOf(numbers: readonly number[] | undefined, otherwise: number): readonly [number, number] {
  const [first = otherwise, second] = numbers ?? [otherwise, otherwise];
  return second === undefined ? [otherwise, first] : [first, second];
}

/** How the kernel moves, with ONNX's way of padding said in TensorFlow's. */
export function readWindow(context: OperationContext, input: Shape, kernel: readonly [number, number]): Window {
  const { attributes } = context;
  const strides = pairOf(attributes.integers('strides'), 1);
  const dilations = pairOf(attributes.integers('dilations'), 1);
  const isSound = [...strides, ...dilations, ...kernel].every(
    (size) => Number.isInteger(size) && size >= 1 && size <= 2 ** 16,
  );
  if (!isSound) throw notImported(context, `its strides are [${strides}], its dilations [${dilations}]`);
  return { strides, dilations, padding: readPadding(context, input, kernel, { strides, dilations }) };
}

function readPadding(
  context: OperationContext,
  input: Shape,
  kernel: readonly [number, number],
  steps: Pick<Window, 'strides' | 'dilations'>,
): Padding {
  const same = explicitPadding(input, kernel, { ...steps, padding: 'SAME' });
  return namePadding(readZeros(context, same), same);
}

/** The zeros that a window's auto_pad or pads say, where those of TensorFlow's SAME are known. */
export function readZeros(context: OperationContext, same: ExplicitPadding): ExplicitPadding {
  const mode = context.attributes.text('auto_pad', 'NOTSET');
  switch (mode) {
    case 'SAME_UPPER':
      return same;
    case 'SAME_LOWER':
      return { top: same.bottom, bottom: same.top, left: same.right, right: same.left };
    case 'VALID':
      return { top: 0, bottom: 0, left: 0, right: 0 };
    case 'NOTSET':
      return readPads(context);
    default:
      throw notImported(context, `its auto_pad is ${mode}`);
  }
}

/** ONNX lists what comes before each axis, then what comes after each. */
export function readPads(context: OperationContext): ExplicitPadding {
  const pads = context.attributes.integers('pads') ?? [0, 0, 0, 0];
  const [top, left, bottom, right] = pads.length === 2 ? [0, pads[0], 0, pads[1]] : pads;
  const padding = { top: top ?? 0, bottom: bottom ?? 0, left: left ?? 0, right: right ?? 0 };
  if (Object.values(padding).every((zeros) => zeros >= 0 && zeros <= 2 ** 16)) return padding;
  throw notImported(context, `its pads are [${pads}]`);
}

/** By its name where the same zeros have one in TensorFlow, because every backend is at its best there. */
function namePadding(padding: ExplicitPadding, same: ExplicitPadding): Padding {
  const sides = Object.keys(padding) as (keyof ExplicitPadding)[];
  if (sides.every((side) => padding[side] === 0)) return 'VALID';
  return sides.every((side) => padding[side] === same[side]) ? 'SAME' : padding;
}

/** Kernel [filters, channels in a group, height, width], one axis less where it goes along one alone. */
const convolve: OperationConverter = (context) => {
  const { inputs } = context;
  const kernel = constantOf(context, 1);
  return finishConvolution(
    context,
    convolveWith(context, inputOf(context), kernel),
    inputs[2] && constantOf(context, 2),
  );
};

export interface Convolved {
  readonly node: GraphNode;
  readonly isLine: boolean;
}

export function convolveWith(context: OperationContext, input: LaidOut, kernel: ConstantNode): Convolved {
  const { builder, attributes } = context;
  const { x, isLine } = asPicture(context, input);
  const [filters = 0, channelsIn = 0, ...size] = kernel.shape;
  const [height, width] = isLine ? [1, size[0] ?? 0] : [size[0] ?? 0, size[1] ?? 0];
  const shaped = builder.reshape(kernel, [filters, channelsIn, height, width]);
  const groups = attributes.integer('group', 1);
  if ((x.shape[3] as number) !== channelsIn * groups || filters % groups !== 0 || groups < 1) {
    throw notImported(
      context,
      `its kernel of [${kernel.shape}] does not fit ${x.shape[3]} channels in ${groups} groups`,
    );
  }
  const window = readWindow(context, x.shape, [height, width]);
  return { node: convolveGroups(builder, x, builder.transpose(shaped, [2, 3, 1, 0]), groups, window), isLine };
}

export function finishConvolution(
  context: OperationContext,
  { node, isLine }: Convolved,
  bias: GraphNode | undefined,
): LaidOut {
  const isZero = bias !== undefined && isConstant(bias) && bias.values.every((value) => value === 0);
  return fromPicture(context, bias === undefined || isZero ? node : context.builder.add(node, bias), isLine);
}

export const convolutions: Readonly<Record<string, OperationConverter>> = {
  Conv: convolve,
};
