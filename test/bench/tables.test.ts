import { expect, it } from 'vitest';
import { drawTable } from '../../bench/draw-results.ts';
import { priceMillion } from '../../bench/price-million.ts';
import { summarise } from '../../bench/summarise.ts';

it.each([
  [[3, 1, 2], { median: 2, lowest: 1, highest: 3, count: 3 }],
  [[4, 1, 2, 3], { median: 2.5, lowest: 1, highest: 4, count: 4 }],
  [[7], { median: 7, lowest: 7, highest: 7, count: 1 }],
])('summarises %j as its median and range', (values, summary) => {
  expect(summarise(values)).toEqual(summary);
});

it('draws a table whose first column the others are compared with', () => {
  expect(drawTable('photo', [['small', { ours: 20, theirs: 50 }]], (value) => `${value} ms`)).toBe(
    '| photo | ours | theirs |\n| --- | ---: | ---: |\n| small | 20 ms | 50 ms (2.5×) |',
  );
});

it('says where one takes no photo of that size', () => {
  const both = drawTable(
    'photo',
    [
      ['small', { ours: 20, theirs: 50 }],
      ['large', { ours: 20 }],
    ],
    String,
  );

  expect(both).toMatch(/\| large \| 20 \| refused \|$/);
});

it('prices a million photos at one processor, starts and door included', () => {
  const { arm64, x86_64 } = priceMillion({ ours: 40 }, { ours: 500 }, { ours: 10_000_000 }, 60);
  const [time] = arm64?.ours?.lines ?? [];

  // 1,000,000 × (40 ms + 1 % of 500 ms) × 1,769 MB.
  expect(time?.dollars).toBeCloseTo(45_000 * (1769 / 1024) * 0.0000133334, 6);
  expect(x86_64?.ours?.dollars).toBeGreaterThan(arm64?.ours?.dollars ?? 0);
});
