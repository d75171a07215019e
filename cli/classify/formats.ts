import { extname } from 'node:path';
import type { ResultRecord } from '../../facts/batch-records.ts';
import { type CsvOptions, writeCsvRow } from '../../files/write-csv-row.ts';
import { CliError } from '../cli-error.ts';
import { describeAnswer } from '../describe-answer.ts';
import type { Printable } from '../terminal/styled-text.ts';
import type { FileResult } from './messages.ts';

export const formatNames = ['table', 'csv', 'jsonl'] as const;
export type FormatName = (typeof formatNames)[number];

interface RowOptions extends CsvOptions {
  readonly top: number;
  readonly labels: readonly string[];
}

/** How results are written down: text that ends in a line feed, or nothing. */
export interface Format {
  heading(labels: readonly string[], options?: CsvOptions): string;
  /** `top`: how many labels at most, where the format does not list them all. */
  row(result: FileResult, options: RowOptions): Printable;
}

export const formats: Readonly<Record<FormatName, Format>> = {
  // What is wrong with a file goes to standard error.
  table: {
    heading: () => '',
    row: (result, { top }) => {
      if ('error' in result) return '';
      const { predictions } = result.answer;
      return [...describeAnswer(result.file, { ...result.answer, predictions: predictions.slice(0, top) }), '\n'];
    },
  },
  csv: {
    heading: (labels, options) => writeCsvRow(['file', 'label', 'probability', 'verdict', 'error', ...labels], options),
    row: (result, { labels, ...options }) => {
      if ('error' in result) {
        return writeCsvRow([result.file, '', '', '', result.error.code, ...labels.map(() => '')], options);
      }
      const { label, probability, verdict, predictions } = result.answer;
      const byLabel = new Map(predictions.map((prediction) => [prediction.label, prediction.probability]));
      const columns = labels.map((name) => (byLabel.get(name) ?? 0).toFixed(6));
      return writeCsvRow([result.file, label, probability.toFixed(6), verdict, '', ...columns], options);
    },
  },
  jsonl: {
    heading: () => '',
    row: (result, { top }) => {
      const { file, record } = result;
      if (record !== undefined) return `${JSON.stringify(withTop(record, top))}\n`;
      if ('error' in result) return `${JSON.stringify({ file, error: result.error })}\n`;
      const { answer, content } = result;
      return `${JSON.stringify({ file, ...content, ...answer, predictions: answer.predictions.slice(0, top) })}\n`;
    },
  },
};

function withTop(record: ResultRecord, top: number): ResultRecord {
  return 'error' in record ? record : { ...record, predictions: record.predictions.slice(0, top) };
}

/** The format that a file's name asks for. */
export function formatOfFile(path: string): FormatName {
  const extension = extname(path).toLowerCase();
  if (extension === '.csv') return 'csv';
  if (extension === '.jsonl' || extension === '.ndjson') return 'jsonl';
  throw new CliError(`The name ${path} says no format.`, 'Let it end in .csv or .jsonl, or give --format.');
}
