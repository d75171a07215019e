import type { GraphFile } from './graph-file.ts';

/** The one shape of picture that a graph takes. */
export type PictureShape = readonly [batch: 1, height: number, width: number, channels: number];

/** The values of one named output. */
export interface OutputValues {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** A graph model ready to run; it must be disposed of. */
export interface RunnableGraph {
  readonly file: GraphFile;
  /** The shapes of the outputs asked for, in the order of their names. */
  outputShapes(outputNames: readonly string[]): (readonly number[])[];
  /**
   * Runs the model once; returns the outputs asked for, in the order of their names. A rehearsal may leave out steps of a
   * kind that it has run already: it is there to have code compiled, and its outputs say nothing.
   */
  run(
    input: Float32Array,
    outputNames: readonly string[],
    options?: { readonly isRehearsal?: boolean },
  ): OutputValues[];
  dispose(): void;
}
