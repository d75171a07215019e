import { encodeWeight, type WeightFormat, type WeightSpecification } from './encode-weights.ts';
import { orderNodes } from './graph-order.ts';
import { nameNodes, separateOutputs } from './name-nodes.ts';
import { type ConstantNode, type Graph, type GraphNode, isConstant } from './node.ts';
import { equaliseChannels } from './passes/equalise-channels.ts';
import { separateScales } from './passes/separate-scales.ts';
import { rewriteGraph } from './rewrite-graph.ts';
import { dataTypeName, type NodeJson, shapeJson, toNodeJson } from './topology.ts';

/** The parts of a TensorFlow.js graph model; `weights` yields the bytes of weights.bin, one constant after another. */
export interface GraphModelParts {
  readonly topology: { readonly node: readonly NodeJson[]; readonly library: object; readonly versions: object };
  readonly signature: { readonly inputs: object; readonly outputs: object };
  readonly weightSpecifications: readonly WeightSpecification[];
  readonly weights: () => Iterable<Uint8Array>;
  readonly names: ReadonlyMap<GraphNode, string>;
}

const equalisations = 3;

/** The TensorFlow release whose graph definitions this writer follows. */
const graphVersions = { producer: 1882, minConsumer: 12 };

/** The graph as it is written in this format; what is folded and what computed stays the same. */
export function prepareGraph(graph: Graph, format: WeightFormat): Graph {
  if (format !== 'uint8') return graph;
  // Ranges travel one kernel further each time.
  const passes = [...Array.from({ length: equalisations }, () => equaliseChannels), separateScales];
  return passes.reduce(rewriteGraph, graph);
}

export function toGraphModel(graph: Graph, format: WeightFormat): GraphModelParts {
  const separated = separateOutputs(prepareGraph(graph, format));
  const names = nameNodes(separated);
  const nameOf = (node: GraphNode) => names.get(node) as string;
  const nodes = orderNodes(separated);
  const constants = nodes.filter(isConstant);
  const encode = (constant: ConstantNode) => encodeWeight(nameOf(constant), constant, format);
  return {
    topology: { node: nodes.map((node) => toNodeJson(node, nameOf)), library: {}, versions: graphVersions },
    signature: {
      inputs: { [nameOf(separated.input)]: tensorInfo(separated.input, nameOf) },
      outputs: Object.fromEntries(
        Object.entries(separated.outputs).map(([name, node]) => [name, tensorInfo(node, nameOf)]),
      ),
    },
    // Encoded twice rather than kept: a large model's weights are in memory only once more, one tensor at a time.
    weightSpecifications: constants.map((constant) => encode(constant).specification),
    weights: function* () {
      for (const constant of constants) yield encode(constant).bytes;
    },
    names,
  };
}

function tensorInfo(node: GraphNode, nameOf: (node: GraphNode) => string): object {
  const tensorShape = shapeJson(node.shape[0] === 1 ? [-1, ...node.shape.slice(1)] : node.shape);
  return { name: `${nameOf(node)}:0`, dtype: dataTypeName(node.dtype), tensorShape };
}
