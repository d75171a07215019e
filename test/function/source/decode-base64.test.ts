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

it('takes no text but the one that the bytes are written as', () => {
  const letters = [...'ABwxyz059+/=-_ \n\u0141\u00e9'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...letters), { maxLength: 12 }), (text) => {
      const base64 = text.join('');
      const isOne = Buffer.from(base64, 'base64').toString('base64') === base64;
      if (isOne) expect(() => decodeBase64(base64)).not.toThrow();
      else expect(() => decodeBase64(base64)).toThrow();
    }),
    { numRuns: 2_000 },
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
  ['a letter beyond Latin 1 whose low byte is an A', 'A\u0141AA', 'characters'],
  ['a letter of Latin 1', 'AAA\u00c1', 'characters'],
  ['one letter of the URL-safe alphabet in a long text', `${'A'.repeat(4_000)}A_AA`, 'URL-safe'],
  ['padding in the middle of a text of the right length', 'AA==AA==', 'padding in it'],
  ['a zero byte', 'AAA\0', 'characters'],
])('refuses %s', async (_case, text, words) => {
  const error = await serviceErrorOf(() => decodeBase64(text));

  expect(error.code).toBe('bad_request');
  expect(error.message).toContain(words);
});
