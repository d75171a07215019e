import { expect, it } from 'vitest';
import { describeSize } from '../../cli/describe-size.ts';

it.each([
  [312, '1 kB'],
  [48_300, '49 kB'],
  [1_000_000, '1.0 MB'],
  [13_540_000, '13.5 MB'],
])('%i bytes read %j', (bytes, words) => {
  expect(describeSize(bytes)).toBe(words);
});
