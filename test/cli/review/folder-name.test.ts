import { expect, it } from 'vitest';
import { explainFolderName, foldName } from '../../../cli/review/folder-name.ts';

it.each([
  'hat',
  't-shirt',
  'blue hat',
  'Hüte & Mützen',
  'שמלה',
  '帽子',
  '100 %',
  "men's",
  '+1',
  '=1',
])('takes %s for a label', (name) => {
  expect(explainFolderName(name)).toBeUndefined();
});

it.each([
  ['', /empty/],
  ['  ', /empty/],
  [' hat', /space/],
  ['..', /dot/],
  ['.git', /dot/],
  ['hat.', /dot/],
  ['../hat', /dot/],
  ['a/../../b', /holds one of/],
  ['a\\b', /holds one of/],
  ['C:hat', /holds one of/],
  ['hat\0.jpg', /not to be seen/],
  ['hat\n', /space/],
  ['a\u202ehat', /not to be seen/],
  ['\ud800', /not to be seen/],
  ['NUL', /Windows/],
  ['com1.hat', /Windows/],
  ['ü'.repeat(61), /longer than 120 bytes/],
])('refuses %j', (name, complaint) => {
  expect(explainFolderName(name)).toMatch(complaint);
});

it('takes names for one that some system would put into one folder', () => {
  expect(foldName('Hu\u0308te')).toBe(foldName('hüte'));
  expect(foldName('hat')).not.toBe(foldName('hats'));
});
