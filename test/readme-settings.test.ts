import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { definitions } from '../infra/settings.ts';

test('names every setting of the stack in the README, in order, with its default', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| `(\w+)` \| (?:`([^`]*)`|[a-z ]+) \|/gm)];
  const described = rows.filter(([, key]) => key !== undefined && key in definitions);
  expect(described.map(([, key]) => key)).toEqual(Object.keys(definitions));
  for (const [, key, text] of described) {
    const { default: value, read } = definitions[key as keyof typeof definitions];
    if (key !== 'modelDirectory' && text !== undefined) expect(read(text), key).toEqual(value);
  }
});
