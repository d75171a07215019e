import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { openTextChunk, readRawProfile } from '../../../photo/png/text-chunk.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

it.each([
  ['one letter', 'k\0text', 'k'],
  ['79 letters', `${'k'.repeat(79)}\0text`, 'k'.repeat(79)],
  ['80 letters', `${'k'.repeat(80)}\0text`, undefined],
  ['none', '\0text', undefined],
  ['one that does not end', 'text', undefined],
])('a text has a keyword of %s', (_, data, keyword) => {
  expect(openTextChunk('tEXt', latin1(data))?.keyword).toBe(keyword);
});

it('only three chunks are text', () => {
  const isText = (name: string) => openTextChunk(name, latin1('k\0')) !== undefined;

  expect(['tEXt', 'zTXt', 'iTXt', 'tIME', 'text'].map(isText)).toEqual([true, true, true, false, false]);
});

it.each([
  ['as long as it says', '\nexif\n 3\n0a0b\n0c\n', [10, 11, 12]],
  ['longer than it says', '\nexif\n 2\n0a0b\n0c\n', undefined],
  ['empty, as it says', '\nexif\n 0\n\n', undefined],
  ['without a length', 'exif', undefined],
  ['longer than any of use', `\nexif\n 3\n${'\n'.repeat(200_000)}0a0b0c\n`, undefined],
])('a raw profile is %s', (_, text, bytes) => {
  expect(readRawProfile(latin1(text))).toEqual(bytes && Buffer.from(bytes));
});

it('a text is not unpacked that is longer packed than any of use is unpacked', () => {
  const packed = [latin1('k\0\0'), deflateSync(latin1('text')), Buffer.alloc(220_000)];

  const texts = [packed.slice(0, 2), packed].map((parts) => openTextChunk('zTXt', Buffer.concat(parts))?.read());

  expect(texts).toEqual([latin1('text'), undefined]);
});
