import { expect, it } from 'vitest';
import { countFoldsOf, dealFolds } from '../../../training/head/folds.ts';

const labels = Array.from({ length: 53 }, (_, photo) => (photo < 11 ? 0 : 1));
const alone = labels.map((_, photo) => photo);

it('deals each label out evenly, each photo once', () => {
  const { order, ranges } = dealFolds(labels, alone, { folds: 5, seed: 1 });

  expect(order.toSorted((one, other) => one - other)).toEqual(alone);

  for (const label of [0, 1]) {
    const counts = ranges.map(
      ({ from, to }) => order.slice(from, to).filter((photo) => labels[photo] === label).length,
    );
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  }
});

it('is the same for the same seed and another for another', () => {
  const deal = (seed: number) => dealFolds(labels, alone, { folds: 5, seed }).order;

  expect(deal(7)).toEqual(deal(7));
  expect(deal(7)).not.toEqual(deal(8));
});

it('keeps photos of one group together', () => {
  const groups = alone.map((photo) => photo - (photo % 2));

  const { order, ranges } = dealFolds(labels, groups, { folds: 5, seed: 1 });

  const foldOf = (photo: number) => ranges.findIndex(({ from, to }) => order.slice(from, to).includes(photo));
  for (const photo of alone) expect(foldOf(photo)).toBe(foldOf(groups[photo] as number));
});

it('divides the photos of a label that are all of one group', () => {
  const { order, ranges } = dealFolds(labels, labels, { folds: 5, seed: 1 });

  for (const { from, to } of ranges) expect(order.slice(from, to).some((photo) => labels[photo] === 0)).toBe(true);
});

it.each([
  [1, 1],
  [10, 1],
  [11, 2],
  [99, 3],
])('counts the folds that hold %d rows', (rows, count) => {
  const ranges = [10, 20, 30].map((to) => ({ from: to - 10, to }));

  expect(countFoldsOf(ranges, rows)).toBe(count);
});
