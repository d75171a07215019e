import { describe, expect, it } from 'vitest';
import { shareOf } from '../../../../cli/review/client/label-share.ts';

describe("the row of a label shows the answer's share", () => {
  it.each([
    [0.5, '50%', '50.0 %'],
    [1, '100%', '100.0 %'],
    [0.0625, '6.25%', '6.3 %'],
    [0, '0%', '0.0 %'],
  ])('of %d as a bar and in words', (probability, width, words) => {
    expect(shareOf(probability)).toEqual({ width, words });
  });

  it('as nothing where the answer has no such label', () => {
    expect(shareOf(undefined)).toEqual({ width: '0%', words: '' });
  });
});
