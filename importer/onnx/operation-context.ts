import type { GraphBuilder } from '../graph/graph-builder.ts';
import { type ConstantNode, type GraphNode, isConstant } from '../graph/node.ts';
import { ImportError } from '../import-error.ts';
import { type LaidOut, plain } from './laid-out.ts';
import type { OnnxAttributes } from './onnx-attributes.ts';

/** What an operation is converted from. */
export interface OperationContext {
  readonly builder: GraphBuilder;
  readonly op: string;
  readonly opset: number;
  /** Undefined where an input is left out. */
  readonly inputs: readonly (LaidOut | undefined)[];
  readonly attributes: OnnxAttributes;
  readonly outputCount: number;
  /** ONNX's number of the type of an input that is a constant of the file; 0 where that is not known. */
  readonly typeOf: (index: number) => number;
}

/** The results of an operation, in its order. */
export type OperationConverter = (context: OperationContext) => LaidOut | readonly LaidOut[];

/** The input number `index`, which has to be there. */
export function inputOf({ inputs, op, builder }: OperationContext, index = 0): LaidOut {
  const input = inputs[index];
  if (input !== undefined) return input;
  throw new ImportError(`${op} at ${builder.place} lacks its input ${index}.`, 'The .onnx file is damaged.');
}

/** An input that must not depend on the photo, as ONNX has it. */
export function constantOf(context: OperationContext, index: number): ConstantNode {
  const node = plain(context.builder, inputOf(context, index));
  if (isConstant(node)) return node;
  throw notImported(context, `its input ${index} is computed from the photo`);
}

/** The numbers of an input that may be left out; it must not depend on the photo. */
export function numbersOf(context: OperationContext, index: number): number[] | undefined {
  return context.inputs[index] === undefined ? undefined : Array.from(constantOf(context, index).values);
}

/** A list that older opsets hold in an attribute and newer ones in an input. */
export function numbersOrAttribute(context: OperationContext, index: number, name: string): number[] | undefined {
  return numbersOf(context, index) ?? context.attributes.integers(name);
}

/** The result where the axes lie as those of the first input do. */
export function like(value: LaidOut, node: GraphNode): LaidOut {
  return { node, order: value.order };
}

/** That the importer cannot say an operation in TensorFlow's own. */
export function notImported({ op, builder }: Pick<OperationContext, 'op' | 'builder'>, why: string): ImportError {
  return new ImportError(
    `The operator ${op} at ${builder.place} cannot be imported: ${why}.`,
    'Export the model without it, for inference (model.eval()) and with a batch of 1; docs/onnx.md lists what is imported.',
  );
}
