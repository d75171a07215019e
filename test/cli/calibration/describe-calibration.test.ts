import { describe, expect, it } from 'vitest';
import { describeCalibration } from '../../../cli/calibration/describe-calibration.ts';
import type { MeasuredPhoto } from '../../../model/calibration/calibrate.ts';
import type { CardCalibration } from '../../../model/card/card.ts';

const names = { model: 'model/mine', photos: 'held-out/', hasReadme: false };
const card = { labels: ['red', 'green'], output: 'logits' } as const;
/** A photo whose first label has this probability at a temperature of 1, right or wrong. */
const photo = (probability: number, isRight = true): MeasuredPhoto => ({
  logits: Float32Array.of(Math.log(probability / (1 - probability)), 0),
  label: isRight ? 0 : 1,
});
const describeBy = (photos: readonly MeasuredPhoto[], calibration: Partial<CardCalibration> = {}) =>
  describeCalibration(names, photos, { temperature: 1, unsureBelow: 0.6, ...calibration }, card);

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

    expect(right).toBe(
      '3 photos, of which the model gets 2 right (66.7 %; of other photos like these between 20.8 % and 93.9 %).',
    );
    expect(probabilities).toMatch(/: 90\.0 % on average\. Now they are 75\.0 % \(temperature 2\)\.$/);
  });

  it.each([
    [0.6, 'Confident from 0.6 on: 50.0 % of these photos, of which 1 of 2 are wrong; below it the answer is unsure.'],
    [0.85, 'Confident from 0.85 on: 25.0 % of these photos, of which all are right; below it the answer is unsure.'],
    [0.95, 'Never confident: however high a probability the model gives on these photos'],
    [1, 'Never confident: however high a probability the model gives on these photos'],
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
    expect(describeBy([photo(0.9)]).slice(-2)).toEqual([
      'Written to model/mine/card.json; answers show another version from now on. Next, how good that makes it:',
      '  npx lambda-lens evaluate model/mine --photos held-out/ --card',
    ]);
  });

  it('names the folders as a shell takes them, and the figures that are gone', () => {
    const own = { model: 'my model', photos: "Anna's photos", hasReadme: true };

    const lines = describeCalibration(own, [photo(0.9)], { temperature: 1, unsureBelow: 0.6 }, card);

    expect(lines.at(-2)).toContain('; the figures of the version before are gone from my model/README.md. Next');
    expect(lines.at(-1)).toBe("  npx lambda-lens evaluate 'my model' --photos 'Anna'\\''s photos' --card");
  });
});

describe('how sure a calibration is', () => {
  const leftOut = (photos: number, coverage: number, right: number) => ({
    fitted: { photos, trainedOn: 0, crossFitted: { confident: { coverage, right } } },
  });

  it.each([
    // Wilson's interval of 12 of 12 begins at 0.7575, of 60 of 60 at 0.9398.
    [
      24,
      0.5,
      1,
      'Of the 12 confident ones among photos left out of the fit 12 are right; of other photos like these between 75.8 % and 100.0 %. Confident answers are to be right 97 times in 100; so few',
    ],
    [
      60,
      1,
      1,
      'Of the 60 confident ones among photos left out of the fit 60 are right; of other photos like these between 94.0 % and 100.0 %.',
    ],
    [24, 0, 0, 'Of photos left out of the fit none would be confident.'],
  ])('with %i photos, of which %d are confident and %d of those right', (photos, coverage, right, sentence) => {
    expect(describeBy([photo(0.9)], leftOut(photos, coverage, right))[3]).toContain(sentence);
  });

  it('has no remark on few photos where confident answers are surely right', () => {
    expect(describeBy([photo(0.9)], leftOut(60, 1, 1))[3]).not.toContain('so few');
  });

  it('says which labels have few photos', () => {
    const ten = Array.from({ length: 10 }, () => photo(0.9));

    expect(describeBy(ten)).toContain('Few photos: green 0. Of labels with fewer than 10 this tells little.');
    expect(describeBy([...ten, ...ten.map(() => photo(0.9, false))]).join()).not.toContain('Few photos');
  });

  it.each([
    [[photo(0.9)], 'some of these photos (getting every one of them right looks like that), it promises too much now'],
    [[photo(0.9), photo(0.9, false)], 'some of these photos, it promises too much now'],
  ])('names --trained-on, since photos may be those of the training', (photos, words) => {
    expect(describeBy(photos).join()).toContain(words);
  });

  it('does not where such photos were given', () => {
    expect(describeBy([photo(0.9)], { fitted: { photos: 1, trainedOn: 3 } }).join()).not.toContain('--trained-on');
  });
});

describe('a calibration of labels that stand alone', () => {
  const describeEach = (unsureBelow: readonly number[]) =>
    describeCalibration(
      names,
      [photo(0.9), photo(0.9, false)],
      { temperature: 1, unsureBelow },
      {
        ...card,
        output: 'sigmoids',
      },
    );

  it('has a threshold for each', () => {
    const lines = describeEach([0.5, 0.75]);

    expect(lines[0]).toBe(
      '2 photos, of which 1 have their label first (50.0 %; of other photos like these between 9.5 % and 90.5 %).',
    );
    expect(lines[2]).toContain('for each label: red 0.5, green 0.75; below it');
    expect(lines.join()).not.toContain('A threshold of 1');
  });

  it('says what a threshold of 1 means', () => {
    expect(describeEach([0.5, 1]).join()).toContain('A threshold of 1 means every answer');
  });
});
