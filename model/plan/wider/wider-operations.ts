import { planOperations } from '../operation-table.ts';
import { planConvolution } from '../operations/convolution.ts';
import { planDense } from '../operations/dense.ts';
import { planDepthwiseConvolution } from '../operations/depthwise-convolution.ts';
import type { PlanOperation } from '../planner.ts';
import { planBound, planClip } from './bounds.ts';
import { planBroadcast } from './broadcasting.ts';
import { planConstant } from './constant-tensor.ts';
import { planCurve, planGelu, planSquare } from './curves.ts';
import { planDirectConvolution } from './direct-convolution.ts';
import { planGroupedConvolution } from './grouped-convolution.ts';
import { planBefore, planLoopedActivation } from './looped-activations.ts';
import { planJoining, planSlice, planStridedSlice, planTranspose } from './moving.ts';
import { planNormalisedRows, planRowsByDepthwise, planScaledRows } from './normalised-rows.ts';
import { planOddMean, planOddPool, planOddScaling } from './odd-channels.ts';
import { planGather, planReverse, planTile } from './picking.ts';
import { planDenseRows, planMatrixProducts, planSoftmaxRows } from './rows.ts';
import { planLoop, planReduction, planSmallPairs } from './small-tensors.ts';
import { planWideDepthwise } from './wide-depthwise.ts';

/** What the first of them that can plans; undefined where none can. */
const firstOf =
  (...operations: readonly (PlanOperation | undefined)[]): PlanOperation =>
  (node, planner) => {
    for (const operation of operations) {
      const tensor = operation?.(node, planner);
      if (tensor !== undefined) return tensor;
    }
    return undefined;
  };

/** What comes before the way of `planOperations`, and what after, where that leaves a node. */
const wider: ReadonlyMap<string, { readonly before?: PlanOperation; readonly after?: readonly PlanOperation[] }> =
  new Map([
    ['Const', { after: [planConstant] }],
    ['_FusedConv2D', { after: [planDirectConvolution, planBefore(firstOf(planConvolution, planDirectConvolution))] }],
    ['Conv2D', { after: [planDirectConvolution] }],
    [
      'FusedDepthwiseConv2dNative',
      {
        before: planRowsByDepthwise,
        after: [planWideDepthwise, planBefore(firstOf(planDepthwiseConvolution, planWideDepthwise))],
      },
    ],
    ['DepthwiseConv2dNative', { before: planRowsByDepthwise, after: [planWideDepthwise] }],
    ['ConcatV2', { before: planGroupedConvolution, after: [planJoining] }],
    ['AddV2', { before: planScaledRows, after: [planBroadcast('add'), planSmallPairs((a, b) => a + b)] }],
    [
      'Mul',
      {
        before: firstOf(planGelu, planNormalisedRows),
        after: [planOddScaling, planBroadcast('multiply'), planSmallPairs((a, b) => a * b)],
      },
    ],
    ['Sub', { after: [planBroadcast('subtract'), planSmallPairs((a, b) => a - b)] }],
    ['RealDiv', { after: [planBroadcast('divide'), planSmallPairs((a, b) => a / b)] }],
    ['ClipByValue', { after: [planClip] }],
    ['Maximum', { after: [planBound('low'), planBroadcast('maximum'), planSmallPairs(Math.max)] }],
    ['Minimum', { after: [planBound('high'), planBroadcast('minimum'), planSmallPairs(Math.min)] }],
    ['Square', { after: [planSquare] }],
    ['Erf', { after: [planCurve('errorFunction')] }],
    ['Tanh', { after: [planCurve('tanh')] }],
    ['Sqrt', { after: [planLoop(Math.sqrt)] }],
    ['Rsqrt', { after: [planLoop((value) => 1 / Math.sqrt(value))] }],
    ['Exp', { after: [planLoop(Math.exp)] }],
    ['Log', { after: [planLoop(Math.log)] }],
    ['Abs', { after: [planLoop(Math.abs)] }],
    ['Softplus', { after: [planLoop((value) => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value))))] }],
    ['Elu', { after: [planLoopedActivation] }],
    ['LeakyRelu', { after: [planLoopedActivation] }],
    ['Neg', { after: [planLoop((value) => -value)] }],
    ['Reciprocal', { after: [planLoop((value) => 1 / value)] }],
    ['MaxPool', { after: [planOddPool('maximumPool')] }],
    ['AvgPool', { after: [planOddPool('averagePool')] }],
    ['Mean', { after: [planOddMean, planReduction('mean')] }],
    ['Sum', { after: [planReduction('sum')] }],
    ['Max', { after: [planReduction('maximum')] }],
    ['MatMul', { after: [planDenseRows] }],
    ['_FusedMatMul', { after: [planDenseRows, planBefore(firstOf(planDense, planDenseRows))] }],
    ['BatchMatMulV2', { after: [planDenseRows, planMatrixProducts] }],
    ['Softmax', { after: [planSoftmaxRows] }],
    ['GatherV2', { after: [planGather] }],
    ['ReverseV2', { after: [planReverse] }],
    ['Tile', { after: [planTile] }],
    ['Transpose', { after: [planTranspose] }],
    ['Slice', { after: [planSlice] }],
    ['StridedSlice', { after: [planStridedSlice] }],
  ]);

/** What a plan can compute with the kernels that are loaded late, by TensorFlow's name of the operation. */
export const widerOperations: ReadonlyMap<string, PlanOperation> = new Map(
  [...new Set([...planOperations.keys(), ...wider.keys()])].map((name) => {
    const { before, after = [] } = wider.get(name) ?? {};
    return [name, firstOf(before, planOperations.get(name), ...after)];
  }),
);
