import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { assets } from '../../../function/bundling/assets.ts';
import { load } from '../../../model/classifier.ts';
import { openBody } from '../../../training/body/body.ts';
import { writeModel } from '../../../training/body/write-model.ts';
import { fillPixels, tinyCard, writeTinyModel } from '../../helpers/tiny-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'write-model-'));
afterAll(() => rmSync(folder, { recursive: true }));
const photo = fillPixels(4, 4, [255, 51, 102]);

it('writes a model that answers features × weights + bias, and explains', async () => {
  const body = await openBody(writeTinyModel({ final: 'Softmax' }), assets);
  const head = { weights: Float32Array.of(1, 0, 0, 0, 2, 0, 0, 0, 3), bias: Float32Array.of(0.5, 0, -0.5) };
  const card = { name: 'mine', labels: ['a', 'b', 'c'], input: body.input, output: 'logits' as const };

  expect([...body.features(photo)]).toEqual([1, 0.2, 0.4].map((value) => expect.closeTo(value, 5)));

  const written = await writeModel(folder, { graph: body.file, head, card });
  body.dispose();

  const model = await load(folder, assets);
  const { scores, explanation } = model.classify(photo, { explain: true });
  model.dispose();

  expect([...scores]).toEqual([1.5, 0.4, 0.7].map((value) => expect.closeTo(value, 5)));
  expect(explanation).toMatchObject({ label: 'a', runnerUp: { label: 'c' } });
  expect(written).toEqual(JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8')));
  // The last layer that was there is gone.
  expect(readFileSync(join(folder, 'model.json'), 'utf8')).not.toMatch(/Softmax|"kernel"/);
});

it('refuses a body without features', async () => {
  const body = writeTinyModel({ outputs: ['score', 'map'] });

  await expect(openBody(body, assets)).rejects.toMatchObject({
    message: expect.stringMatching(/names no output 'features'/),
  });
});

it('takes a body whose card has no labels', async () => {
  const card = JSON.stringify({ name: 'body', version: '1', input: tinyCard.input });
  const body = await openBody(writeTinyModel({ files: { 'card.json': card } }), assets);

  expect(body).toMatchObject({ featureCount: 3, version: expect.stringMatching(/^[0-9a-f]{12}$/) });

  body.dispose();
});
