import { expect, it } from 'vitest';
import { judgeSize, requireEnoughPhotos } from '../../../training/photos/require-enough.ts';

const counts = (numbers: Readonly<Record<string, number>>) => new Map(Object.entries(numbers));

it.each([
  [{}, /no photos in class folders in photos/],
  [{ cat: 40 }, /one label alone, cat/],
  [{ cat: 40, dog: 1 }, /A label has fewer than 5 photos that can be read: dog \(1\)/],
  [{ cat: 0, dog: 4, cow: 9 }, /2 labels have fewer than 5 .*: cat \(none\), dog \(4\)/],
])('refuses %j', (numbers, message) => {
  expect(() => requireEnoughPhotos(counts(numbers), 'photos')).toThrow(message);
});

it('takes two labels of five photos, and says what cannot be known of them', () => {
  const few = counts({ cat: 5, dog: 5 });

  expect(() => requireEnoughPhotos(few, 'photos')).not.toThrow();
  expect(judgeSize(few)).toEqual([expect.stringMatching(/^10 photos are too few to say/)]);
});

it.each([
  [{ cat: 100, dog: 12 }, [/12 photos of dog/, /lopsided: 100 photos of cat, 12 of dog/]],
  [{ cat: 300, dog: 30 }, [/lopsided/]],
  [{ cat: 60, dog: 50 }, []],
])('says of %j what there is to say', (numbers, expected) => {
  expect(judgeSize(counts(numbers))).toEqual(expected.map((sentence) => expect.stringMatching(sentence)));
});
