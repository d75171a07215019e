import { type GraphFile, placeWeights, type StoredNode, type WeightEntry } from '../../model/graph/graph-file.ts';

/** A part of a graph model, with the weights that it needs. */
export interface CutGraph {
  readonly nodes: readonly StoredNode[];
  readonly entries: readonly WeightEntry[];
  /** The bytes of weights.bin, one weight after another. */
  readonly weights: readonly Uint8Array[];
}

/** What leads to the nodes named, in the order in which it was. */
export function cutGraph(graph: GraphFile, wanted: readonly string[]): CutGraph {
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const reached = new Set<string>();
  const left = wanted.map(toNodeName);
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    left.push(...(byName.get(name)?.input ?? []).map(toNodeName));
  }
  const places = placeWeights(graph.weightEntries).filter(({ entry }) => reached.has(entry.name));
  return {
    nodes: graph.nodes.filter(({ name }) => reached.has(name)),
    entries: places.map(({ entry }) => entry),
    weights: places.map(({ from, sizeInBytes }) => {
      const bytes = new Uint8Array(sizeInBytes);
      graph.weights.read(bytes, from);
      return bytes;
    }),
  };
}

/** `^name` is a control input, `name:0` the first output of a node. */
export function toNodeName(reference: string): string {
  return reference.replace(/^\^/, '').replace(/:\d+$/, '');
}
