import { describe, expect, it } from 'vitest';
import { EntropyWindow } from '../../../../photo/jpeg/entropy/entropy-window.ts';
import { bitsAt } from '../../../../photo/jpeg/kernels/plain-bits.ts';
import { photoErrorOf } from '../../../helpers/photo-error.ts';

const end = [0xff, 0xd9];
const open = (bytes: readonly number[], start = 0) => new EntropyWindow(Uint8Array.from(bytes), start, 1);
const messageOf = async (work: () => unknown) => (await photoErrorOf(work)).message;

/** All bytes until the window says that it has no more, asked for as a decoder asks: where the position is past `checkAt`. */
function readAll(window: EntropyWindow, count: number): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < count; at++) {
    if (window.bitPosition > window.checkAt) window.ensure();
    bytes.push(bitsAt(window, window.bitPosition) >>> 24);
    window.bitPosition += 8;
  }
  return bytes;
}

describe('what an EntropyWindow lays out', () => {
  it('begins at its start, leaves out stuffed bytes, and ends in zeros', () => {
    const window = open([9, 9, 1, 0xff, 0, 2, 0xff, 0xff, 0, 3, ...end, 7], 2);

    expect(readAll(window, 4)).toEqual([1, 0xff, 2, 0xff]);
    expect(readAll(window, 1)).toEqual([3]);
    expect(bitsAt(window, 40)).toBe(0);
    // A unit of one block and what a look ahead takes.
    expect(window.view.byteLength).toBe(13 + 256 + 16 - 2);
  });

  it('is all of a scan far longer than its window, in order', () => {
    const source = Uint8Array.from({ length: 200_000 }, (_, at) => (at * 7 + (at >> 8)) % 251);
    // Stuffed ones at places that divide by nothing else.
    for (let at = 1_000; at < source.length - 2; at += 4_999) source.set([0xff, 0], at);
    const plain = [...source].filter((byte, at) => !(byte === 0 && source[at - 1] === 0xff));
    const window = new EntropyWindow(Buffer.concat([source, Uint8Array.from(end)]), 0, 1);

    expect(window.checkAt).toBe(8 * (2 ** 16 - 256 - 16));
    expect(Buffer.compare(Buffer.from(readAll(window, plain.length)), Buffer.from(plain))).toBe(0);
    expect(window.finish()).toBe(source.length);
  });
});

describe('the end of an EntropyWindow', () => {
  it('is reached with the last bit, and passed with one more', async () => {
    const window = open([1, 2, ...end]);

    window.bitPosition = 16;
    window.ensure();
    window.bitPosition = 17;

    expect(await messageOf(() => window.ensure())).toContain('breaks off');
  });

  it.each([
    ['its marker', [1, 2, ...end], 16, 2],
    ['its marker, of whose last byte a bit was read', [1, 2, ...end], 9, 2],
    ['its marker behind zeros', [1, 0, 0, ...end], 8, 3],
    ['its marker behind ones', [1, 0xff, 0, 0xff, 0, ...end], 8, 5],
    ['its marker behind a fill that changes once', [1, 0b11110000, ...end], 8, 2],
    ['its marker behind restart markers', [1, 0xff, 0xd0, 0xff, 0xd7, ...end], 8, 5],
    ['the end of the file', [1, 2], 16, 2],
    ['the end of the file behind data, which has no end marker', [1, 2, 3, 4, 5], 8, 5],
  ])('goes on at %s', (_, bytes, bitPosition, position) => {
    const window = open(bytes);

    window.bitPosition = bitPosition;

    expect(window.finish()).toBe(position);
  });

  it.each([
    ['a byte that is no fill', [1, 0b10100000, ...end]],
    ['two bytes that differ', [1, 0, 0xff, 0, ...end]],
    ['a fill that changes, and another byte', [1, 0b11110000, 0, ...end]],
    ['a restart marker with data behind it', [1, 0xff, 0xd0, 5, ...end]],
    ['a stuffed byte behind a restart marker', [1, 0xff, 0xd0, 0xff, 0, ...end]],
  ])('is damage behind %s', async (_, bytes) => {
    const window = open(bytes);

    window.bitPosition = 8;

    expect(await messageOf(() => window.finish())).toContain('data left over');
  });

  it.each([
    ['no whole byte', [1, ...end], false],
    ['one', [1, 0, ...end], true],
  ])('says whether there was padding: %s', (_, bytes, hasPadding) => {
    const window = open(bytes);

    window.bitPosition = 3;
    window.finish();

    expect(window.hasPadding).toBe(hasPadding);
  });
});

describe('a restart', () => {
  it.each([
    ['at once', [1, 0xff, 0xd3, 2, ...end]],
    ['behind one byte of any value', [1, 77, 0xff, 0xd3, 2, ...end]],
    ['behind zeros', [1, 0, 0, 0xff, 0xd3, 2, ...end]],
  ])('goes on behind its marker %s', (_, bytes) => {
    const window = open(bytes);

    window.bitPosition = 5;
    window.restart(3);

    expect([window.bitPosition, bitsAt(window, 0) >>> 24]).toEqual([0, 2]);
    expect(readAll(window, 1)).toEqual([2]);
    expect(window.finish()).toBe(bytes.length - 2);
  });

  it.each([
    ['another number', [1, 0xff, 0xd4, 2, ...end]],
    ['the end', [1, ...end]],
    ['two bytes before it', [1, 77, 78, 0xff, 0xd3, 2, ...end]],
  ])('is damage where there is %s', async (_, bytes) => {
    const window = open(bytes);

    window.bitPosition = 5;

    expect(await messageOf(() => window.restart(3))).toContain('restart marker 3 missing');
  });
});
