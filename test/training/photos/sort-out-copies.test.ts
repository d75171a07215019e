import { expect, it } from 'vitest';
import { sortOutCopies } from '../../../training/photos/sort-out-copies.ts';

const photo = (path: string, label: number, hash: string) => ({ path, label, hash });

it('keeps one of several copies, and none where they contradict each other', () => {
  const [first, copy, left, right, other] = [
    photo('a/1', 0, 'one'),
    photo('a/2', 0, 'one'),
    photo('a/3', 0, 'two'),
    photo('b/3', 1, 'two'),
    photo('b/4', 1, 'three'),
  ];

  expect(sortOutCopies([first, copy, left, right, other])).toEqual({
    photos: [first, other],
    copies: [copy],
    contradictions: [[left, right]],
  });
});
