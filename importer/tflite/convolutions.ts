import { convolveGroups } from '../graph/convolve-groups.ts';
import { type GraphNode, isConstant, type Padding, type Window } from '../graph/node.ts';
import { explicitPadding } from '../graph/shape.ts';
import { applyFusedActivation } from './fused-activation.ts';
import {
  inputOf,
  notImported,
  type OperationContext,
  type OperationConverter,
  wholeNumbers,
} from './operation-context.ts';

/** Field numbers of Conv2DOptions, DepthwiseConv2DOptions and TransposeConvOptions differ past the strides. */
const paddingField = 0;
const strideWidthField = 1;
const strideHeightField = 2;

/** Kernel [filters, height, width, channels in a group]; fewer channels than the picture has mean groups. */
const conv2d: OperationConverter = (context) => {
  const { builder, options } = context;
  const x = inputOf(context);
  const kernel = builder.transpose(inputOf(context, 1), [1, 2, 3, 0]);
  const groups = (x.shape[3] as number) / (kernel.shape[2] as number);
  if (!Number.isInteger(groups)) throw notImported(context, 'its kernel does not fit the channels of its input');
  const window = readWindow(context, options?.int32(4, 1), options?.int32(5, 1));
  const convolved = convolveGroups(builder, x, kernel, groups, window);
  return finish(context, convolved, options?.int8(3) ?? 0);
};

/** Kernel [1, height, width, channels × multiplier]. */
const depthwiseConv2d: OperationConverter = (context) => {
  const { builder, options } = context;
  const x = inputOf(context);
  const kernel = inputOf(context, 1);
  const [, height = 0, width = 0, filters = 0] = kernel.shape;
  const channels = x.shape[3] as number;
  if (filters % channels !== 0) throw notImported(context, 'its kernel does not fit the channels of its input');
  const shaped = builder.reshape(kernel, [height, width, channels, filters / channels]);
  const window = readWindow(context, options?.int32(5, 1), options?.int32(6, 1));
  return finish(context, builder.depthwiseConv2d(x, shaped, window), options?.int8(4) ?? 0);
};

/** Inputs: output shape, kernel [filters, height, width, channels], picture, bias. */
const transposeConv: OperationConverter = (context) => {
  const { builder, options } = context;
  const [, height = 0, width = 0] = wholeNumbers(context, 0);
  const kernel = builder.transpose(inputOf(context, 1), [1, 2, 0, 3]);
  const window = readWindow(context, 1, 1);
  const [kernelHeight = 0, kernelWidth = 0, filters = 0] = kernel.shape;
  // Of the picture that comes out, since the operation is a convolution's gradient.
  const padding = explicitPadding([1, height, width, filters], [kernelHeight, kernelWidth], window);
  const x = builder.conv2dTranspose(inputOf(context, 2), kernel, [height, width], { ...window, padding });
  const bias = context.inputs[3];
  return applyFusedActivation(context, bias === undefined ? x : builder.add(x, bias), options?.int8(3) ?? 0);
};

/** Weights [units, features]. */
const fullyConnected: OperationConverter = (context) => {
  const { builder, options } = context;
  const x = inputOf(context);
  const weights = inputOf(context, 1);
  const [units = 0, features = 0] = weights.shape;
  const isRankKept = options?.boolean(2) ?? false;
  const rows = x.shape.reduce((product, size) => product * size, 1) / features;
  if (!Number.isInteger(rows)) throw notImported(context, 'its weights do not fit its input');
  const product = builder.matMul(builder.reshape(x, [rows, features]), builder.transpose(weights, [1, 0]));
  const finished = finish(context, product, options?.int8(0) ?? 0);
  return isRankKept ? builder.reshape(finished, [...x.shape.slice(0, -1), units]) : finished;
};

function readWindow({ options, window }: OperationContext, dilationWidth = 1, dilationHeight = 1): Window {
  return {
    strides: [options?.int32(strideHeightField) ?? 1, options?.int32(strideWidthField) ?? 1],
    dilations: [dilationHeight, dilationWidth],
    padding: paddingOf(options?.int8(paddingField) ?? 0),
    ...window,
  };
}

export function paddingOf(number: number): Padding {
  return number === 0 ? 'SAME' : 'VALID';
}

function finish(context: OperationContext, x: GraphNode, activation: number): GraphNode {
  const bias = context.inputs[2];
  const isZero = bias !== undefined && isConstant(bias) && bias.values.every((value) => value === 0);
  return applyFusedActivation(context, bias === undefined || isZero ? x : context.builder.add(x, bias), activation);
}

export const convolutions: Readonly<Record<string, OperationConverter>> = {
  CONV_2D: conv2d,
  DEPTHWISE_CONV_2D: depthwiseConv2d,
  TRANSPOSE_CONV: transposeConv,
  FULLY_CONNECTED: fullyConnected,
};
