import { type CsvOptions, writeCsvRow } from '../../files/write-csv-row.ts';
import type { EvaluatedPhoto } from './evaluate-results.ts';

/** One line a photo, a heading first; RFC 4180, lines ended by a line feed. */
export function writeCsv(
  labels: readonly string[],
  photos: readonly EvaluatedPhoto[],
  options: CsvOptions = {},
): string {
  const heading = ['photo', 'label', 'predicted', 'probability', 'verdict', 'unfamiliarity', ...labels];
  const rows = photos.map((photo) => [
    photo.path,
    photo.label ?? '',
    photo.predicted,
    photo.probability.toFixed(6),
    photo.verdict,
    photo.unfamiliarity?.toFixed(4) ?? '',
    ...photo.probabilities.map((probability) => probability.toFixed(6)),
  ]);
  return [heading, ...rows].map((row) => writeCsvRow(row, options)).join('');
}
