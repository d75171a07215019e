import { describe, expect, it } from 'vitest';
import { describeBeginning, describeReview } from '../../../cli/review/describe-review.ts';

const none = { all: 0, labelled: 0, none: 0, skipped: 0, leftOut: 0, known: 0 };
const places = {
  into: '/home/me/photos',
  others: '/home/me/photos-others',
  out: undefined,
  failed: 0,
  directory: '/home/me',
};

describe('the words around a review', () => {
  it('say what there is to look at', () => {
    expect(describeBeginning({ ...none, all: 1, leftOut: 2 }, { failed: 0, hasFolder: true })).toBe(
      '1 photo to look at, 2 not found.',
    );
    expect(
      describeBeginning({ ...none, all: 9, labelled: 2, none: 1, leftOut: 4 }, { failed: 5, hasFolder: false }),
    ).toBe(
      '6 photos to look at, 3 done before, 4 not found (name a folder by --photos), 5 with an error for an answer.',
    );
  });

  it('end with the line that trains again', () => {
    const lines = describeReview(
      { all: 9, labelled: 4, none: 1, skipped: 2, leftOut: 1, known: 3 },
      { ...places, out: '/home/me/model/mine', failed: 1 },
    );

    expect(lines).toEqual([
      '4 photos with labels in photos, 1 of none of them in photos-others; 2 skipped, 2 left to look at.',
      '3 photos left out that lie among those to train with already.',
      '1 photo left out that could not be found or read: the page says which.',
      '1 photo had an error for an answer.',
      '',
      'Next:\n\n  npx lambda-lens train photos --others photos-others --out model/mine',
    ]);
  });

  it('say nothing of training where nothing was said', () => {
    expect(describeReview({ ...none, all: 3, skipped: 1 }, places)).toEqual([
      '0 photos with labels in photos; 1 skipped, 2 left to look at.',
    ]);
  });
});
