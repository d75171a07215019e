import type { GraphBuilder } from '../graph/graph-builder.ts';
import { type ConstantNode, type GraphNode, isConstant } from '../graph/node.ts';

/** A list of whole numbers that is known before any photo: a shape, or what is computed from one. */
export interface WholeConstant extends ConstantNode {
  readonly values: Int32Array;
}

export function isWhole(node: GraphNode | undefined): node is WholeConstant {
  return node !== undefined && isConstant(node) && node.values instanceof Int32Array;
}

type Fold = (a: number, b: number) => number;

const folds: ReadonlyMap<string, Fold> = new Map<string, Fold>([
  ['ADD', (a, b) => a + b],
  ['SUB', (a, b) => a - b],
  ['MUL', (a, b) => a * b],
  ['DIV', (a, b) => Math.trunc(a / b)],
  ['MAXIMUM', Math.max],
  ['MINIMUM', Math.min],
]);

/**
 * Shape arithmetic, at a batch of 1: operations on nothing but whole constants, of at most one axis. Undefined for
 * anything else, which is then an operation of the graph.
 */
export function foldWholeNumbers(
  builder: GraphBuilder,
  name: string,
  inputs: readonly (GraphNode | undefined)[],
): GraphNode | undefined {
  const constants = inputs.filter(isWhole);
  if (constants.length === 0 || constants.length !== inputs.length) return undefined;
  const [a, b, c, d] = constants.map(({ values }) => Array.from(values)) as [number[], ...number[][]];
  const fold = folds.get(name);
  if (fold !== undefined && b !== undefined) {
    const length = Math.max(a.length, b.length);
    const values = Array.from({ length }, (_, at) => fold(a[at % a.length] as number, b[at % b.length] as number));
    return builder.integers('shape', values, (constants[a.length >= b.length ? 0 : 1] as WholeConstant).shape);
  }
  switch (name) {
    case 'PACK':
    case 'CONCATENATION':
      return builder.integers(
        'shape',
        constants.flatMap(({ values }) => Array.from(values)),
      );
    case 'REDUCE_PROD':
      return builder.integers('shape', [a.reduce((product, value) => product * value, 1)], []);
    case 'GATHER':
      return (
        b &&
        builder.integers(
          'shape',
          b.map((at) => a[at] as number),
          (constants[1] as WholeConstant).shape,
        )
      );
    case 'STRIDED_SLICE': {
      if (
        a.length !== (constants[0] as WholeConstant).shape[0] ||
        b === undefined ||
        c === undefined ||
        d === undefined
      )
        return undefined;
      const from = b[0] as number;
      const first = from < 0 ? from + a.length : from;
      // One element becomes a scalar, which a list of one stands for as well in a shape.
      const end = c[0] as number;
      const last = end <= 0 && first >= end ? a.length + end : end;
      return builder.integers(
        'shape',
        a.slice(first, Math.max(last, first + 1)).filter((_, at) => at % (d[0] as number) === 0),
      );
    }
    default:
      return undefined;
  }
}
