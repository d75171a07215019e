import { expect, it } from 'vitest';
import { compareNames } from '../../files/compare-names.ts';

it('orders names by their code units', () => {
  const names = ['b', 'ä', 'a', 'B', 'a', '10', '9'].map((name) => ({ name }));

  expect(names.sort(compareNames).map(({ name }) => name)).toEqual(['10', '9', 'B', 'a', 'a', 'b', 'ä']);
  expect([compareNames({ name: 'a' }, { name: 'b' }), compareNames({ name: 'a' }, { name: 'a' })]).toEqual([-1, 0]);
});
