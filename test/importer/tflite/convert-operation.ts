import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import type { GraphNode } from '../../../importer/graph/node.ts';
import type { FlatTable } from '../../../importer/tflite/flat-table.ts';
import type { OperationContext, OperationConverter } from '../../../importer/tflite/operation-context.ts';
import { showGraph } from '../show-graph.ts';

type Field = number | boolean | readonly number[];

export interface ConvertOptions {
  /** By the number of the field in the schema; what is left out has its default. */
  readonly options?: Readonly<Record<number, Field>>;
  readonly shape?: readonly number[];
  readonly outputCount?: number;
}

export const builder = new GraphBuilder();
export const tensor = (...shape: number[]) => builder.input('x', shape);
export const whole = (...values: number[]) => builder.integers('whole', values);
/** Values 1, 2, 3 … */
export const counted = (...shape: number[]) => {
  const length = shape.reduce((product, size) => product * size, 1);
  return builder.constant(
    'counted',
    Float32Array.from({ length }, (_, at) => at + 1),
    shape,
  );
};

/** What an operation becomes, each of its results as a line. */
export function convertOperation(
  converters: Readonly<Record<string, OperationConverter>>,
  name: string,
  inputs: readonly (GraphNode | undefined)[],
  { options, shape = [], outputCount = 1 }: ConvertOptions = {},
): string {
  const context: OperationContext = { builder, name, inputs, options: options && table(options), shape, outputCount };
  const results = converters[name]?.(context) ?? [];
  return [results].flat().map(showGraph).join(' | ');
}

function table(fields: Readonly<Record<number, Field>>): FlatTable {
  const read = (field: number, otherwise = 0) => fields[field] ?? otherwise;
  return {
    int8: read,
    int32: read,
    float32: read,
    boolean: (field: number) => fields[field] ?? false,
    int32s: (field: number) => fields[field] ?? [],
  } as unknown as FlatTable;
}
