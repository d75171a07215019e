import { expect, it } from 'vitest';
import { isNoneKey, keyOf, positionOf } from '../../../../cli/review/client/keys.ts';

it.each([
  [0, '1'],
  [8, '9'],
  [9, 'a'],
  [34, 'z'],
  [35, undefined],
])('gives the label at %i the key %s', (position, key) => {
  expect(keyOf(position)).toBe(key);
});

it.each([
  ['a digit', { key: '1', code: 'Digit1' }, 0],
  ['a digit beside', { key: '3', code: 'Numpad3' }, 2],
  ['a digit under a sign, as on a French keyboard', { key: '&', code: 'Digit1' }, 0],
  ['a letter', { key: 'b', code: 'KeyB' }, 10],
  ['a capital letter', { key: 'B', code: 'KeyB' }, 10],
  ['a letter where it stands on a French keyboard', { key: 'a', code: 'KeyQ' }, 9],
  ['a Greek letter', { key: 'β', code: 'KeyB' }, 10],
  ['a sign', { key: '.', code: 'Period' }, undefined],
  ['a letter that stands where no Latin one does', { key: 'ж', code: 'Semicolon' }, undefined],
  ['another key', { key: 'Enter', code: 'Enter' }, undefined],
  ['the key of none of them', { key: '0', code: 'Digit0' }, undefined],
])('reads %s', (_what, pressed, position) => {
  expect(positionOf(pressed)).toBe(position);
});

it('knows the key of none of these', () => {
  expect(isNoneKey({ key: '0', code: 'Digit0' })).toBe(true);
  expect(isNoneKey({ key: 'à', code: 'Digit0' })).toBe(true);
  expect(isNoneKey({ key: 'o', code: 'KeyO' })).toBe(false);
});
