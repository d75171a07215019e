import { expect, it } from 'vitest';
import { prefersJson } from '../../../function/http/prefers-json.ts';

it.each([
  [undefined, false],
  ['', false],
  ['*/*', false],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', false],
  ['application/json', true],
  ['Application/JSON', true],
  ['application/json, text/html', false],
  ['application/json, */*;q=0.5', true],
  ['text/html;q=0.4, application/*;q=0.7', true],
  ['application/json;q=0', false],
  ['application/json;q=nonsense', false],
])('reads %s as %s', (accept, expected) => {
  expect(prefersJson(accept)).toBe(expected);
});
