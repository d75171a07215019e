import { findHead } from './find-head.ts';
import { GraphBuilder } from './graph-builder.ts';
import type { Graph, GraphNode } from './node.ts';
import { rewriteGraph } from './rewrite-graph.ts';

/** The outputs by which the classifier knows a model: `score`, and `logits`, `features` and `map` where they exist. */
export function nameOutputs(input: GraphNode, score: GraphNode): Graph {
  const plain = headAsProduct({ input, outputs: { score } });
  const { logits, features, map } = findHead(plain.outputs.score ?? score);
  const named = { ...plain.outputs, logits, features, map };
  const present = Object.entries(named).filter((entry): entry is [string, GraphNode] => entry[1] !== undefined);
  return { input: plain.input, outputs: Object.fromEntries(present) };
}

/** MobileNets end in a convolution of one pixel: as the matrix product that it is, it can be explained like any other. */
function headAsProduct(graph: Graph): Graph {
  const head = findHead(graph.outputs.score as GraphNode);
  const builder = new GraphBuilder();
  return rewriteGraph(graph, (node) => {
    const [x, kernel] = node.inputs;
    const isHead = node.op === 'Conv2D' && x === head.features && kernel === head.kernel;
    if (!isHead || x === undefined || kernel === undefined) return node;
    const [, , channels = 1, units = 1] = kernel.shape;
    return builder.within(node.place, () => {
      const product = builder.matMul(builder.reshape(x, [1, channels]), builder.reshape(kernel, [channels, units]));
      return builder.reshape(product, node.shape);
    });
  });
}
