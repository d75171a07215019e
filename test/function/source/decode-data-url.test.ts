import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeDataUrl } from '../../../function/source/decode-data-url.ts';
import { serviceErrorOf } from '../../helpers/service-error.ts';

const toEscape = (byte: number) => `%${byte.toString(16).padStart(2, '0')}`;

it('gives the bytes back that were encoded, in either way', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (array) => {
      const bytes = Buffer.from(array);
      const base64 = bytes.toString('base64');
      expect(decodeDataUrl(`data:image/jpeg;base64,${base64}`)).toEqual(bytes);
      expect(decodeDataUrl(`data:image/jpeg;base64,${encodeURIComponent(base64)}`)).toEqual(bytes);
      expect(decodeDataUrl(`data:image/jpeg,${[...bytes].map(toEscape).join('')}`)).toEqual(bytes);
    }),
  );
});

it.each([
  ['DATA:image/png;BASE64,AAAA', '\0\0\0'],
  ['data:;base64,AAAA', '\0\0\0'],
  ['data:image/png;name=a.png; base64,AAAA', '\0\0\0'],
  ['data:,100%', '100%'],
  ['data:,%4', '%4'],
  ['data:,%zz%41', '%zzA'],
  ['data:,a,b', 'a,b'],
])('reads %s', (url, text) => {
  expect(Buffer.from(decodeDataUrl(url)).toString('latin1')).toBe(text);
});

it.each([
  ['no comma', 'data:image/jpeg;base64', 'no comma'],
  ['broken base64', 'data:image/jpeg;base64,AA!A', 'characters'],
  ['base64 that is broken once its escapes are undone', 'data:image/jpeg;base64,AA%3DA', 'padding'],
])('refuses one with %s', async (_case, url, words) => {
  const error = await serviceErrorOf(() => decodeDataUrl(url));

  expect(error.code).toBe('bad_request');
  expect(error.message).toContain(words);
});
