import { expect, it } from 'vitest';
import { assets } from '../../function/bundling/assets.ts';
import { load } from '../../model/classifier.ts';

const width = 300;
const height = 200;
const pixels = { width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * at) % 251) };

it('answers a rehearsal by a part of the model, and later photos as if there had been none', async () => {
  const classifier = await load(assets.modelDirectory, assets);
  const { scores } = classifier.classify(pixels);

  const rehearsed = classifier.classify(pixels, { isRehearsal: true });

  expect(rehearsed.scores).not.toEqual(scores);
  expect(classifier.classify(pixels).scores).toEqual(scores);
  classifier.dispose();
});
