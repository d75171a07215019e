import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assets } from '../../function/bundling/assets.ts';
import { drawEmptyPhoto, emptyPhotoKinds } from '../../model/calibration/draw-empty-photo.ts';
import type { Classifier } from '../../model/classification.ts';
import { load } from '../../model/classifier.ts';
import { fitPhoto } from '../../model/fit/fit-photo.ts';
import type { ParityFile } from '../../model/parity/parity.ts';
import { drawParityPhoto } from '../../model/parity/parity-photo.ts';

const directory = assets.modelDirectory;
const parity = JSON.parse(readFileSync(join(directory, 'parity.json'), 'utf8')) as ParityFile;
const largestWeightsInBytes = 7e6;
const largestStatisticsInBytes = 200_000;

describe('the shipped model', () => {
  let classifier: Classifier;
  beforeAll(async () => {
    classifier = await load(directory, assets);
  });
  afterAll(() => classifier.dispose());

  it('answers the photos of parity.json as Keras does, to 0.01 of a probability', () => {
    const report = classifier.verifyParity();

    expect(report).toMatchObject({ ok: true, sameFirstLabels: true, photos: parity.photos.length });
    expect(report?.largestDifference).toBeLessThanOrEqual(0.01);
  });

  it.each(parity.photos)('makes the input from $name that Keras made', ({ recipe, input }) => {
    const fitted = fitPhoto(drawParityPhoto(recipe), classifier.card.input);
    for (const [index, value] of input.samples) expect(fitted[index]).toBeCloseTo(value, 4);
  });

  it('names its version in the card, and its weights are small enough to ship', () => {
    expect(classifier.card.version).toBe('8d492f1a0786');
    expect(classifier.version).not.toBe(classifier.card.version);
    expect(statSync(join(directory, 'weights.bin')).size).toBeLessThanOrEqual(largestWeightsInBytes);
  });

  it('knows the ten kinds of clothes in alphabetical order', () => {
    expect(classifier.card.labels.join(' ')).toBe(
      'dress hat longsleeve outwear pants shirt shoes shorts skirt t-shirt',
    );
  });

  it.each(emptyPhotoKinds)('calls photos of %s unfamiliar', (kind) => {
    // Seeds that no calibration has used.
    for (const seed of [30_001, 30_002, 30_003]) {
      expect(classifier.classify(drawEmptyPhoto(kind, seed)).verdict).toBe('unfamiliar');
    }
  });

  it('keeps what it knows of unfamiliar photos in less than 200 kB', () => {
    expect(JSON.stringify(classifier.card.calibration?.unfamiliar).length).toBeLessThan(largestStatisticsInBytes);
  });

  it('has a model card with the figures of card.json', () => {
    const { accuracy, photos } = classifier.card.metrics?.evaluation as { accuracy: number; photos: number };
    const readme = readFileSync(join(directory, 'README.md'), 'utf8');

    expect(readme).toContain(`Version \`${classifier.version}\``);
    expect(readme).toContain(
      `| right | ${(accuracy * 100).toFixed(1)} % (${Math.round(accuracy * photos)} of ${photos})`,
    );
  });

  it('explains an answer by a grid of 7 by 7', () => {
    const [photo] = parity.photos;
    const answer = classifier.classify(drawParityPhoto((photo as (typeof parity.photos)[0]).recipe), { explain: true });

    expect(answer.explanation?.grid.map((row) => row.length)).toEqual([7, 7, 7, 7, 7, 7, 7]);
    expect(Math.max(...(answer.explanation?.grid.flat() ?? []))).toBe(1);
  });
});
