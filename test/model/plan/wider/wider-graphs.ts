import { expect } from 'vitest';
import { convolveGroups } from '../../../../importer/graph/convolve-groups.ts';
import { GraphBuilder } from '../../../../importer/graph/graph-builder.ts';
import type { GraphNode, Window } from '../../../../importer/graph/node.ts';
import { optimiseGraph } from '../../../../importer/graph/optimise-graph.ts';
import { standardise } from '../../../../importer/onnx/operators/normalisation.ts';
import type { GraphFile } from '../../../../model/graph/graph-file.ts';
import type { PictureShape } from '../../../../model/graph/runnable-graph.ts';
import { PlannedGraph } from '../../../../model/plan/planned-graph.ts';
import { widerOperations } from '../../../../model/plan/wider/wider-operations.ts';
import { drawInput, toGraphFile } from '../../../importer/run-graph.ts';
import { compare } from '../compare-with-tensorflow.ts';

/** What is made of a photo. */
export type Build = (builder: GraphBuilder, input: GraphNode) => GraphNode;

export const same: Window = { strides: [1, 1], dilations: [1, 1], padding: 'SAME' };
export const constant = (b: GraphBuilder, shape: number[], seed = 1) =>
  b.constant('constant', drawInput(shape, seed), shape);
export const map: PictureShape = [1, 6, 7, 8];

/** A graph whose score is what is made of a photo of that shape. */
export function graphOf(shape: PictureShape, build: Build): GraphFile {
  const builder = new GraphBuilder();
  const input = builder.input('photo', shape);
  return toGraphFile(optimiseGraph({ input, outputs: { score: build(builder, input) } }));
}

/** That a plan covers it with the wider operations alone, and answers as TensorFlow.js does. */
export function expectAsTensorflow(shape: PictureShape, build: Build): void {
  const file = graphOf(shape, build);
  expect(PlannedGraph.open(file, shape)).toBeUndefined();
  compare(file, shape, ['score'], widerOperations);
}

/** `groups` groups of as many channels, each of which makes `filters`. */
export const grouped = (
  size: readonly [number, number],
  groups: number,
  filters: number,
  window: Partial<Window> = {},
): Build => {
  return (b, x) => {
    const kernel = constant(b, [...size, (x.shape[3] as number) / groups, filters * groups]);
    return convolveGroups(b, x, kernel, groups, { ...same, ...window });
  };
};

/** Convolutions of channels from these on, a seed each, side by side along an axis. */
export const beside =
  (begins: readonly number[], { axis = 3, channels = 4, filters = [4, 4] } = {}): Build =>
  (b, x) => {
    const parts = begins.map((begin, at) => {
      const part = b.slice(x, [0, 0, 0, begin], [1, 6, 7, channels]);
      return b.conv2d(part, constant(b, [3, 3, channels, filters[at] as number], at + 1), same);
    });
    return b.concat(parts, axis);
  };

export const scaledAfter =
  (size: readonly [number, number], stride: 1 | 2): Build =>
  (b, x) => {
    const window = { ...same, strides: [stride, stride] as const };
    return b.depthwiseConv2d(standardise(b, x, [3], 1e-6), constant(b, [...size, 8, 1]), window);
  };

export const layerNormalisation: Build = (b, x) => {
  const columns = x.shape.at(-1) as number;
  const normal = standardise(b, x, [x.shape.length - 1], 1e-6);
  return b.add(b.multiply(normal, constant(b, [columns], 2)), constant(b, [columns], 3));
};
