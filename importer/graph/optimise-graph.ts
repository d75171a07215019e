import type { Graph } from './node.ts';
import { foldAffine } from './passes/fold-affine.ts';
import { foldPadding } from './passes/fold-padding.ts';
import { fuseActivation } from './passes/fuse-activation.ts';
import { fuseAffine } from './passes/fuse-affine.ts';
import { hoistFactors } from './passes/hoist-factors.ts';
import { turnFlattenedWeights } from './passes/turn-flattened-weights.ts';
import { rewriteGraph } from './rewrite-graph.ts';

/**
 * The same function in fewer, cheaper operations: normalisation folded into kernels, padding and activations into
 * convolutions. Outputs keep their values exactly as named; nothing is folded across one.
 */
export function optimiseGraph(graph: Graph): Graph {
  return [turnFlattenedWeights, foldPadding, hoistFactors, foldAffine, foldAffine, fuseAffine, fuseActivation].reduce(
    rewriteGraph,
    graph,
  );
}
