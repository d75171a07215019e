import { closeSync, openSync, writeSync } from 'node:fs';
import type { ResultRecord } from '../../facts/batch-records.ts';
import { writeCsvRow } from '../../files/write-csv-row.ts';

export const resultFormats = ['csv', 'jsonl', 'parquet'] as const;
export type ResultFormat = (typeof resultFormats)[number];

/** A file that takes records one by one; whole once it is closed. */
export interface RecordWriter {
  write(record: ResultRecord): void;
  close(): void | Promise<void>;
}

type Cell = string | number | null;

const columns: Readonly<Record<string, (record: ResultRecord) => Cell>> = {
  id: ({ id }) => id,
  bucket: ({ bucket }) => bucket,
  key: ({ key }) => key,
  label: (record) => ('error' in record ? null : record.label),
  probability: (record) => ('error' in record ? null : record.probability),
  verdict: (record) => ('error' in record ? null : record.verdict),
  error: (record) => ('error' in record ? record.error.code : null),
  message: (record) => ('error' in record ? record.error.message : null),
  width: (record) => ('error' in record ? null : record.photo.width),
  height: (record) => ('error' in record ? null : record.photo.height),
  sizeInBytes: (record) => ('error' in record ? null : record.sizeInBytes),
  model: ({ modelVersion }) => modelVersion,
};
const names = Object.keys(columns);

/** @param path a new file, or one that may be replaced */
export async function openRecordWriter(path: string, format: ResultFormat): Promise<RecordWriter> {
  if (format === 'parquet') return openParquet(path);
  const file = openSync(path, 'w');
  const write = (text: string) => void writeSync(file, text);
  if (format === 'csv') write(writeCsvRow(names));
  return {
    write: (record) =>
      write(
        format === 'jsonl'
          ? `${JSON.stringify(record)}\n`
          : writeCsvRow(names.map((name) => String(columns[name]?.(record) ?? ''))),
      ),
    close: () => closeSync(file),
  };
}

const rowsInGroup = 100_000;
const typeOf: Readonly<Record<string, 'DOUBLE' | 'INT32'>> = {
  probability: 'DOUBLE',
  width: 'INT32',
  height: 'INT32',
  sizeInBytes: 'INT32',
};

/** Rows are written by the group, so that a file of millions takes no more memory than one of a hundred thousand. */
async function openParquet(path: string): Promise<RecordWriter> {
  const { fileWriter, ParquetWriter } = await import('hyparquet-writer');
  const schema = [
    { name: 'root', num_children: names.length },
    ...names.map((name) => {
      const type = typeOf[name];
      const repetition_type = 'OPTIONAL' as const;
      return type === undefined
        ? { name, repetition_type, type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const }
        : { name, repetition_type, type };
    }),
  ];
  const parquet = new ParquetWriter({ writer: fileWriter(path), schema });
  let rows: Cell[][] = [];
  const flush = () => {
    if (rows.length === 0) return;
    const columnData = names.map((name, index) => ({ name, data: rows.map((row) => row[index]) }));
    parquet.write({ columnData });
    rows = [];
  };
  return {
    write(record) {
      rows.push(names.map((name) => columns[name]?.(record) ?? null));
      if (rows.length === rowsInGroup) flush();
    },
    async close() {
      flush();
      await parquet.finish();
    },
  };
}
