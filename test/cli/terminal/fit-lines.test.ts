import { expect, it } from 'vitest';
import { columnsOf, fitLines } from '../../../cli/terminal/fit-lines.ts';

it.each([
  ['words', 'one two three four', 9, 'one two\nthree\nfour'],
  ['an indented line', '  one two three', 9, '  one two\n  three'],
  [
    'the last column of a table',
    'Pixels   a word that is too long to stand',
    30,
    'Pixels   a word that is too\n         long to stand',
  ],
  ['a table without room for it', 'a       b       c d e f g h i j', 24, 'a       b       c d e f\n    g h i j'],
  ['an advice', '   -> one two three', 12, '   -> one\n      two\n      three'],
  ['a line of the shell', '  npx lambda-lens serve --model a', 24, '  npx lambda-lens \\\n      serve --model a'],
  ['an address', 'see https://example.org/a-page yes', 12, 'see\nhttps://example.org/a-page\nyes'],
  ['several lines', 'one two\n\nthree four', 8, 'one two\n\nthree\nfour'],
  ['colours', '\x1b[31mone two\x1b[39m three', 8, '\x1b[31mone two\x1b[39m\nthree'],
  ['letters of two columns', '帽子 帽子 帽子', 10, '帽子 帽子\n帽子'],
])('breaks %s', (_case, text, columns, fitted) => {
  expect(fitLines(text, columns)).toBe(fitted);
});

it('leaves a text alone that has room, or no terminal', () => {
  const table = 'a    b\n  c  d';

  expect(fitLines(table, 6)).toBe(table);
  expect(fitLines(table, undefined)).toBe(table);
});

it('counts the columns that a terminal takes', () => {
  expect(['hat', '帽子', 'é', '\x1b[1mhat\x1b[22m', '✓'].map(columnsOf)).toEqual([3, 4, 1, 3, 1]);
});
