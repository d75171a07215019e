import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assets } from '../../../function/bundling/assets.ts';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import { openBody } from '../../../training/body/body.ts';
import { gatherDepths } from '../../../training/body/gather-depths.ts';
import { fillPixels, tinyCard } from '../../helpers/tiny-model.ts';
import { drawInput, toGraphFile } from '../../importer/run-graph.ts';

const folder = mkdtempSync(join(tmpdir(), 'gather-depths-'));
afterAll(() => rmSync(folder, { recursive: true }));

const window = { strides: [1, 1], dilations: [1, 1], padding: 'SAME' } as const;

/** A network of 4 × 4 pixels whose last map is half as fine as the one before. */
function network() {
  const builder = new GraphBuilder();
  const input = builder.input('photo', [1, 4, 4, 3]);
  const kernel = (depth: number, channels: number) =>
    builder.constant('kernel', drawInput([1, 1, depth, channels], channels), [1, 1, depth, channels]);
  const fine = builder.conv2d(input, kernel(3, 4), window);
  const sum = builder.add(fine, builder.conv2d(fine, kernel(4, 4), window));
  const last = builder.conv2d(sum, kernel(4, 8), { ...window, strides: [2, 2] });
  const behind = builder.unary('Relu', last);
  return toGraphFile({ input, outputs: { map: last, score: behind, sum } });
}

const graph = network();
const nameOf = (output: string) => (graph.outputs.get(output) ?? '').replace(/:0$/, '');

describe('gatherDepths', () => {
  const depths = { names: [nameOf('map')], finer: nameOf('sum'), places: 2, bands: 2 };
  const { model, weights, features } = gatherDepths(graph, depths);

  it('makes as many features as all depths have channels, for each band, and leaves out what comes behind', () => {
    expect(features).toBe(2 * (8 + 4));
    expect(JSON.stringify(model)).not.toContain('"Relu"');
    expect(model).toMatchObject({
      signature: {
        outputs: {
          features: { name: 'features:0', tensorShape: { dim: [{ size: '-1' }, { size: '24' }] } },
          map: {
            name: 'bands:0',
            tensorShape: { dim: [{ size: '-1' }, { size: '2' }, { size: '2' }, { size: '24' }] },
          },
        },
      },
    });
  });

  it('is a body whose features are means over the places of each band', async () => {
    writeFileSync(join(folder, 'model.json'), JSON.stringify(model));
    writeFileSync(join(folder, 'weights.bin'), weights);
    const version = createHash('sha256').update(weights).digest('hex').slice(0, 12);
    writeFileSync(join(folder, 'card.json'), JSON.stringify({ name: 'body', version, input: tinyCard.input }));
    const body = await openBody(folder, assets);
    const picture = fillPixels(4, 4, [255, 51, 102]);
    // Below, another colour.
    picture.data.set(fillPixels(4, 2, [0, 204, 51]).data, 3 * 4 * 2);
    const found = [...body.features(picture)];
    body.dispose();

    // Of one colour, every place of a band is like every other.
    const product = (values: readonly number[], channels: number) => {
      const kernel = drawInput([values.length, channels], channels);
      return Array.from({ length: channels }, (_, column) =>
        values.reduce((sum, value, row) => sum + value * (kernel[row * channels + column] as number), 0),
      );
    };
    const expected = [
      [1, 0.2, 0.4],
      [0, 0.8, 0.2],
    ].flatMap((colour) => {
      const fine = product(colour, 4);
      const more = product(fine, 4);
      const sum = fine.map((value, at) => value + (more[at] as number));
      return [...product(sum, 8), ...sum];
    });
    expect(found).toEqual(expected.map((value) => expect.closeTo(value, 4)));
  });

  it('refuses a depth that is no convolution', () => {
    const names = [nameOf('score')];

    expect(() => gatherDepths(graph, { ...depths, names })).toThrow('is no convolution and no sum of convolutions');
  });
});
