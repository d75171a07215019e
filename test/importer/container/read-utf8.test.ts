import { expect, it } from 'vitest';
import { readUtf8 } from '../../../importer/container/read-utf8.ts';

const asBytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

it.each([
  ['plain letters', 'dense_1', 'dense_1'],
  ['bytes of UTF-8, one a character', asBytes('größe'), 'größe'],
  ['the last byte there is, which no UTF-8 has', '\u00ff', '\u00ff'],
  ['letters above any byte', '\u0100b', '\u0100b'],
  ['letters above any byte beside bytes', `\u0100${asBytes('ö')}`, `\u0100${asBytes('ö')}`],
])('reads %s', (_what, text, name) => {
  expect(readUtf8(text)).toBe(name);
});
