import { describe, expect, it } from 'vitest';
import { readCsvRows } from '../../files/read-csv-rows.ts';

describe('the rows of a CSV', () => {
  it.each<[string, string, readonly (readonly string[])[]]>([
    ['none', '', []],
    ['one without an end', 'a,b', [['a', 'b']]],
    [
      'two',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['with carriage returns', 'a\r\nb\r\n', [['a'], ['b']]],
    ['with empty ones between', 'a\n\n\nb', [['a'], ['b']]],
    ['with empty fields', ',a,\n', [['', 'a', '']]],
    ['with commas, line feeds and quotation marks in a field', '"a,b","c\nd","e""f"\n', [['a,b', 'c\nd', 'e"f']]],
  ])('are read: %s', (_what, text, rows) => {
    expect([...readCsvRows(text)]).toEqual(rows);
  });
});
