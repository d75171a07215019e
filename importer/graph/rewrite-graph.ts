import { countUses, orderNodes } from './graph-order.ts';
import type { Graph, GraphNode } from './node.ts';

/**
 * Looks at one node whose inputs have been rewritten already and returns what takes its place, or the node itself.
 * `isUsedHereOnly` tells whether an input feeds nothing but this node and is no output, so that it may be swallowed.
 */
export type RewriteRule = (node: GraphNode, isUsedHereOnly: (input: GraphNode) => boolean) => GraphNode;

/** Applies the rule to every node, inputs before their users. */
export function rewriteGraph(graph: Graph, rule: RewriteRule): Graph {
  const oldUses = countUses(graph);
  const uses = new Map<GraphNode, number>();
  const rewritten = new Map<GraphNode, GraphNode>();
  const translate = (node: GraphNode) => rewritten.get(node) ?? node;
  for (const node of orderNodes(graph)) {
    const inputs = node.inputs.map(translate);
    const isSame = inputs.every((input, at) => input === node.inputs[at]);
    const result = rule(isSame ? node : { ...node, inputs }, (input) => uses.get(input) === 1);
    rewritten.set(node, result);
    const own = oldUses.get(node) ?? 0;
    // A rule that passes one of the inputs on hands its users to that input.
    const before = uses.get(result);
    uses.set(result, before === undefined ? own : before - 1 + own);
  }
  const outputs = Object.entries(graph.outputs).map(([name, node]) => [name, translate(node)] as const);
  return { input: translate(graph.input), outputs: Object.fromEntries(outputs) };
}
