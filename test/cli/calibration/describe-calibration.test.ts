import { describe, expect, it } from 'vitest';
import { describeCalibration } from '../../../cli/calibration/describe-calibration.ts';
import type { MeasuredPhoto } from '../../../model/calibration/calibrate.ts';
import type { CardCalibration } from '../../../model/card/card.ts';

const card = { labels: ['red', 'green'], output: 'logits' } as const;
/** A photo whose first label has this probability at a temperature of 1, right or wrong. */
const photo = (probability: number, isRight = true): MeasuredPhoto => ({
  logits: Float32Array.of(Math.log(probability / (1 - probability)), 0),
  label: isRight ? 0 : 1,
});
const describeBy = (photos: readonly MeasuredPhoto[], calibration: Partial<CardCalibration> = {}) =>
  describeCalibration('model/mine', photos, { temperature: 1, unsureBelow: 0.6, ...calibration }, card);

describe('a calibration in words', () => {
  it.each([
    ['promised too much', [photo(0.9), photo(0.9, false)]],
    ['were about right', [photo(0.505), photo(0.505, false)]],
    ['were about right', [photo(0.992), photo(0.992)]],
    ['promised too little', [photo(0.8), photo(0.8)]],
  ])('says that the probabilities %s', (how, photos) => {
    expect(describeBy(photos)[1]).toContain(`Before, its probabilities ${how}:`);
  });

  it('counts what is right, before and behind the temperature', () => {
    const [right, probabilities] = describeBy([photo(0.9), photo(0.9), photo(0.9, false)], { temperature: 2 });

    expect(right).toBe('3 photos, of which the model gets 2 right (66.7 %).');
    expect(probabilities).toMatch(/: 90\.0 % on average\. Now they are 75\.0 % \(temperature 2\)\.$/);
  });

  it.each([
    [0.6, 'Confident from 0.6 on: 50.0 % of these photos, of which 1 of 2 are wrong; below it the answer is unsure.'],
    [0.85, 'Confident from 0.85 on: 25.0 % of these photos, of which all are right; below it the answer is unsure.'],
    [0.95, 'Unsure below 0.95: this means every answer.'],
    [1, 'Unsure below 1: this means every answer.'],
  ])('says which answers are confident: from %d', (unsureBelow, sentence) => {
    const photos = [photo(0.9), photo(0.8, false), photo(0.55), photo(0.55)];

    expect(describeBy(photos, { unsureBelow })[2]).toContain(sentence);
  });

  it('takes a probability that is as high as the threshold for confident', () => {
    expect(describeBy([photo(0.5), photo(0.5)], { unsureBelow: 0.5 })[2]).toContain('100.0 % of these photos');
  });

  it.each([
    [undefined, {}, 'the graph names no features'],
    [{}, { others: 7 }, '7 of them taught it which'],
    [{}, { others: 0 }, 'with --others FOLDER'],
    [{}, undefined, 'with --others FOLDER'],
  ])('says what is unfamiliar: %j, %j', (unfamiliar, fitted, sentence) => {
    const calibration = { ...(unfamiliar && { unfamiliar }), ...(fitted && { fitted }) } as Partial<CardCalibration>;

    expect(describeBy([photo(0.9)], calibration)[3]).toContain(sentence);
  });

  it('says where it lies and what comes next', () => {
    expect(describeBy([photo(0.9)]).slice(4)).toEqual([
      'Written to model/mine/card.json; answers show another version from now on. Next, how good that makes it:',
      '  npx lambda-lens evaluate model/mine --photos held-out/ --card',
    ]);
  });
});

describe('a calibration of labels that stand alone', () => {
  const describeEach = (unsureBelow: readonly number[]) =>
    describeCalibration(
      'model/mine',
      [photo(0.9), photo(0.9, false)],
      { temperature: 1, unsureBelow },
      {
        ...card,
        output: 'sigmoids',
      },
    );

  it('has a threshold for each', () => {
    const lines = describeEach([0.5, 0.75]);

    expect(lines[0]).toBe('2 photos, of which 1 have their label first (50.0 %).');
    expect(lines[2]).toContain('for each label: red 0.5, green 0.75; below it');
    expect(lines.join()).not.toContain('A threshold of 1');
  });

  it('says what a threshold of 1 means', () => {
    expect(describeEach([0.5, 1]).join()).toContain('A threshold of 1 means every answer');
  });
});
