import { countValues } from '../graph/shape.ts';
import type { LayerReport } from '../model-reader.ts';
import { isEvaluated } from './evaluate.ts';
import type { OnnxGraph, OnnxNode } from './onnx-model.ts';
import { operatorTable } from './operator-table.ts';
import { placeOf } from './place-of.ts';
import { sequenceOperators } from './sequences.ts';

/** Operators that are not converted by the table: what they make never depends on the photo. */
export const beyondTheTable: ReadonlySet<string> = new Set(['Constant', 'ConstantOfShape', 'If', 'Shape', 'Size']);

/** What is told of a node before anything is converted. */
export function reportNode(node: OnnxNode, index: number, { initializers }: OnnxGraph): LayerReport {
  const parameters = node.inputs.reduce((sum, name) => sum + countValues(initializers.get(name)?.shape ?? [0]), 0);
  const isKnown =
    operatorTable.has(node.op) || isEvaluated(node.op) || beyondTheTable.has(node.op) || sequenceOperators.has(node.op);
  return {
    place: placeOf(node, index + 1),
    className: node.op,
    parameters,
    ...(!isKnown && { problem: 'this operator is not imported' }),
  };
}
