import { describe, expect, it } from 'vitest';
import { parseJson } from '../../files/parse-json.ts';

const nested = (depth: number) => `${'['.repeat(depth)}1${']'.repeat(depth)}`;

describe('parseJson', () => {
  it.each([
    '{"a":[1,{"b":"[[[{{{"}]}',
    '["a \\"[[ quoted\\\\", "\\\\\\"["]',
    '"text"',
    nested(512),
  ])('parses as JSON.parse does: %j', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('counts what is open, not what there was', () => {
    const wide = `[${Array.from({ length: 2_000 }, () => '[{}]').join(',')}]`;

    expect(parseJson(wide)).toHaveLength(2_000);
  });

  it.each([
    nested(513),
    `["\\\\",${nested(512)}]`,
    '{"a":'.repeat(5_000_000),
  ])('refuses what is nested deeper', (text) => {
    expect(() => parseJson(text)).toThrow('nested more than 512 deep');
  });

  it('leaves short texts to the parser where it is told so', () => {
    expect(() => parseJson(nested(513), 2_000)).not.toThrow();
    expect(() => parseJson(nested(513), 1_027)).toThrow(SyntaxError);
  });

  it.each(['', '["', '["\\', '{'])('refuses %j as JSON.parse does', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });
});
