import { afterAll, beforeAll, expect, it } from 'vitest';
import { assets } from '../../../function/bundling/assets.ts';
import { toRehearsal } from '../../../function/warm-up/rehearsal.ts';
import type { Classifier } from '../../../model/classification.ts';
import { load } from '../../../model/classifier.ts';

const width = 300;
const height = 200;
const pixels = { width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * at) % 251) };
let classifier: Classifier;
beforeAll(async () => {
  classifier = await load(assets.modelDirectory, assets);
});
afterAll(() => classifier.dispose());

it('answers by a part of the model, and leaves later answers as they are', () => {
  const { scores } = classifier.classify(pixels);

  const rehearsed = toRehearsal(classifier).classify(pixels);

  expect(rehearsed.scores).not.toEqual(scores);
  expect(classifier.classify(pixels).scores).toEqual(scores);
});

it('is of the same model, and measures and judges as that does', () => {
  const rehearsal = toRehearsal(classifier);
  const measured = classifier.measure(pixels);

  expect(rehearsal).toMatchObject({ card: classifier.card, version: classifier.version, canExplain: true });
  expect(rehearsal.measure(pixels)).toEqual(measured);
  expect(rehearsal.judge(measured)).toEqual(classifier.judge(measured));
  expect(rehearsal.drawParityPhotos()).toEqual(classifier.drawParityPhotos());
});
