import type { GraphNode } from '../graph/node.ts';
import { notImported, type OperationContext } from './operation-context.ts';

/** ActivationFunctionType of the schema, applied to an operation's result. */
export function applyFusedActivation(context: OperationContext, x: GraphNode, activation: number): GraphNode {
  const { builder } = context;
  switch (activation) {
    case 0:
      return x;
    case 1:
      return builder.unary('Relu', x);
    case 2:
      return builder.clip(x, -1, 1);
    case 3:
      return builder.unary('Relu6', x);
    case 4:
      return builder.unary('Tanh', x);
    default:
      throw notImported(context, `its activation is number ${activation} of the schema`);
  }
}
