import { expect, it } from 'vitest';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import { toGraphModel } from '../../../importer/graph/graph-model.ts';

it('leaves the batch open in what goes in and comes out, and no other axis', () => {
  const builder = new GraphBuilder();
  const input = builder.input('photo', [1, 4, 5, 3]);
  const column = builder.reshape(builder.unary('Relu', input), [60, 1]);
  const row = builder.reshape(builder.unary('Relu', input), [1, 60]);

  const { signature } = toGraphModel({ input, outputs: { column, row } }, 'float32');

  const shapes = JSON.stringify(signature).match(/"size":"-?\d+"/g);
  expect(shapes?.map((size) => Number(size.slice(8, -1)))).toEqual([-1, 4, 5, 3, 60, 1, -1, 60]);
});

it('writes margins of one for each side as a stored graph has them: batch, rows, columns, channels', () => {
  const builder = new GraphBuilder();
  const input = builder.input('photo', [1, 9, 9, 4]);
  const kernel = builder.constant('kernel', new Float32Array(3 * 3 * 4 * 4), [3, 3, 4, 4]);
  const padding = { top: 1, bottom: 2, left: 3, right: 4 };
  const score = builder.conv2d(input, kernel, { strides: [2, 1], dilations: [1, 3], padding });

  const { topology } = toGraphModel({ input, outputs: { score } }, 'float32');

  const attributes = topology.node.find(({ op }) => op === 'Conv2D')?.attr;
  expect(attributes).toMatchObject({
    explicit_paddings: { list: { i: ['0', '0', '1', '2', '3', '4', '0', '0'] } },
    strides: { list: { i: ['1', '2', '1', '1'] } },
    dilations: { list: { i: ['1', '1', '3', '1'] } },
  });
});
