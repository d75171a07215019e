import { findHead } from './find-head.ts';
import type { Graph, GraphNode } from './node.ts';

/** The outputs by which the classifier knows a model: `score`, and `logits`, `features` and `map` where they exist. */
export function nameOutputs(input: GraphNode, score: GraphNode): Graph {
  const { logits, features, map } = findHead(score);
  const named = { score, logits, features, map };
  const present = Object.entries(named).filter((entry): entry is [string, GraphNode] => entry[1] !== undefined);
  return { input, outputs: Object.fromEntries(present) };
}
