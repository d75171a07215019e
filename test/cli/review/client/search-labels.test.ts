import { expect, it } from 'vitest';
import { searchLabels } from '../../../../cli/review/client/search-labels.ts';

const names = ['hat', 'Hüte', 'sun hat', 'shoes'];

it.each([
  ['', names, undefined, undefined],
  ['  ', names, undefined, undefined],
  ['HAT', ['hat', 'sun hat'], 'hat', undefined],
  ['sun', ['sun hat'], 'sun hat', 'sun'],
  ['hu\u0308te', ['Hüte'], 'Hüte', undefined],
  [' boots ', [], undefined, 'boots'],
])('finds for %j', (text, fitting, first, addable) => {
  expect(searchLabels(names, text)).toEqual({ names: new Set(fitting), first, addable });
});

it('takes the label of the very name before one that comes first', () => {
  expect(searchLabels(['hats', 'hat'], 'hat').first).toBe('hat');
});
