import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawCharts } from '../../bench/draw-charts.ts';
import { drawResults } from '../../bench/draw-results.ts';
import { quoteResults } from '../../bench/quote-results.ts';
import type { Results } from '../../bench/results.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const results: Results = JSON.parse(read('bench/results/results.json'));

test('the README quotes the benchmark as it was measured', () => {
  const [, quoted] = /<!-- bench -->\n+(.*?)\n+<!-- \/bench -->/s.exec(read('README.md')) ?? [];
  expect(quoted).toBe(quoteResults(results));
});

test('the report and its charts show the results beside them', async () => {
  expect(read('bench/results/results.md')).toBe(drawResults(results));
  const charts = await drawCharts(results);
  for (const [name, chart] of charts) {
    expect(chart).toMatch(/^<svg/);
    expect(read('bench/results/results.md')).toContain(`](${name})`);
  }
});
