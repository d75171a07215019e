import type { Graph, GraphNode } from './node.ts';

/** Every node that an output needs, each after its inputs; iterative, because a hostile model may be a very deep one. */
export function orderNodes(graph: Graph): GraphNode[] {
  const ordered: GraphNode[] = [];
  const state = new Map<GraphNode, 'open' | 'done'>();
  const stack = [...Object.values(graph.outputs)].reverse();
  // The input comes first even where no output depends on it.
  stack.push(graph.input);
  for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
    if (state.get(node) === undefined) {
      state.set(node, 'open');
      for (const input of [...node.inputs].reverse()) if (!state.has(input)) stack.push(input);
    } else {
      stack.pop();
      if (state.get(node) === 'open') ordered.push(node);
      state.set(node, 'done');
    }
  }
  return ordered;
}

/** How often each node is used: as an input of a node or as an output of the graph. */
export function countUses(graph: Graph): Map<GraphNode, number> {
  const uses = new Map<GraphNode, number>();
  const count = (node: GraphNode) => uses.set(node, (uses.get(node) ?? 0) + 1);
  for (const node of orderNodes(graph)) node.inputs.forEach(count);
  Object.values(graph.outputs).forEach(count);
  return uses;
}
