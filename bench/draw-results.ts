import { oneProcessorInMb } from '../facts/lambda.ts';
import type { ByContender, Results } from './results.ts';
import type { Summary } from './summarise.ts';

type Cell = (value: number) => string;

export const asMilliseconds: Cell = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const asMegabytes: Cell = (bytes) => `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;
const asDollars: Cell = (value) => `$${value.toFixed(2)}`;

/** A Markdown table; behind each number, how many times that of the first column it is. */
export function drawTable(
  title: string,
  rows: readonly (readonly [label: string, values: ByContender<number>])[],
  format: Cell,
): string {
  const names = Object.keys(rows[0]?.[1] ?? {});
  const body = rows.map(([label, values]) => {
    const own = values[names[0] ?? ''] ?? Number.NaN;
    const cells = names.map((name, index) => {
      const value = values[name];
      if (value === undefined) return 'refused';
      return index === 0 ? format(value) : `${format(value)} (${(value / own).toFixed(1)}×)`;
    });
    return `| ${label} | ${cells.join(' | ')} |`;
  });
  return [`| ${title} | ${names.join(' | ')} |`, `| --- |${' ---: |'.repeat(names.length)}`, ...body].join('\n');
}

export function mediansOf(summaries: ByContender<Summary>): Record<string, number> {
  return Object.fromEntries(Object.entries(summaries).map(([name, { median }]) => [name, median]));
}

/** Where and how the figures came about, in a sentence or two. */
export function describeMachine({ date, machine, rounds, cold }: Results): string {
  const starts = Object.values(cold)[0]?.count ?? 0;
  const [before, after] = machine.loadAverage;
  return (
    `Measured on ${date} on one ${machine.processor} (${machine.architecture}), pinned to ${machine.pinnedTo}, with a ` +
    `load average of ${before.toFixed(1)} before and ${after.toFixed(1)} after; medians of ${rounds} rounds (of ${starts} for starts), the contenders in turn.`
  );
}

/** One row a contender and one column a photo, as there are many of them. */
function drawOthers({ contenders, warm, memory }: NonNullable<Results['others']>): string[] {
  const photos = Object.keys(warm);
  const rows = Object.entries(memory).map(([name, { peakMb }], index) => {
    const cells = photos.map((photo) => {
      const own = Object.values(warm[photo] ?? {})[0]?.median ?? Number.NaN;
      const time = warm[photo]?.[name]?.median;
      if (time === undefined) return 'refused';
      return index === 0 ? asMilliseconds(time) : `${asMilliseconds(time)} (${(time / own).toFixed(1)}×)`;
    });
    return `| ${[name, ...cells, asMegabytes(peakMb * 1e6)].join(' | ')} |`;
  });
  return [
    'Other ways to serve the shipped model, in turn with this service once more:',
    contenders.map(({ name, note }) => `- **${name}**: ${note}`).join('\n'),
    [
      `| warm | ${photos.join(' | ')} | memory at its highest |`,
      `| --- |${' ---: |'.repeat(photos.length + 1)}`,
      ...rows,
    ].join('\n'),
  ];
}

/** All results as Markdown, with the charts beside it. */
export function drawResults(results: Results): string {
  const { warm, cold, forward, bundle, memory, addedBytes, bills } = results;
  const memories = (key: 'residentMb' | 'peakMb') =>
    Object.fromEntries(Object.entries(memory).map(([name, value]) => [name, value[key] * 1e6]));
  const dollars = (bill: Results['bills'][string]) =>
    Object.fromEntries(Object.entries(bill).map(([name, { dollars: sum }]) => [name, sum]));
  const arithmetic = Object.entries(bills.arm64 ?? {}).map(
    ([name, { lines }]) =>
      `- ${name}: ${lines.map(({ title, how, dollars: amount }) => `${title} ${how} = ${asDollars(amount)}`).join('; ')}`,
  );
  const parts = [
    '# Side by side',
    `${describeMachine(results)} A number in brackets says how many times the first column's it is.`,
    results.contenders.map(({ name, note }) => `- **${name}**: ${note}`).join('\n'),
    drawTable(
      'one photo, warm',
      Object.entries(warm).map(([photo, summaries]) => [photo, mediansOf(summaries)] as const),
      asMilliseconds,
    ),
    '![One photo, warm](warm.svg)',
    drawTable('start', [['process start to first answer', mediansOf(cold)]], asMilliseconds),
    '![Process start to first answer](cold.svg)',
    `The bundle behind a Runtime API is ready after ${asMilliseconds(bundle.ready.median)}; its first event then takes ` +
      `${asMilliseconds(bundle.first.median)} and a later one ${asMilliseconds(bundle.later.median)} ` +
      `(${(bundle.first.median / bundle.later.median).toFixed(2)}×).`,
    drawTable('the shipped model alone', [['one forward pass', mediansOf(forward)]], asMilliseconds),
    '![One forward pass](forward.svg)',
    drawTable(
      'memory',
      [
        ['after all photos', memories('residentMb')],
        ['at its highest', memories('peakMb')],
      ],
      asMegabytes,
    ),
    ...(results.others === undefined ? [] : drawOthers(results.others)),
    drawTable('image', [["added to the language's base image, compressed", addedBytes]], asMegabytes),
    drawTable(
      'a million photos of 0.2 megapixels',
      Object.entries(bills).map(([architecture, bill]) => [architecture, dollars(bill)] as const),
      asDollars,
    ),
    `At ${oneProcessorInMb.toLocaleString('en-US')} MB, through the HTTP API, one call in a hundred cold, without the free tier; on arm64:\n\n${arithmetic.join('\n')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}
