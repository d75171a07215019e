import { writeCsvRow } from '../../../files/write-csv-row.ts';
import type { Entry } from './entry.ts';

/** So many columns of labels a spreadsheet still shows. */
const mostLabelColumns = 100;

/** The answers as CSV, with the columns that `lambda-lens classify` writes; without those of labels where they are many. */
export function toCsv(entries: readonly Entry[], labels: readonly string[]): string {
  const columns = labels.length <= mostLabelColumns ? labels : [];
  const rows = entries.map(({ name, answer, problem }) => {
    const probabilities = new Map(answer?.predictions.map(({ label, probability }) => [label, probability]));
    return [
      name,
      answer?.label ?? '',
      answer?.probability.toFixed(6) ?? '',
      answer?.verdict ?? '',
      problem?.message ?? '',
      ...columns.map((label) => probabilities.get(label)?.toFixed(6) ?? ''),
    ];
  });
  return [['file', 'label', 'probability', 'verdict', 'error', ...columns], ...rows]
    .map((row) => writeCsvRow(row))
    .join('');
}

/** The answers as JSON: a list of what the service answered, or of what went wrong, each with the photo's name. */
export function toJson(entries: readonly Entry[]): string {
  const results = entries.map(({ name, answer, problem }) => ({
    file: name,
    ...(answer ?? { error: problem ?? 'not answered yet' }),
  }));
  return `${JSON.stringify(results, undefined, 2)}\n`;
}
