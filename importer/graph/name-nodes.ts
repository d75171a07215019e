import { orderNodes } from './graph-order.ts';
import type { Graph, GraphNode } from './node.ts';

/**
 * A name for each node of the finished graph, unique and in the characters that TensorFlow allows: the outputs under
 * their own names, the input as `input`, the rest after their layers.
 */
export function nameNodes(graph: Graph): Map<GraphNode, string> {
  const names = new Map<GraphNode, string>([[graph.input, graph.input.name]]);
  const taken = new Set<string>([graph.input.name, ...Object.keys(graph.outputs)]);
  for (const [name, node] of Object.entries(graph.outputs)) names.set(node, name);
  for (const node of orderNodes(graph)) {
    if (names.has(node)) continue;
    const base = node.name.replace(/[^\w.\-/]/g, '_').replace(/^[^A-Za-z0-9.]+/, '') || node.op;
    let name = base;
    for (let count = 1; taken.has(name); count++) name = `${base}_${count}`;
    taken.add(name);
    names.set(node, name);
  }
  return names;
}

/** Puts an Identity before each output that would otherwise share its node with another output or the input. */
export function separateOutputs(graph: Graph): Graph {
  const taken = new Set<GraphNode>([graph.input]);
  const outputs = Object.entries(graph.outputs).map(([name, node]) => {
    const isShared = taken.has(node);
    taken.add(node);
    const identity: GraphNode = { ...node, name, op: 'Identity', inputs: [node], attributes: {} };
    return [name, isShared ? withoutExtras(identity) : node] as const;
  });
  return { input: graph.input, outputs: Object.fromEntries(outputs) };
}

function withoutExtras({ name, op, inputs, shape, dtype, attributes, place }: GraphNode): GraphNode {
  return { name, op, inputs, shape, dtype, attributes, place };
}
