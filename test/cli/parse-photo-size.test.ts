import { expect, it } from 'vitest';
import { parsePhotoSize } from '../../cli/parse-photo-size.ts';

it.each([
  ['224x160', { width: 224, height: 160 }],
  ['1X9999', { width: 1, height: 9999 }],
])('reads %s, width first', (text, size) => {
  expect(parsePhotoSize(text)).toEqual(size);
});

it.each(['224', '224x', 'x224', '0x224', '224x0', '12345x1', '-1x1', '1x1x1', ''])('refuses "%s"', (text) => {
  expect(() => parsePhotoSize(text)).toThrow('Give width x height in pixels, such as 224x224.');
});
