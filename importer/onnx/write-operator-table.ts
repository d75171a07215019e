import { isEvaluated } from './evaluate.ts';
import { opsetsOf } from './operator-opsets.ts';
import { operatorTable } from './operator-table.ts';
import { beyondTheTable } from './report-node.ts';
import { sequenceOperators } from './sequences.ts';

/** Operators that a plan of the project's own kernels computes, where shapes and constants are of the kinds that it covers. */
export const plannedOperators: ReadonlySet<string> = new Set(
  (
    'Abs Add ai.onnx.ml.LinearClassifier ai.onnx.ml.Normalizer ai.onnx.ml.Scaler ai.onnx.ml.ZipMap Attention ' +
    'AveragePool BatchNormalization Cast CastLike Celu Clip com.microsoft.BiasGelu ' +
    'com.microsoft.DequantizeLinear com.microsoft.FusedConv com.microsoft.FusedGemm com.microsoft.Gelu ' +
    'com.microsoft.QGemm com.microsoft.QLinearAdd com.microsoft.QLinearAveragePool com.microsoft.QLinearConcat ' +
    'com.microsoft.QLinearGlobalAveragePool com.microsoft.QLinearMul com.microsoft.QLinearSigmoid ' +
    'com.microsoft.QLinearSoftmax com.microsoft.QuantizeLinear com.microsoft.QuickGelu ' +
    'com.microsoft.SkipLayerNormalization Concat ConcatFromSequence Conv ConvInteger DepthToSpace DequantizeLinear Div Dropout ' +
    'DynamicQuantizeLinear Einsum Elu Erf Exp Expand Flatten Gather Gelu Gemm GlobalAveragePool GlobalMaxPool ' +
    'HardSigmoid HardSwish Identity InstanceNormalization LayerNormalization LeakyRelu Log LogSoftmax ' +
    'LpNormalization MatMul MatMulInteger Max MaxPool Mean Min Mish Mul Neg Pad Pow PRelu QLinearConv ' +
    'QLinearMatMul QuantizeLinear Reciprocal ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceSum ReduceSumSquare ' +
    'Relu Reshape Resize RMSNormalization Selu SequenceAt SequenceConstruct Sigmoid Slice Softmax Softplus Softsign SpaceToDepth Split SplitToSequence Sqrt ' +
    'Squeeze Sub Sum Swish Tanh Tile Transpose Unsqueeze Upsample Where'
  ).split(' '),
);

/** Names of ONNX that classifiers have, so that the table says of them too that they are refused. */
const refused = (
  'ai.onnx.ml.SVMClassifier ai.onnx.ml.TreeEnsembleClassifier ArgMax DeformConv GRU GatherND GridSample Hardmax LSTM Loop ' +
  'NonMaxSuppression NonZero OneHot RNN RoiAlign Scan TopK'
).split(' ');

/** First and last opset of each column: where exporters stand, and where ONNX turned attributes into inputs. */
const firstOpsets = [7, 9, 11, 13, 17, 21, 23];
const newestOpset = 28;
const columns = firstOpsets.map((first, at) => [first, (firstOpsets[at + 1] ?? newestOpset + 1) - 1] as const);

/** The Markdown table of docs/onnx.md: what becomes of each operator in the opsets that are imported. */
export function writeOperatorTable(): string {
  const evaluatedAlone = ['CumSum', 'Mod', 'Range', 'ScatterND'].filter(isEvaluated);
  const rows = [
    ...[...operatorTable.keys(), ...sequenceOperators].map(
      (op) => [op, plannedOperators.has(op) ? 'kernel' : 'TF.js'] as const,
    ),
    ...[...evaluatedAlone, ...beyondTheTable].map((op) => [op, 'at import'] as const),
    ...refused.map((op) => [op, 'refused'] as const),
  ];
  const lines = rows
    .toSorted(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map(([op, fate]) => `| ${[op, ...columns.map((column) => cell(op, fate, column))].join(' | ')} |`);
  const heads = columns.map(([low, high]) => `${low}–${high}`);
  return [`| operator | ${heads.join(' | ')} |`, `| --- |${' --- |'.repeat(columns.length)}`, ...lines].join('\n');
}

/** With the opset where the operator comes or goes within the column. */
function cell(op: string, fate: string, [low, high]: readonly [number, number]): string {
  const { since, until = high } = opsetsOf(op);
  if (since > high || until < low) return '';
  if (since > low) return `${fate} from ${since}`;
  return until < high ? `${fate} to ${until}` : fate;
}
