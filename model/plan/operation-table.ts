import { planConvolution } from './operations/convolution.ts';
import { planDense } from './operations/dense.ts';
import { planDepthwiseConvolution } from './operations/depthwise-convolution.ts';
import { planArithmetic, planClamp, planSigmoid, planSoftmax } from './operations/elementwise.ts';
import { planMean, planPool } from './operations/pooling.ts';
import { planConcatenation, planIdentity, planPad, planReshape } from './operations/shaping.ts';
import type { PlanOperation } from './planner.ts';

/** What a plan can compute, by TensorFlow's name of the operation. */
export const planOperations: ReadonlyMap<string, PlanOperation> = new Map([
  ['_FusedConv2D', planConvolution],
  ['Conv2D', planConvolution],
  ['FusedDepthwiseConv2dNative', planDepthwiseConvolution],
  ['DepthwiseConv2dNative', planDepthwiseConvolution],
  ['_FusedMatMul', planDense],
  ['MatMul', planDense],
  ['AddV2', planArithmetic('add')],
  ['Mul', planArithmetic('multiply')],
  ['Sub', planArithmetic('subtract')],
  ['RealDiv', planArithmetic('divide')],
  ['Relu', planClamp],
  ['Relu6', planClamp],
  ['Sigmoid', planSigmoid],
  ['Softmax', planSoftmax],
  ['Mean', planMean],
  ['MaxPool', planPool('maximumPool')],
  ['AvgPool', planPool('averagePool')],
  ['Pad', planPad],
  ['PadV2', planPad],
  ['ConcatV2', planConcatenation],
  ['Reshape', planReshape],
  ['Identity', planIdentity],
]);
