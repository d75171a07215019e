import { beforeAll, describe, it } from 'vitest';
import type { GraphBuilder } from '../../../../importer/graph/graph-builder.ts';
import type { GraphNode } from '../../../../importer/graph/node.ts';
import { standardise } from '../../../../importer/onnx/operators/normalisation.ts';
import type { PictureShape } from '../../../../model/graph/runnable-graph.ts';
import { useReferenceBackend } from '../compare-with-tensorflow.ts';
import { type Build, constant, expectAsTensorflow, layerNormalisation, map, scaledAfter } from './wider-graphs.ts';

beforeAll(useReferenceBackend);

/** (x − a mean) ÷ √(a mean + epsilon), of which each part may be another's. */
const standardisedBy =
  (meanOf: Build, varianceOf: Build, epsilon: (b: GraphBuilder) => GraphNode): Build =>
  (b, x) => {
    const difference = b.subtract(x, b.reduce('Mean', meanOf(b, x), [3], true));
    const variance = b.reduce('Mean', b.unary('Square', varianceOf(b, difference)), [3], true);
    return b.multiply(difference, b.unary('Rsqrt', b.add(variance, epsilon(b))));
  };
const itself: Build = (_, x) => x;
const rectified: Build = (b, x) => b.unary('Relu', x);
describe('normalisations of a plan', () => {
  it.each<[title: string, input: PictureShape, build: Build]>([
    ['layer normalisation', map, layerNormalisation],
    ['layer normalisation of rows', map, (b, x) => layerNormalisation(b, b.reshape(x, [1, 14, 24]))],
    ['rows normalised without scale', map, (b, x) => standardise(b, x, [3], 1e-3)],
    ['normalised over places, channel by channel', map, (b, x) => standardise(b, x, [1, 2], 1e-3)],
    ['rows normalised by their parts', map, standardisedBy(itself, itself, (b) => b.scalar(0.1))],
    ['no rows normalised: the mean of another tensor', map, standardisedBy(rectified, itself, (b) => b.scalar(0.1))],
    [
      'no rows normalised: the variance of another tensor',
      map,
      standardisedBy(itself, rectified, (b) => b.scalar(0.1)),
    ],
    [
      'no rows normalised: an epsilon a column',
      map,
      standardisedBy(itself, itself, (b) =>
        b.constant('epsilon', Float32Array.of(0.1, 0.2, 0.3, 0.4, 1, 2, 3, 4), [8]),
      ),
    ],
    ['rows normalised and scaled by a convolution of one place', map, scaledAfter([1, 1], 1)],
    ['rows normalised, then a convolution of more places', map, scaledAfter([3, 3], 1)],
    ['rows normalised, scaled and activated', map, (b, x) => b.unary('Relu', scaledAfter([1, 1], 1)(b, x))],
    ['normalised over columns alone', map, (b, x) => standardise(b, x, [2], 1e-3)],
    [
      'layer normalisation that is used twice',
      map,
      (b, x) => b.concat([layerNormalisation(b, x), standardise(b, x, [3], 1e-6)], 3),
    ],
    [
      'a response normalised over places and channels',
      map,
      (b, x) => {
        const length = b.unary('Sqrt', b.reduce('Sum', b.unary('Square', x), [1, 2], true));
        const share = b.divide(length, b.add(b.reduce('Mean', length, [3], true), 1e-6));
        return b.add(b.multiply(b.multiply(x, share), constant(b, [8], 2)), x);
      },
    ],
    ['rows of six numbers normalised in a large map', [1, 100, 100, 6], (b, x) => standardise(b, x, [3], 1e-6)],
  ])('compute as TF.js does: %s', (_, shape, build) => {
    expectAsTensorflow(shape, build);
  });
});
