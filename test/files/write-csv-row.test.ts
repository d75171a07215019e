import { describe, expect, it } from 'vitest';
import { writeCsvRow } from '../../files/write-csv-row.ts';

describe('writeCsvRow', () => {
  it('quotes what RFC 4180 wants quoted', () => {
    expect(writeCsvRow(['plain', 'a,b', 'say "so"', 'two\nlines', ''])).toBe(
      'plain,"a,b","say ""so""","two\nlines",\n',
    );
  });

  it.each([
    ["=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1"],
    ['+1+2', "'+1+2"],
    ['-x', "'-x"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ["'=1", "''=1"],
    ['-1.5e-3', '-1.5e-3'],
    ['+4', '+4'],
    ["'quoted'", "'quoted'"],
    ['a=b', 'a=b'],
  ])('writes %j as %j', (field, written) => {
    expect(writeCsvRow([field])).toBe(`${written}\n`);
    expect(writeCsvRow([field], { raw: true })).toBe(`${field}\n`);
  });

  it('escapes a carriage return and quotes it', () => {
    expect(writeCsvRow(['\r=1'])).toBe('"\'\r=1"\n');
  });
});
