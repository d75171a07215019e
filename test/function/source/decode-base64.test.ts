import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBase64 } from '../../../function/source/decode-base64.ts';
import { serviceErrorOf } from '../../helpers/service-error.ts';

it('gives the bytes back that were encoded', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const base64 = Buffer.from(bytes).toString('base64');
      expect(Buffer.from(decodeBase64(base64))).toEqual(Buffer.from(bytes));
    }),
  );
});

it.each([
  ['the URL-safe alphabet', '-_-_', 'URL-safe'],
  ['a line break', 'AAAA\nAAAA', 'white space'],
  ['a space at the end', 'AAAA ', 'white space'],
  ['padding in the middle', 'AA==AAAA', 'padding in it'],
  ['no padding', 'AAA', 'cut short'],
  ['a lone letter', 'AAAAA', 'cut short'],
  ['too much padding', 'AAA==', 'cut short'],
  ['nothing but padding', '====', 'padding in it'],
  ['bits that belong to no byte', 'AB==', 'bits'],
  ['a letter of no alphabet', 'AA!A', 'characters'],
])('refuses %s', async (_case, text, words) => {
  const error = await serviceErrorOf(() => decodeBase64(text));

  expect(error.code).toBe('bad_request');
  expect(error.message).toContain(words);
});
