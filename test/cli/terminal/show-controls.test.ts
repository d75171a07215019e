import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { showJson, showName, showShortName, showText } from '../../../cli/terminal/show-controls.ts';

describe('showName', () => {
  it.each([
    ['\x1b[2Jhat', '\\x1b[2Jhat'],
    ['hat\r\n\tcap', 'hat\\x0d\\n\\tcap'],
    ['\x9b31mred\x7f', '\\x9b31mred\\x7f'],
    ['gpj.\u202etxt', 'gpj.\\u202etxt'],
    ['\u2028\u2066\ufeff', '\\u2028\\u2066\\ufeff'],
    ['half \ud800', 'half \\ud800'],
    ['Übergröße 帽子 קסדה 👒', 'Übergröße 帽子 קסדה 👒'],
  ])('shows %j as %j', (name, shown) => {
    expect(showName(name)).toBe(shown);
  });
});

it('cuts a name to the place that there is', () => {
  expect(showShortName('t-shirt', 7)).toBe('t-shirt');
  expect(showShortName('t-\nshirt', 7)).toBe('t-\\nsh…');
});

it('keeps the lines of a text', () => {
  expect(showText('one\n\ttwo\x1b[m\n')).toBe('one\n\ttwo\\x1b[m\n');
});

it('writes JSON of the same value without what a terminal obeys', () => {
  const value = { name: '\x1b\x9b\u202e\n', list: ['帽子'] };

  const shown = showJson(value, 2);

  expect(JSON.parse(shown)).toEqual(value);
  expect(shown).not.toMatch(/[\x9b\u202e]/);
});

it('is on the way of everything that a command prints', () => {
  const folder = new URL('../../../cli/', import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

  const loud = sources.filter((name) =>
    /console\.\w|process\.std(out|err)\.write/.test(readFileSync(new URL(name, folder), 'utf8')),
  );

  expect(loud).toEqual(['terminal/print.ts']);
});
