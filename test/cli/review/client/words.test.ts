import { expect, it } from 'vitest';
import { describeCounts, describeEnd } from '../../../../cli/review/client/words.ts';

const counts = { all: 9, labelled: 4, none: 0, skipped: 0, leftOut: 0, known: 0 };

it.each([
  [counts, '4 of 9 seen · 4 labelled'],
  [
    { ...counts, none: 1, skipped: 2, known: 3 },
    '7 of 9 seen · 4 labelled · 1 none of these · 2 skipped · 3 left out as known',
  ],
])('counts %j', (some, words) => {
  expect(describeCounts(some)).toBe(words);
});

it.each([
  [{ ...counts, all: 0 }, /^There is no photo to look at\.$/],
  [{ ...counts, all: 0, known: 1 }, /no photo to look at\. 1 photo lies among the photos to train with already/],
  [{ ...counts, all: 1, labelled: 1 }, /^Of 1 photo 1 got a label\. Train again/],
  [{ ...counts, none: 2, skipped: 3 }, /^Of 9 photos 4 got a label, 2 none of the labels, 3 skipped\./],
])('ends %j in words', (some, words) => {
  expect(describeEnd(some)).toMatch(words);
});
