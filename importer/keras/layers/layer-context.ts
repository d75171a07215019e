import type { GraphBuilder } from '../../graph/graph-builder.ts';
import type { GraphNode } from '../../graph/node.ts';
import type { LayerConfig } from '../layer-config.ts';
import type { LayerVariables } from '../layer-variables.ts';

/** What a layer was called with: a tensor, a plain value, or a list of those. */
export type CallValue = GraphNode | readonly CallValue[] | { readonly value: unknown };

export interface LayerContext {
  readonly builder: GraphBuilder;
  readonly config: LayerConfig;
  readonly variables: LayerVariables;
  /** Every tensor that it is applied to, in order; one or more. */
  readonly inputs: readonly [GraphNode, ...GraphNode[]];
  readonly positional: readonly CallValue[];
  readonly named: Readonly<Record<string, CallValue>>;
}

/** Turns one use of a layer into graph operations and returns its result or results; RangeErrors become errors of the layer. */
export type LayerConverter = (context: LayerContext) => GraphNode | readonly GraphNode[];
