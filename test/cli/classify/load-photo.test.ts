import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadPhoto } from '../../../cli/classify/load-photo.ts';
import { FileError } from '../../../files/file-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'load-photo-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'photo.jpg');
writeFileSync(file, 'of the file');

async function load(word: string, input: string | undefined = 'of standard input'): Promise<string> {
  const { signal } = new AbortController();
  const standardInput = input === '' ? undefined : Buffer.from(input);
  const bytes = await loadPhoto(word, { fetchPhoto: async (url) => Buffer.from(`of ${url}`), standardInput, signal });
  return Buffer.from(bytes).toString();
}

it.each([
  ['https://example.com/a.jpg', 'of https://example.com/a.jpg'],
  ['-', 'of standard input'],
  [file, 'of the file'],
])('reads %s from its place', async (word, text) => {
  expect(await load(word)).toBe(text);
});

it('takes - for a file where standard input was not asked for', async () => {
  await expect(load('-', '')).rejects.toThrow(FileError);
});
