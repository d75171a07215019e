import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { expandPaths } from '../../../cli/classify/expand-paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'expand-paths-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'more'));
mkdirSync(join(folder, 'none'));
for (const name of ['b.jpg', 'a [1].PNG', 'notes.txt', 'more/c.webp']) writeFileSync(join(folder, name), '');

it.each([
  ['a file', ['b.jpg'], ['b.jpg']],
  ['a missing file', ['missing.jpg'], ['missing.jpg']],
  ['a file whose name looks like a pattern', ['a [1].PNG'], ['a [1].PNG']],
  ['a folder', ['.'], ['a [1].PNG', 'b.jpg', 'more/c.webp']],
  ['a pattern', ['**/*'], ['a [1].PNG', 'b.jpg', 'more/c.webp']],
  ['several, in their order', ['more', '*.{jpg,png}'], ['more/c.webp', 'b.jpg']],
])('takes %s', async (_case, words, files) => {
  const paths = await expandPaths(words.map((word) => join(folder, word)));

  expect(paths).toEqual(files.map((file) => join(folder, file)));
});

it('leaves standard input and addresses as they are, whatever characters they hold', async () => {
  const words = ['-', 'https://example.com/a.jpg?size[]={1}*', 'HTTP://example.com/'];

  expect(await expandPaths(words)).toEqual(words);
});

it.each([
  ['none', 'There are no photos in'],
  ['*.gif', 'No photo matches'],
])('says that %s leads to no photo', async (word, sentence) => {
  await expect(expandPaths([join(folder, word)])).rejects.toThrow(sentence);
});
