import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../facts/answers.ts';
import { arrange, describeProgress, tally } from '../../../../function/page/client/arrange.ts';
import type { Entry, Order } from '../../../../function/page/client/entry.ts';

const answered = (
  name: string,
  label: string,
  probability: number,
  verdict: Answer['verdict'] = 'confident',
): Entry => ({
  name,
  answer: { label, probability, verdict } as Answer,
});
const entries: readonly Entry[] = [
  answered('a', 'hat', 0.9),
  { name: 'b', problem: { message: 'It is no photo.', hint: 'Send one.' } },
  answered('c', 'dress', 0.5, 'unsure'),
  { name: 'd' },
  answered('e', 'hat', 0.7),
];
const names = (shown: readonly Entry[]) => shown.map(({ name }) => name).join('');

describe('arrange', () => {
  it.each<[Order, string]>([
    ['dropped', 'abcde'],
    ['most', 'aecbd'],
    ['least', 'ceabd'],
  ])('puts entries in the order %s, those without an answer last', (order, expected) => {
    expect(names(arrange(entries, { order, verdict: 'all', label: '' }))).toBe(expected);
  });

  it.each([
    ['confident', '', 'ae'],
    ['failed', '', 'b'],
    ['all', 'hat', 'ae'],
    ['unsure', 'hat', ''],
  ])('shows of verdict %s and label "%s" these: "%s"', (verdict, label, expected) => {
    expect(names(arrange(entries, { order: 'dropped', verdict, label }))).toBe(expected);
  });
});

describe('tally', () => {
  it('counts verdicts and labels, the most first, and nothing that is still on its way', () => {
    expect(tally(entries, 'verdict')).toEqual([
      ['confident', 2],
      ['failed', 1],
      ['unsure', 1],
    ]);
    expect(tally(entries, 'label')).toEqual([
      ['hat', 2],
      ['dress', 1],
    ]);
  });
});

describe('describeProgress', () => {
  it.each<[readonly Entry[], string]>([
    [[], ''],
    [entries.slice(0, 1), '1 of 1 answered'],
    [entries, '3 of 5 answered, 1 failed'],
    [Array<Entry>(1000).fill(entries[0] as Entry), '1,000 of 1,000 answered'],
  ])('tells failures from answers', (some, words) => {
    expect(describeProgress(some)).toBe(words);
  });
});
