import { ImportError } from '../import-error.ts';
import { type OnnxNode, readGraph } from './onnx-model.ts';
import { shorten } from './onnx-tensor.ts';
import type { ProtoMessage } from './proto-message.ts';

const deepestGraph = 32;

/**
 * The nodes on which the output depends, each behind those that it needs: what else the file computes need not be
 * understood. ONNX wants them in that order, but onnxruntime takes any, and some tools append what they insert. Of nodes
 * that need each other one comes first, and is refused later, for a value that is not there.
 */
export function neededNodes(nodes: readonly OnnxNode[], output: string): OnnxNode[] {
  const needed = new Set([output]);
  const kept: OnnxNode[] = [];
  const madeBehind = new Set<string>();
  let isInOrder = true;
  for (const node of nodes.toReversed()) {
    const isNeeded = node.outputs.some((name) => name !== '' && needed.has(name));
    for (const name of node.outputs) {
      if (madeBehind.has(name)) throw new RangeError(`the name ${shorten(name)} is given twice`);
      if (name !== '') madeBehind.add(name);
    }
    if (!isNeeded) continue;
    kept.push(node);
    for (const name of namesOf(node)) {
      needed.add(name);
      if (madeBehind.has(name)) isInOrder = false;
    }
  }
  return isInOrder ? kept.reverse() : inOrder(nodes, output);
}

function inOrder(nodes: readonly OnnxNode[], output: string): OnnxNode[] {
  const makerOf = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  makerOf.delete('');
  const ordered: OnnxNode[] = [];
  const seen = new Set<OnnxNode>();
  // Of each node on the way: the names that it needs, and how many of them were looked at.
  const way: { readonly node: OnnxNode; readonly names: readonly string[]; next: number }[] = [];
  const enter = (node: OnnxNode | undefined) => {
    if (node === undefined || seen.has(node)) return;
    seen.add(node);
    way.push({ node, names: namesOf(node), next: 0 });
  };
  enter(makerOf.get(output));
  for (let step = way.at(-1); step !== undefined; step = way.at(-1)) {
    const name = step.names[step.next++];
    if (name !== undefined) enter(makerOf.get(name));
    else ordered.push((way.pop() as typeof step).node);
  }
  return ordered;
}

function namesOf({ inputs, attributes }: OnnxNode): readonly string[] {
  const graphs = attributes.graphs();
  return graphs.length === 0 ? inputs : [...inputs, ...graphs.flatMap((graph) => namesIn(graph, 1))];
}

/** Every name that a graph within a node mentions, and the graphs within that. */
function namesIn(graph: ProtoMessage, depth: number): string[] {
  if (depth > deepestGraph)
    throw new ImportError(`The .onnx file nests graphs ${deepestGraph} deep.`, 'It is damaged.');
  const { nodes, outputs } = readGraph(graph);
  return [
    ...outputs.map(({ name }) => name),
    ...nodes.flatMap(({ inputs, attributes }) => [
      ...inputs,
      ...attributes.graphs().flatMap((inner) => namesIn(inner, depth + 1)),
    ]),
  ];
}
