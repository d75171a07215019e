import type { Results } from './run.ts';
import type { Summary } from './summarise.ts';

const ratio = (peer: number, own: number) => `${(peer / own).toFixed(1)}×`;

function timesTable(title: string, rows: readonly (readonly [string, Readonly<Record<string, Summary>>])[]): string {
  const names = Object.keys(rows[0]?.[1] ?? {});
  const [own] = names;
  const header = `| ${title} | ${names.join(' | ')} |\n| --- |${' ---: |'.repeat(names.length)}\n`;
  const body = rows.map(([label, times]) => {
    const base = (own === undefined ? undefined : times[own])?.median ?? Number.NaN;
    const cells = names.map((name) => {
      const median = times[name]?.median ?? Number.NaN;
      return name === own ? `${median.toFixed(0)} ms` : `${median.toFixed(0)} ms (${ratio(median, base)})`;
    });
    return `| ${label} | ${cells.join(' | ')} |`;
  });
  return header + body.join('\n');
}

/** The results as Markdown: medians, and in brackets how many times ours each peer takes. */
export function drawResults(results: Results): string {
  const { machine, warm, cold, memory } = results;
  const memoryRows = Object.entries(memory).map(
    ([name, { residentMb, peakMb }]) => `| ${name} | ${residentMb.toFixed(0)} MB | ${peakMb.toFixed(0)} MB |`,
  );
  return `Measured ${results.date} on ${machine.processor} (${machine.architecture}), pinned to ${machine.pinnedTo}; medians of ${results.rounds} requests, contenders in turn.

${timesTable('one photo, warm', Object.entries(warm))}

${timesTable('process start', [['to the first answer', cold]])}

| memory | resident | peak |
| --- | ---: | ---: |
${memoryRows.join('\n')}
`;
}
