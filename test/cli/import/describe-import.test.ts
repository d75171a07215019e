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
    expect(describeTrial({ photos: 40, right: 38 }, '--preprocess tf')).toBe(
      'Photos: 38 of 40 right with --preprocess tf.',
    );
  });

  it('names a better way by its number', () => {
    const better = { option: '--preprocess tf', right: 38 };

    expect(describeTrial({ photos: 40, right: 12, better }, '--preprocess none')).toMatch(
      /^Photos: 12 of 40 right with --preprocess none; with --preprocess tf 38 of 40\. Import again with that/,
    );
  });

  it('names a better way by what the right label gets, where numbers are near', () => {
    const better = { option: '--preprocess tf', right: 69, likelihood: { better: 0.614, chosen: 0.48 } };

    expect(describeTrial({ photos: 100, right: 68, better }, '--preprocess none')).toMatch(
      /with --preprocess tf 69 of 100, and the right label gets 61 % on average instead of 48 %\. Import again/,
    );
  });
});
