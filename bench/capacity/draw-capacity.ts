import { renderChart } from '../../cli/chart/render-chart.ts';
import { drawTable } from '../../docs/tables/draw-table.ts';
import { aimInDollarsAMillion, type CapacityResults, type CapacityRow } from './capacity-results.ts';

/** The tables of docs/bulk-capacity.md. */
export function drawCapacity(results: CapacityResults): string {
  const { parameters, volumes, streams, concurrencies } = results;
  const { times, photosInBatch, concurrency, prefixes } = parameters;
  const engines = [...new Set(volumes.map(({ engine }) => engine))];
  const [fastest] = concurrencies
    .filter((row) => row.concurrency === concurrency)
    .sort((a, b) => a.seconds - b.seconds);
  return [
    `A photo takes ${milliseconds(times.photo)}, a cold start ${milliseconds(times.start)} as measured; a batch of ${photosInBatch} photos ` +
      `${milliseconds(times.batch)} more, which is assumed: two requests of S3 at 30 ms. ${count(concurrency)} instances of one processor may run, ` +
      `and the photos lie under ${prefixes} prefixes that S3 has already divided. That gives ${count((fastest?.photosAnHour ?? 0) / 3_600)} photos a second.`,
    drawTable(
      ['photos', ...engines.map((engine) => `${engine}:`)],
      [...Map.groupBy(volumes, ({ photos }) => photos)].map(([photos, rows]) => [
        count(photos),
        ...engines.map((engine) => describeRun(rows.find((row) => row.engine === engine))),
      ]),
    ),
    'What a million photos is made of, in dollars, once all instances run:',
    drawBills(results),
    `By a queue a million costs $${aimInDollarsAMillion.toFixed(2)} or less where a photo takes ${milliseconds(results.longestPhotoInSeconds)} or less.`,
    drawTable(
      ['engine', 'instances:', 'photos an hour:', 'cold starts:', 'bound first by'],
      concurrencies.map((row) => [
        row.engine,
        count(row.concurrency),
        count(row.photosAnHour),
        count(row.coldStarts),
        row.bound,
      ]),
    ),
    drawTable(
      ['arriving for ten minutes, photos a second', 'engine', 'the last is done after:', 'longest wait:', 'instances:'],
      streams.map((row) => [
        count(row.photosEachSecond),
        row.engine,
        duration(row.seconds),
        duration(row.longestWaitInSeconds),
        count(row.mostInstances),
      ]),
    ),
  ].join('\n\n');
}

function drawBills({ bills }: CapacityResults): string {
  const titles = [...new Set(bills.flatMap(({ lines }) => lines.map(({ title }) => title)))];
  const dollars = (value: number | undefined) => (value === undefined ? '' : value.toFixed(2));
  return drawTable(
    ['', ...bills.map(({ engine, photosInBatch }) => `${engine}, ${count(photosInBatch)} a batch:`)],
    [
      ...titles.map((title) => [
        title,
        ...bills.map(({ lines }) => dollars(lines.find((line) => line.title === title)?.dollars)),
      ]),
      ['all', ...bills.map((bill) => dollars(bill.dollars))],
    ],
  );
}

/** By file name, SVG text. */
export async function drawCapacityCharts(results: CapacityResults): Promise<ReadonlyMap<string, string>> {
  const engine = {
    field: 'engine',
    type: 'nominal',
    sort: null,
    title: null,
    legend: { orient: 'bottom', columns: 2 },
  };
  const volumes = await renderChart({
    title: `Hours for a bucket, ${count(results.parameters.concurrency)} instances`,
    width: 480,
    height: 260,
    data: { values: results.volumes.map((row) => ({ ...row, hours: row.seconds / 3_600 })) },
    mark: { type: 'line', point: true },
    encoding: {
      x: {
        field: 'photos',
        type: 'quantitative',
        scale: { type: 'log' },
        title: 'photos',
        axis: { format: '~s', values: [1e4, 1e5, 1e6, 1e7, 1e8, 1e9] },
      },
      y: {
        field: 'hours',
        type: 'quantitative',
        scale: { type: 'log' },
        title: 'hours',
        axis: { values: [0.001, 0.01, 0.1, 1, 10, 100] },
      },
      color: engine,
    },
  } as Parameters<typeof renderChart>[0]);
  const ramp = await renderChart({
    title: 'The first minutes of ten million photos',
    width: 480,
    height: 260,
    data: {
      values: results.firstMinutes.map((point) => ({
        ...point,
        minutes: point.seconds / 60,
        millions: point.photos / 1e6,
      })),
    },
    mark: { type: 'line' },
    encoding: {
      x: { field: 'minutes', type: 'quantitative', title: 'minutes' },
      y: { field: 'millions', type: 'quantitative', title: 'million photos done' },
      color: engine,
    },
  } as Parameters<typeof renderChart>[0]);
  return new Map([
    ['capacity-volumes.svg', volumes],
    ['capacity-ramp.svg', ramp],
  ]);
}

function describeRun(row: CapacityRow | undefined): string {
  return row === undefined ? '' : `${duration(row.seconds)}, $${row.dollarsAMillion.toFixed(2)} a million`;
}

function duration(seconds: number): string {
  if (seconds < 100) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return seconds < 6_000 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1_000).toFixed(0)} ms`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
