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
