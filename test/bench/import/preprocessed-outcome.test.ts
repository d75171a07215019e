import { describe, expect, it } from 'vitest';
import { compareLabels, describeOutcomes, judgeRefusal } from '../../../bench/import/preprocessed-outcome.ts';

const names = ['alder', 'birch'];
const expected = { labels: [0, 1, 0, 1, 0, 1, 0, null, 1], otherScales: [] };
const right = ['alder', 'birch', 'alder', 'birch', 'alder', 'birch', 'alder', 'alder', 'birch'];

describe('labels of photos', () => {
  it('are the same where they are wherever Keras is sure', () => {
    expect(compareLabels(right, names, expected)).toEqual({ kind: 'same', photos: 8 });
  });

  it.each([
    ['one differs', ['birch', ...right.slice(1)], expected, /1 of 8 labels differ/],
    ['one is missing', right.slice(1), expected, /8 photos answered/],
    ['Keras is sure of too few', right.slice(0, 3), { labels: [0, 1, 0], otherScales: [] }, /sure of 3 photos only/],
  ])('are wrong where %s', (_title, found, answers, reason) => {
    expect(compareLabels(found, names, answers)).toEqual({ kind: 'wrong', reason: expect.stringMatching(reason) });
  });
});

describe('an import that fails', () => {
  it('is right to ask for the scale', () => {
    expect(judgeRefusal(1, 'The file does not tell how the model wants its pixels: …').kind).toBe('asked');
  });

  it.each([
    [1, 'The layer "x" cannot be imported'],
    [2, 'The file does not tell how the model wants its pixels: …'],
  ])('with %i and %j is wrong', (exitCode, words) => {
    expect(judgeRefusal(exitCode, words).kind).toBe('wrong');
  });
});

it.each([
  [{}, '–'],
  [{ keras: { kind: 'same', photos: 8 }, tflite: { kind: 'same', photos: 9 } }, 'same'],
  [{ keras: { kind: 'same', photos: 8 }, tflite: { kind: 'asked' } }, '.keras same, .tflite asked'],
  [{ keras: { kind: 'wrong', reason: '' } }, 'WRONG'],
] as const)('%j reads %j', (outcomes, words) => {
  expect(describeOutcomes(outcomes)).toBe(words);
});
