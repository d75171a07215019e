import { planConvolution } from './operations/convolution.ts';
import { planDense } from './operations/dense.ts';
import { planDepthwiseConvolution } from './operations/depthwise-convolution.ts';
import { planAdd, planIdentity } from './operations/elementwise.ts';
import { planMean } from './operations/mean.ts';
import type { PlanOperation } from './planner.ts';

/** What a plan can compute, by TensorFlow's name of the operation. */
export const operations: ReadonlyMap<string, PlanOperation> = new Map([
  ['_FusedConv2D', planConvolution],
  ['Conv2D', planConvolution],
  ['FusedDepthwiseConv2dNative', planDepthwiseConvolution],
  ['DepthwiseConv2dNative', planDepthwiseConvolution],
  ['_FusedMatMul', planDense],
  ['MatMul', planDense],
  ['AddV2', planAdd],
  ['Mean', planMean],
  ['Identity', planIdentity],
]);
