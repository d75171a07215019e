import type { Inspection, LayerInspection } from '../importer/inspect-model.ts';
import { showShortName } from './terminal/show-controls.ts';

const longestNameInCharacters = 100;
const columns = ['layer', 'class', 'parameters', 'multiplications', ''] as const;

/** Of a name that has to be cut. */
const shortestNameInCharacters = 10;

/**
 * The table of a model's layers, for people: one line each, then the sums.
 * @param width of the terminal in columns, for which names are cut; undefined for as wide as it comes
 */
export function describeLayers({ layers, parameters, multiplications }: Inspection, width?: number): string {
  const rows = layers.map(toRow);
  const total = ['total', `${layers.length} layers`, count(parameters), count(multiplications), ''];
  const widths = columns.map((title, at) =>
    Math.max(...[columns, ...rows, total].map((row) => row[at]?.length ?? 0), title.length),
  );
  cutNames(widths, width);
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => {
        const room = widths[at] ?? 0;
        if (at < 2) return showShortName(cell, room).padEnd(room);
        return at < 4 ? cell.padStart(room) : cell;
      })
      .join('  ')
      .trimEnd();
  return [
    line(columns),
    line(widths.map((room, at) => '-'.repeat(columns[at] === '' ? 0 : room))),
    ...rows.map(line),
    line(total),
  ].join('\n');
}

/** Takes from the wider of the two columns of names what the table has too much. */
function cutNames(widths: number[], width = Number.POSITIVE_INFINITY): void {
  const [, , parameters = 0, multiplications = 0, remark = 0] = widths;
  const gaps = 2 * (widths.length - 1);
  // A long remark goes on below.
  const room = width - gaps - parameters - multiplications - Math.min(remark, shortestNameInCharacters);
  for (const [at, other] of [
    [0, 1],
    [1, 0],
  ] as const) {
    const share = Math.max(room - (widths[other] ?? 0), Math.floor(room / 2), shortestNameInCharacters);
    widths[at] = Math.min(widths[at] ?? 0, share);
  }
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
