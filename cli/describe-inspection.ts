import type { Inspection, LayerInspection } from '../importer/inspect-model.ts';
import { showShortName } from './terminal/show-controls.ts';

const longestNameInCharacters = 100;
const columns = ['layer', 'class', 'parameters', 'multiplications', ''] as const;

/** The table of a model's layers, for people: one line each, then the sums. */
export function describeLayers({ layers, parameters, multiplications }: Inspection): string {
  const rows = layers.map(toRow);
  const total = ['total', `${layers.length} layers`, count(parameters), count(multiplications), ''];
  const widths = columns.map((title, at) =>
    Math.max(...[columns, ...rows, total].map((row) => row[at]?.length ?? 0), title.length),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (at === 2 || at === 3 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line), line(total)].join('\n');
}

function toRow({ place, className, parameters, multiplications, fate, problem }: LayerInspection): string[] {
  const remark = {
    computed: '',
    folded: 'folded',
    unsupported: `NOT SUPPORTED${problem ? `: ${showShortName(problem, longestNameInCharacters)}` : ''}`,
    unknown: '',
  }[fate];
  return [
    showShortName(place, longestNameInCharacters),
    showShortName(className, longestNameInCharacters),
    parameters === 0 ? '' : count(parameters),
    multiplications === 0 ? '' : count(multiplications),
    remark,
  ];
}

/** 12,345,678 as 12.3 M. */
export function count(value: number): string {
  const [unit, divisor] = value >= 1e9 ? ['G', 1e9] : value >= 1e6 ? ['M', 1e6] : value >= 1e4 ? ['k', 1e3] : ['', 1];
  return divisor === 1 ? String(value) : `${(value / divisor).toPrecision(3)} ${unit}`;
}
