import type { GraphNode } from './graph/node.ts';
import type { PixelFacts } from './pixels/pixel-facts.ts';

export interface PhotoSize {
  readonly width: number;
  readonly height: number;
}

export interface ReadOptions {
  /** For a model that leaves its photo size open. */
  readonly size?: PhotoSize | undefined;
  /** The layer whose result is the answer, for a model with several outputs. */
  readonly output?: string | undefined;
  /** Told of all layers of the file, before any is converted. */
  readonly onLayers?: ((layers: readonly LayerReport[]) => void) | undefined;
  /** Told how many of the file's parameters have been dealt with. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** One layer of the file, for reports. */
export interface LayerReport {
  /** `outer/inner`, as in {@link GraphNode.place}. */
  readonly place: string;
  readonly className: string;
  readonly parameters: number;
  /** Why it cannot be imported, as far as its class alone tells. */
  readonly problem?: string;
}

/** A model file as nodes of a graph, not yet optimised. */
export interface ReadModel {
  /** Of the architecture, such as `mobilenetv2_1.00_224`, those of models inside it included. */
  readonly architectures: readonly string[];
  /** Such as `Keras 3.15.1`. */
  readonly madeWith: string;
  readonly input: GraphNode;
  readonly score: GraphNode;
  /** What the format says of the pixels beside the graph. */
  readonly pixelFacts?: PixelFacts | undefined;
  /** Where the file holds them. */
  readonly labels?: readonly string[] | undefined;
  /** What made the file, where it is known by more than a name. */
  readonly maker?: 'teachable-machine' | undefined;
}

/** Reads a file of one format; throws an ImportError that says what it cannot. */
export type ModelReader = (path: string, options: ReadOptions) => Promise<ReadModel>;
