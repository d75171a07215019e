import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import { ExampleChooser } from '../../../cli/bulk/choose-examples.ts';
import { drawRunSheet } from '../../../cli/bulk/draw-run-sheet.ts';
import type { RunRecord } from '../../../cli/bulk/run-record.ts';
import { RunCounter } from '../../../cli/bulk/run-totals.ts';
import { openRecordWriter, type ResultFormat } from '../../../cli/bulk/write-run-results.ts';
import { answered, failed } from './store-in-memory.ts';

const records = [answered(1, { key: '=new/1,a.jpg' }), answered(2), failed(3)];

async function write(format: ResultFormat): Promise<Buffer> {
  const path = join(mkdtempSync(join(tmpdir(), 'bulk-')), 'results');
  const writer = await openRecordWriter(path, format);
  for (const record of records) writer.write(record);
  await writer.close();
  return readFileSync(path);
}

it('writes results as CSV that no spreadsheet runs', async () => {
  const [heading, first, , third] = (await write('csv')).toString().split('\n');

  expect(heading).toBe('id,bucket,key,label,probability,verdict,error,message,width,height,sizeInBytes,model');
  expect(first).toContain(`,shop,"'=new/1,a.jpg",shirt,0.501,confident,,,400,300,1000,`);
  expect(third).toContain(',shop,new/3.jpg,,,,corrupt_photo,It is damaged.,,,,');
});

it('writes results as JSON Lines, each as it was', async () => {
  const lines = (await write('jsonl')).toString().trim().split('\n');

  expect(lines.map((line) => JSON.parse(line))).toEqual(records);
});

it('writes results as Parquet that others read', async () => {
  const { buffer, byteOffset, length } = await write('parquet');

  const rows = await parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer });

  expect(rows).toMatchObject([
    { key: '=new/1,a.jpg', label: 'shirt', probability: 0.501, width: 400, error: null },
    { key: 'new/2.jpg', label: 'dress' },
    { key: 'new/3.jpg', label: null, probability: null, error: 'corrupt_photo' },
  ]);
});

it('chooses examples of each label, the least sure first, and what failed', () => {
  const chooser = new ExampleChooser(() => 0.999);
  chooser.add(answered(500, { verdict: 'unfamiliar' }));
  for (let id = 100; id > 0; id--) chooser.add(id % 10 === 0 ? failed(id) : answered(id));

  const sections = chooser.sections;

  expect(sections.map(({ title, records: chosen }) => [title, chosen.length])).toEqual([
    ['dress: 41', 6],
    ['shirt: 50', 6],
    ['Least sure of', 24],
    ['Unfamiliar: 1', 1],
    ['Failed', 10],
  ]);
  expect(sections[2]?.records.map(({ id }) => Number(id.slice(0, 4))).slice(0, 3)).toEqual([1, 2, 3]);
});

it('draws a page that asks nothing of the web and shows names as they are', async () => {
  const [chooser, counter] = [new ExampleChooser(), new RunCounter()];
  for (const record of [answered(2, { key: '<b>.jpg' }), failed(3)]) {
    chooser.add(record);
    counter.add(record);
  }
  const run = { source: 's3://shop/new/' } as RunRecord;

  const html = await drawRunSheet(run, counter.totals, chooser, async ({ id }) =>
    id.startsWith('0002') ? 'data:image/jpeg;base64,AA==' : undefined,
  );

  expect(html).toContain("default-src 'none'");
  expect(html).toContain('<h1>2 photos of s3://shop/new/</h1>');
  expect(html).toContain('<img src="data:image/jpeg;base64,AA=="');
  expect(html).toContain('&lt;b&gt;.jpg');
  expect(html).not.toContain('<b>');
  expect(html).not.toMatch(/https?:/);
});
