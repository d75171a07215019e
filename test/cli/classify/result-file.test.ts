import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { formatOfFile, formats } from '../../../cli/classify/formats.ts';
import { checkHeading, readEarlierFiles } from '../../../cli/classify/read-earlier-files.ts';
import { openResultFile } from '../../../cli/classify/result-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'result-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file of results', () => {
  it('is not written over', () => {
    const path = join(folder, 'taken.csv');
    writeFileSync(path, 'file\n');
    expect(() => openResultFile(path, { resume: false })).toThrow('exists already');
    expect(readFileSync(path, 'utf8')).toBe('file\n');
  });

  it('loses the record that an earlier run was ended in', () => {
    const path = join(folder, 'cut.csv');
    writeFileSync(path, 'file\na.jpg,hat\nb.j');
    const file = openResultFile(path, { resume: true });
    file.write('b.jpg,hat\n');
    file.close();
    expect(file.earlier).toBe('file\na.jpg,hat\n');
    expect(readFileSync(path, 'utf8')).toBe('file\na.jpg,hat\nb.jpg,hat\n');
  });

  it('needs a folder', () => {
    expect(() => openResultFile(join(folder, 'no/such.csv'), { resume: true })).toThrow('cannot be written');
  });
});

describe('readEarlierFiles', () => {
  const names = ['plain.jpg', 'with, comma.jpg', 'with "quotes".jpg', 'with\nline feed.jpg'];
  const error = { code: 'corrupt_photo', message: 'Damaged.', hint: 'Send another.' };

  it.each(['csv', 'jsonl'] as const)('finds every file in what was written as %s', (name) => {
    const labels = ['hat'];
    const rows = names.map((file) => formats[name].row({ file, error }, { top: 3, labels }));
    const text = formats[name].heading(labels) + rows.join('');
    expect([...readEarlierFiles(text, name, 'x')]).toEqual(names);
  });

  it.each([
    ['csv', 'a heading\nwithout columns\n'],
    ['jsonl', 'no JSON\n'],
    ['jsonl', '{"path":"a.jpg"}\n'],
  ] as const)('refuses %s that says %j', (name, text) => {
    expect(() => readEarlierFiles(text, name, 'labels')).toThrow('labels is no output of');
  });

  it("refuses another model's columns", () => {
    const { heading } = formats.csv;
    expect(() => checkHeading(heading(['cat']), heading(['hat']), 'labels.csv')).toThrow("another model's labels");
    expect(() => checkHeading(`${heading(['hat'])}a.jpg,`, heading(['hat']), 'labels.csv')).not.toThrow();
  });
});

it('knows a format by the name of its file', () => {
  expect(['a.CSV', 'b.jsonl', 'c.ndjson'].map(formatOfFile)).toEqual(['csv', 'jsonl', 'jsonl']);
  expect(() => formatOfFile('labels.txt')).toThrow('says no format');
});
