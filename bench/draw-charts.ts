import { renderChart } from '../cli/chart/render-chart.ts';
import { mediansOf } from './draw-results.ts';
import type { ByContender, Results } from './results.ts';
import type { Summary } from './summarise.ts';

/** One bar for each contender, in their order; SVG text. */
function drawBars(title: string, summaries: ByContender<Summary>): Promise<string> {
  const values = Object.entries(mediansOf(summaries)).map(([name, milliseconds]) => ({ name, milliseconds }));
  return renderChart({
    title,
    width: 480,
    data: { values },
    mark: 'bar',
    encoding: {
      x: { field: 'milliseconds', type: 'quantitative', title: 'milliseconds' },
      y: { field: 'name', type: 'nominal', sort: null, title: null, axis: { labelLimit: 260 } },
    },
  });
}

/** The warm times by photo on a logarithmic scale: from 0.2 to 12 megapixels they differ by more than tenfold. */
function drawWarm(warm: Results['warm']): Promise<string> {
  const values = Object.entries(warm).flatMap(([photo, summaries]) =>
    Object.entries(mediansOf(summaries)).map(([name, milliseconds]) => ({ photo, name, milliseconds })),
  );
  return renderChart({
    title: 'One photo, warm',
    width: 480,
    data: { values },
    mark: { type: 'point', filled: true, size: 80 },
    encoding: {
      x: { field: 'milliseconds', type: 'quantitative', scale: { type: 'log' }, title: 'milliseconds' },
      y: { field: 'photo', type: 'nominal', sort: null, title: null },
      color: {
        field: 'name',
        type: 'nominal',
        sort: null,
        title: null,
        legend: { orient: 'bottom', columns: 2, labelLimit: 260 },
      },
    },
  });
}

/** The charts that results.md shows, by file name. */
export async function drawCharts({ warm, cold, forward }: Results): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['warm.svg', await drawWarm(warm)],
    ['cold.svg', await drawBars('Process start to first answer', cold)],
    ['forward.svg', await drawBars('One forward pass of the shipped model', forward)],
  ]);
}
