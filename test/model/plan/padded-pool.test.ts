import { expect, it } from 'vitest';
import { aroundPicture } from '../../../importer/graph/around-picture.ts';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import { drawInput, largestDifference, runGraph, runPlanned } from '../../importer/run-graph.ts';

const lowest = -3.4028234663852886e38;

it.each([
  ['all round', [1, 1, 1, 1], 2],
  ['at the end alone', [0, 1, 0, 1], 2],
  ['unevenly', [2, 0, 1, 2], 1],
] as const)('pools a picture padded %s by the lowest number, as a file with channels first has it', async (_where, pads, stride) => {
  const builder = new GraphBuilder();
  const input = builder.input('input', [1, 9, 8, 8]);
  const [top, bottom, left, right] = pads;
  const wide = builder.pad(input, aroundPicture([top, bottom], [left, right]), lowest);
  const window = { strides: [stride, stride], dilations: [1, 1], padding: 'VALID' } as const;
  const graph = { input, outputs: { score: builder.pool('MaxPool', wide, [3, 3], window) } };
  const photo = drawInput(input.shape, 5).map((value) => value - 2);

  const planned = runPlanned(graph, photo);
  const expected = await runGraph(graph, photo, 'cpu');

  expect(planned?.shape).toEqual(expected.shape);
  expect(largestDifference(planned?.values ?? [], [...expected.values])).toBe(0);
});

it.each([
  ['above', [3, 0, 0, 0]],
  ['below', [0, 3, 0, 0]],
  ['on the left', [0, 0, 3, 0]],
  ['on the right', [0, 0, 0, 3]],
] as const)('leaves a pool to TF.js whose window may lie wholly %s of the picture', (_where, [
  top,
  bottom,
  left,
  right,
]) => {
  const builder = new GraphBuilder();
  const input = builder.input('input', [1, 9, 8, 8]);
  const wide = builder.pad(input, aroundPicture([top, bottom], [left, right]), lowest);
  const window = { strides: [1, 1], dilations: [1, 1], padding: 'VALID' } as const;
  const graph = { input, outputs: { score: builder.pool('MaxPool', wide, [3, 3], window) } };

  expect(runPlanned(graph, drawInput(input.shape, 5))).toBeUndefined();
});
