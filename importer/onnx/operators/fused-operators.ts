import { activations } from '../../keras/activations.ts';
import { type LaidOut, plain } from '../laid-out.ts';
import {
  constantOf,
  inputOf,
  like,
  notImported,
  type OperationContext,
  type OperationConverter,
} from '../operation-context.ts';
import { clipped } from './activation-operators.ts';
import { convolveWith, finishConvolution } from './convolutions.ts';
import { combine } from './elementwise.ts';
import { standardise } from './normalisation.ts';
import { gemm } from './products.ts';

/** The activation that onnxruntime names in an operator which it joined with one. */
function activate(context: OperationContext, x: LaidOut, parameters: readonly number[]): LaidOut {
  const { builder, attributes } = context;
  const name = attributes.text('activation', '');
  const [first, second] = parameters;
  switch (name) {
    case '':
      return x;
    case 'Relu':
    case 'Sigmoid':
    case 'Tanh':
      return like(x, builder.unary(name, x.node));
    case 'LeakyRelu':
      return like(x, builder.leakyRelu(x.node, first ?? 0.01));
    case 'Clip':
      return like(x, clipped(context, x, first ?? -Infinity, second ?? Infinity));
    case 'HardSigmoid':
      return like(x, builder.clip(builder.add(builder.multiply(x.node, first ?? 0.2), second ?? 0.5), 0, 1));
    default:
      throw notImported(context, `it ends in ${name}`);
  }
}

/** A convolution, what is added to it, and an activation. */
const fusedConvolution: OperationConverter = (context) => {
  const { inputs, attributes } = context;
  const convolved = convolveWith(context, inputOf(context), constantOf(context, 1));
  const own = finishConvolution(context, convolved, inputs[2] && constantOf(context, 2));
  const sum = inputs[3] === undefined ? own : combine(context, 'AddV2', own, inputs[3]);
  return activate(context, sum, attributes.floats('activation_params') ?? []);
};

const fusedGemm: OperationConverter = (context) => {
  const { attributes } = context;
  const [alpha, beta] = ['activation_alpha', 'activation_beta'].map((name) =>
    attributes.has(name) ? attributes.float(name, 0) : undefined,
  );
  const parameters = [alpha, beta].flatMap((value) => value ?? []);
  return activate(context, gemm(context) as LaidOut, parameters);
};

const withBias = (context: OperationContext): LaidOut =>
  context.inputs[1] === undefined ? inputOf(context) : combine(context, 'AddV2', inputOf(context), inputOf(context, 1));

const gelu = (context: OperationContext): LaidOut => {
  const x = withBias(context);
  return like(x, (activations.gelu as NonNullable<(typeof activations)[string]>)(context.builder, x.node));
};

/** The sum of two tensors, and perhaps a bias, normalised over its last axis; the fourth result is that sum. */
const skipLayerNormalization: OperationConverter = (context) => {
  const { builder, attributes, inputs, outputCount } = context;
  if (outputCount > 2) throw notImported(context, 'it also answers the mean');
  const skipped = combine(context, 'AddV2', inputOf(context), inputOf(context, 1));
  const whole = inputs[4] === undefined ? skipped : combine(context, 'AddV2', skipped, inputs[4]);
  const sum: LaidOut = { node: plain(builder, whole), order: [...whole.order.keys()] };
  const normal = standardise(builder, sum.node, [sum.order.length - 1], attributes.float('epsilon', 1e-12));
  const scaled = builder.multiply(normal, constantOf(context, 2));
  const result = like(sum, inputs[3] === undefined ? scaled : builder.add(scaled, constantOf(context, 3)));
  return [result, sum, sum, sum];
};

/** What onnxruntime makes of neighbouring operators where it writes an optimised model (its docs/ContribOperators.md). */
export const fusedOperators: Readonly<Record<string, OperationConverter>> = {
  'com.microsoft.BiasGelu': gelu,
  'com.microsoft.FusedConv': fusedConvolution,
  'com.microsoft.FusedGemm': fusedGemm,
  'com.microsoft.Gelu': gelu,
  'com.microsoft.SkipLayerNormalization': skipLayerNormalization,
};
