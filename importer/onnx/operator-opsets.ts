/** In which opsets ONNX has an operator; `until` is the last one, where it was taken away. */
export interface OperatorOpsets {
  readonly since: number;
  readonly until?: number;
}

/** The first opset of those that are younger than the oldest that is imported (ONNX 1.23, docs/Changelog.md). */
const since: Readonly<Record<number, string>> = {
  8: 'Expand Scan',
  9: 'ConstantOfShape Erf NonZero OneHot Sign Where',
  10: 'ConvInteger DequantizeLinear MatMulInteger Mod NonMaxSuppression QLinearConv QLinearMatMul QuantizeLinear Resize RoiAlign',
  11: 'ConcatFromSequence CumSum DynamicQuantizeLinear GatherND Range Round ScatterND SequenceAt SequenceConstruct SplitToSequence',
  12: 'Celu Einsum GreaterOrEqual LessOrEqual',
  14: 'HardSwish',
  15: 'CastLike',
  16: 'GridSample',
  17: 'LayerNormalization',
  18: 'GroupNormalization Mish',
  19: 'DeformConv',
  20: 'Gelu',
  23: 'Attention RMSNormalization',
  24: 'Swish',
};

const first: ReadonlyMap<string, number> = new Map(
  Object.entries(since).flatMap(([opset, names]) => names.split(' ').map((name) => [name, Number(opset)] as const)),
);

/** Where nothing is said, it is as old as ONNX; other domains have versions of their own. */
export function opsetsOf(op: string): OperatorOpsets {
  return op === 'Upsample' ? { since: 1, until: 9 } : { since: first.get(op) ?? 1 };
}
