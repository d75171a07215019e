import { isEvaluated } from './evaluate.ts';
import { beyondTheTable } from './onnx-to-graph.ts';
import { operatorTable } from './operator-table.ts';

/** Operators that a plan of the project's own kernels computes, where shapes and constants are of the kinds that it covers. */
const planned: ReadonlySet<string> = new Set(
  (
    'Add AveragePool BatchNormalization Clip Concat Conv Div Dropout Flatten Gemm GlobalAveragePool HardSigmoid HardSwish ' +
    'Identity MatMul MaxPool Mul Pad ReduceMean Relu Reshape Sigmoid Softmax Squeeze Sub Swish Unsqueeze'
  ).split(' '),
);

/** Names of ONNX that classifiers have, so that the table says of them too that they are refused. */
const refused = [
  'ArgMax', 'Attention', 'ConvInteger', 'CumSum', 'DeformConv', 'DynamicQuantizeLinear', 'Einsum', 'GRU', 'GatherND', 'GridSample',
  'Hardmax', 'LSTM', 'Loop', 'MatMulInteger', 'NonMaxSuppression', 'NonZero', 'OneHot', 'RNN', 'RoiAlign', 'Scan', 'TopK',
] as const; // biome-ignore format: a list

/** The Markdown table of docs/onnx.md: what becomes of each operator, in every opset from 7 to 28 that has it. */
export function writeOperatorTable(): string {
  const evaluatedAlone = ['And', 'Mod', 'Not', 'Or', 'Range', 'ScatterND', 'Xor'].filter(isEvaluated);
  const rows = [
    ...[...operatorTable.keys()].map((op) => [op, planned.has(op) ? 'planned kernel' : 'TensorFlow.js'] as const),
    ...evaluatedAlone.map((op) => [op, 'of what does not depend on the photo'] as const),
    ...[...beyondTheTable].map((op) => [op, 'of what does not depend on the photo'] as const),
    ...refused.map((op) => [op, 'refused, by name and place'] as const),
  ];
  const lines = rows
    .toSorted(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map(([op, fate]) => `| ${op} | ${fate} |`);
  return ['| operator | runs as |', '| --- | --- |', ...lines].join('\n');
}
