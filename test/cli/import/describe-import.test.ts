import { describe, expect, it } from 'vitest';
import { describeTrial } from '../../../cli/import/describe-import.ts';
import { describeShare } from '../../../cli/import/describe-share.ts';

describe('a share that something differs by', () => {
  it.each([
    [0, 'less than 0.01 %'],
    [5.5e-11, 'less than 0.01 %'],
    [9.9e-5, 'less than 0.01 %'],
    [1e-4, '0.01 %'],
    [0.00013, '0.013 %'],
    [0.0052, '0.52 %'],
    [0.2, '20 %'],
    [1.234, '120 %'],
  ])('of %d reads %j', (share, words) => {
    expect(describeShare(share)).toBe(words);
  });
});

describe('what labelled photos say', () => {
  it('is how many come out right', () => {
    expect(describeTrial({ photos: 40, of: 40, right: 38 }, '--preprocess tf')).toBe(
      'Photos: 38 of 40 right with --preprocess tf.',
    );
  });

  it('says of how many those that were tried were taken', () => {
    expect(describeTrial({ photos: 100, of: 121, right: 99 }, '--preprocess tf')).toBe(
      'Photos: 99 of 100 (taken evenly from your 121) right with --preprocess tf.',
    );
  });

  it('names a better way by its number', () => {
    const better = { option: '--preprocess tf', right: 38 };

    expect(describeTrial({ photos: 40, of: 40, right: 12, better }, '--preprocess none')).toMatch(
      /^Photos: 12 of 40 right with --preprocess none; with --preprocess tf 38 of 40\. Import again with that/,
    );
  });

  it('names further ones that may be the right way as well', () => {
    const better = { option: '--preprocess torch', right: 60 };
    const alsoBetter = [{ option: '--scale 0.00392157', right: 53 }];

    expect(describeTrial({ photos: 100, of: 100, right: 30, better, alsoBetter }, '--preprocess none')).toMatch(
      /with --preprocess torch 60 of 100, with --scale 0.00392157 53\. Import again with the one by which/,
    );
  });

  it('names a better way by what the right label gets, where numbers are near', () => {
    const better = { option: '--preprocess tf', right: 69, likelihood: { better: '61 %', chosen: '48 %' } };

    expect(describeTrial({ photos: 100, of: 100, right: 68, better }, '--preprocess none')).toMatch(
      /with --preprocess tf 69 of 100, and the right label gets 61 % on average instead of 48 %\. Import again/,
    );
  });
});
