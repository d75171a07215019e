import { describe, expect, it } from 'vitest';
import { listOf, mapOf, oneOf, onOrOff, positiveNumber, share, text, wholeNumber } from '../../facts/setting-kinds.ts';

const none = undefined;

describe('a whole number', () => {
  const kind = wholeNumber(2, 1_000, 'ms');

  it.each([
    ['2', 2],
    [' 1000 ', 1_000],
    ['002', 2],
    ['1', none],
    ['1001', none],
    ['2.5', none],
    ['-2', none],
    ['1e2', none],
    ['', none],
    ['two', none],
  ])('is read from its least to its most: %j', (written, value) => {
    expect(kind.parse(written)).toBe(value);
  });

  it('says what it may be, and is no longer than fifteen digits', () => {
    const large = wholeNumber(0, Number.MAX_SAFE_INTEGER);

    expect(kind).toMatchObject({ allowed: 'a whole number from 2 to 1000', minimum: 2, maximum: 1_000, unit: 'ms' });
    expect(large).not.toHaveProperty('unit');
    expect([large.parse('9'.repeat(15)), large.parse('9'.repeat(16))]).toEqual([999_999_999_999_999, none]);
    expect([kind.accepts(2), kind.accepts(2.5), kind.accepts('2')]).toEqual([true, false, false]);
  });
});

describe('a number above 0', () => {
  const kind = positiveNumber(100, '%');

  it.each([
    ['0.000000001', 1e-9],
    ['100', 100],
    ['0', none],
    ['0.0', none],
    ['100.000000001', none],
    ['0.0000000001', none],
    ['.5', none],
    ['-1', none],
  ])('is read up to its most: %j', (written, value) => {
    expect(kind.parse(written)).toBe(value);
  });

  it('says what it may be', () => {
    expect(kind).toMatchObject({ allowed: 'a number above 0, at most 100', unit: '%' });
    expect(positiveNumber(1)).not.toHaveProperty('unit');
  });
});

it.each([
  ['0', 0],
  ['1', 1],
  ['0.25', 0.25],
  ['1.1', none],
  ['2', none],
  ['-0.1', none],
])('a share is from nothing to all: %j', (written, value) => {
  expect(share().parse(written)).toBe(value);
});

it('one of some values is one of them alone, and a bare off is what YAML reads as false', () => {
  const kind = oneOf('iam', 'public', 'off');

  expect(['iam', ' public', 'off', 'false', 'no', ''].map((one) => kind.parse(one))).toEqual([
    'iam',
    'public',
    'off',
    'off',
    none,
    none,
  ]);
  expect(oneOf('iam', 'on').parse('false')).toBeUndefined();
  expect(kind.allowed).toBe('iam, public or off');
  expect([oneOf(1, 7).parse('7'), oneOf(1, 7).accepts('7')]).toEqual([7, false]);
});

it('on and off are true and false as well', () => {
  const kind = onOrOff();

  expect(['on', 'true', 'off', 'false', 'yes', ''].map((one) => kind.parse(one))).toEqual([
    true,
    true,
    false,
    false,
    none,
    none,
  ]);
  expect([kind.print(true), kind.print(false)]).toEqual(['on', 'off']);
});

it('a text is what is not blank, and good', () => {
  const kind = text('a word', (word) => word.length < 4);

  expect([kind.parse(' abc '), kind.parse('abcd'), kind.parse('  '), text('any').parse('a b')]).toEqual([
    'abc',
    none,
    none,
    'a b',
  ]);
});

it('a list is separated by commas, or JSON, and has no empty entry', () => {
  const kind = listOf('words', (words) => words.length < 3);

  expect(['a, b', '["a"]', 'a', 'a,', ',', 'a,b,c', '[1]', '{"a":"b"}'].map((one) => kind.parse(one))).toEqual([
    ['a', 'b'],
    ['a'],
    ['a'],
    none,
    none,
    none,
    none,
    none,
  ]);
  expect([kind.allowed, kind.print(['a', 'b'])]).toEqual(['words, separated by commas', 'a,b']);
});

it('a map is JSON of names and texts', () => {
  const kind = mapOf('names', (entries) => entries.every(([name]) => name !== 'no'));

  expect(['{"a":"b"}', '{}', '{"a":1}', '{"no":"b"}', '["a"]', 'null', 'a'].map((one) => kind.parse(one))).toEqual([
    { a: 'b' },
    {},
    none,
    none,
    none,
    none,
    none,
  ]);
  expect(kind.print({ a: 'b' })).toBe('{"a":"b"}');
});
