import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

  it.each([
    ['a folder that is missing', 'no/such.csv', 'cannot be written: there is no such file or folder'],
    ['a folder', '.', 'cannot be written: it is a folder'],
    ['a pipe', 'pipe', 'pipe is not a file'],
  ])('is not %s', (_, name, complaint) => {
    if (name === 'pipe') execFileSync('mkfifo', [join(folder, name)]);

    expect(() => openResultFile(join(folder, name), { resume: true })).toThrow(complaint);
    expect(existsSync(join(folder, `${name}.lock`))).toBe(false);
  });

  it('has its heading with its first record, and is gone where none came', () => {
    const path = join(folder, 'begun.csv');
    const empty = openResultFile(path, { resume: false });
    empty.begin('file\n');
    empty.close();
    const wasLeft = existsSync(path);
    const file = openResultFile(path, { resume: false });
    file.begin('file\n');
    file.write('a.jpg\n');
    file.write('b.jpg\n');
    file.close();

    expect(wasLeft).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('file\na.jpg\nb.jpg\n');
  });

  it('keeps what is to be replaced until there is a first record', () => {
    const path = join(folder, 'replaced.csv');
    writeFileSync(path, 'file\nold.jpg\n');
    const told: string[] = [];

    for (const records of [[], ['new.jpg\n']]) {
      const file = openResultFile(path, { resume: false, force: true });
      file.begin('file\n');
      for (const record of records) file.write(record);
      file.close();
      told.push(readFileSync(path, 'utf8'));
    }

    expect(told).toEqual(['file\nold.jpg\n', 'file\nnew.jpg\n']);
  });

  it('is written by one run at a time', () => {
    const path = join(folder, 'shared.csv');
    const file = openResultFile(path, { resume: false });

    expect(() => openResultFile(path, { resume: true })).toThrow(`process ${process.pid} on`);

    file.close();
    openResultFile(path, { resume: true }).close();
  });

  it('keeps whole records where the disk takes no more', () => {
    const path = join(folder, 'full.csv');
    // The shell lets a file grow to 8 blocks of 512 or 1,024 bytes, which fails as a full disk does: in the middle.
    const program = `
      const { openResultFile } = await import(${JSON.stringify(new URL('../../../cli/classify/result-file.ts', import.meta.url).href)});
      const file = openResultFile(${JSON.stringify(path)}, { resume: false });
      try {
        for (;;) file.write('x'.repeat(999) + '\\n');
      } catch (error) {
        console.log(error.message, error.hint);
      }`;

    const said = execFileSync('sh', [
      '-c',
      'ulimit -f 8; exec "$0" "$@"',
      process.execPath,
      '--input-type=module',
      '-e',
      program,
    ]);

    const written = readFileSync(path, 'utf8');

    expect(said.toString()).toContain('full.csv takes no more results: the file would grow past the size');
    expect(said.toString()).toContain('go on with --resume');
    expect(written.length).toBeGreaterThan(0);
    expect(written.length % 1_000).toBe(0);
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
