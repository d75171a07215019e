import type { GraphBuilder } from '../graph/graph-builder.ts';
import { type GraphNode, isConstant, type Window } from '../graph/node.ts';
import { ImportError } from '../import-error.ts';
import type { FlatTable } from './flat-table.ts';

/** What an operation is converted from. */
export interface OperationContext {
  readonly builder: GraphBuilder;
  readonly name: string;
  /** Undefined where an input is left out. */
  readonly inputs: readonly (GraphNode | undefined)[];
  readonly options: FlatTable | undefined;
  /** The shape that the file gives the first result, its batch 1. */
  readonly shape: readonly number[];
  readonly outputCount: number;
  /** What a convolution is given in place of its own dilation and padding. */
  readonly window?: Pick<Window, 'dilations' | 'padding'>;
}

/** The results of an operation, in its order. */
export type OperationConverter = (context: OperationContext) => GraphNode | readonly GraphNode[];

/** The input number `index`, which has to be there. */
export function inputOf({ inputs, name, builder }: OperationContext, index = 0): GraphNode {
  const input = inputs[index];
  if (input !== undefined) return input;
  throw new ImportError(`${name} at ${builder.place} lacks its input ${index}.`, 'The .tflite file is damaged.');
}

/** Whole numbers that an operation is given as an input, such as axes: they must not depend on the photo. */
export function wholeNumbers(context: OperationContext, index: number): number[] {
  const input = inputOf(context, index);
  if (isConstant(input)) return Array.from(input.values);
  throw new ImportError(
    `${context.name} at ${context.builder.place} takes a shape or axis that is computed from the photo.`,
    'Convert the model with a fixed input size and a batch of 1.',
  );
}

/** That the importer cannot say an operation in TensorFlow.js's own. */
export function notImported({ name, builder }: OperationContext, why: string): ImportError {
  return new ImportError(
    `The operator ${name} at ${builder.place} cannot be imported: ${why}.`,
    'Import the .keras or .h5 file that the .tflite was made of, if it is one of its own layers; or leave that layer out.',
  );
}
