import { ImportError } from '../import-error.ts';
import { type OnnxNode, readGraph } from './onnx-model.ts';
import type { ProtoMessage } from './proto-message.ts';

const deepestGraph = 32;

/** The nodes on which the output depends, in their order: what else the file computes need not be understood. */
export function neededNodes(nodes: readonly OnnxNode[], output: string): OnnxNode[] {
  const needed = new Set([output]);
  const kept: OnnxNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((name) => name !== '' && needed.has(name))) continue;
    kept.push(node);
    for (const name of node.inputs) needed.add(name);
    for (const graph of node.attributes.graphs()) for (const name of namesIn(graph, 1)) needed.add(name);
  }
  return kept.reverse();
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
