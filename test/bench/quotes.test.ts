import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { drawCapacityCharts } from '../../bench/capacity/draw-capacity.ts';
import { drawCharts } from '../../bench/draw-charts.ts';
import { drawResults } from '../../bench/draw-results.ts';
import { isWithinAllowed } from '../../bench/import/compare-scores.ts';
import type { Results } from '../../bench/results.ts';
import { readCapacity } from '../../docs/tables/read-results.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const results: Results = JSON.parse(read('bench/results/results.json'));

it('the chapter on the import quotes the figures of quantised models as they were measured', () => {
  const [, quoted] = /<!-- quantised -->\n+(.*?)\n+<!-- \/quantised -->/s.exec(read('importer/README.md')) ?? [];

  expect(quoted).toBe(read('bench/results/import-quantised.md').trim());
});

it('every family of keras.applications was imported from every format, with the answers of Keras', () => {
  const [, , ...rows] = read('bench/results/import-families.md').trim().split('\n');
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()));
  const formats = Map.groupBy(cells, ([, family]) => family);

  expect(formats.size).toBe(17);

  const beyond: string[] = [];
  for (const [family, ofFamily] of formats) {
    expect(
      ofFamily.map(([, , format]) => format),
      family,
    ).toEqual(['.keras', '.h5', '.tflite']);
    for (const [, , format, float32, float16, firstLabel] of ofFamily) {
      const differences = { float32: Number(float32), float16: Number(float16) };
      expect(firstLabel, `${family} ${format}`).toBe('same');
      if (!isWithinAllowed(differences)) beyond.push(`${family} ${format}`);
    }
  }

  // LiteRT is as far from Keras there: see the chapter on the import.
  expect(beyond).toEqual(['InceptionV3 .tflite']);
});

it('the report and its charts show the results beside them', async () => {
  expect(read('bench/results/results.md')).toBe(drawResults(results));

  const charts = await drawCharts(results);
  for (const [name, chart] of charts) {
    expect(chart).toMatch(/^<svg/);
    expect(read('bench/results/results.md')).toContain(`](${name})`);
  }
});

it('the charts of the capacity show what was simulated', async () => {
  for (const [name, chart] of await drawCapacityCharts(readCapacity())) {
    expect(read(`bench/results/${name}`)).toBe(chart);
    expect(read('docs/bulk-capacity.md')).toContain(`](../bench/results/${name})`);
  }
});
