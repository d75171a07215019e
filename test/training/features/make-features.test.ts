import { expect, it } from 'vitest';
import { countThreads } from '../../../training/features/make-features.ts';

it.each([
  [0, 4, 1],
  [1, 4, 1],
  [8, 4, 1],
  [9, 4, 2],
  [24, 4, 3],
  [25, 4, 4],
  [33, 4, 4],
  [1_000, 4, 4],
  [1_000, 1, 1],
])('reads %i photos in one thread for each eight, of %i at most: %i', (photos, threads, expected) => {
  expect(countThreads(photos, threads)).toBe(expected);
});
