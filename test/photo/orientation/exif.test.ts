import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExifOrientation } from '../../../photo/orientation/exif.ts';
import { exifPayload, exifStructure } from '../../helpers/exif-structure.ts';

describe('readExifOrientation', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('reads orientation %i in either byte order', (orientation) => {
    expect(readExifOrientation(exifStructure(orientation))).toBe(orientation);
    expect(readExifOrientation(exifStructure(orientation, { littleEndian: true }))).toBe(orientation);
  });

  it('reads it behind the name that JPEG puts in front', () => {
    expect(readExifOrientation(exifPayload(6))).toBe(6);
  });

  it.each([1, 4, 6, 8, 9])('reads it from a whole number of type %i, as some writers store it', (type) => {
    expect(readExifOrientation(exifStructure(8, { type }))).toBe(8);
    expect(readExifOrientation(exifStructure(8, { type, littleEndian: true }))).toBe(8);
  });

  it('reads it behind a name whose last byte is 0xFF, as some writers have it', () => {
    const name = Buffer.from('Exif\0\xff', 'latin1');

    expect(readExifOrientation(Buffer.concat([name, exifStructure(6)]))).toBe(6);
  });

  it.each([0, 1, 2, 3, 4, 5])('does not take a name with byte %i changed for one', (at) => {
    const changed = exifPayload(6);
    changed[at] = 7;

    expect(readExifOrientation(changed)).toBeUndefined();
  });

  it('reads an entry that ends with the structure, and none that ends behind it', () => {
    const tiff = exifStructure(6).subarray(0, 34);

    expect(readExifOrientation(tiff)).toBe(6);
    expect(readExifOrientation(tiff.subarray(0, 33))).toBeUndefined();
  });

  it('reads no more entries than there are said to be', () => {
    const one = exifStructure(6);
    one.writeUInt16BE(1, 8);
    const three = exifStructure(6);
    three.writeUInt16BE(3, 8);

    expect([readExifOrientation(one), readExifOrientation(three)]).toEqual([undefined, 6]);
  });

  it.each([
    [1, 4, 8],
    [1, 5, 1],
    [3, 2, 8],
    [3, 3, 1],
    [4, 1, 8],
    [4, 2, 1],
  ])('of type %i reads the first of %i values where they fit into four bytes: %i', (type, count, orientation) => {
    expect(readExifOrientation(exifStructure(8, { type, count }))).toBe(orientation);
  });

  it('reads the first of two values', () => {
    expect(readExifOrientation(exifStructure(6, { count: 2 }))).toBe(6);
  });

  it.each([
    ['value 0', exifStructure(0)],
    ['value 9', exifStructure(9)],
    ['a rational', exifStructure(6, { type: 5 })],
    ['three values, which lie elsewhere', exifStructure(6, { count: 3 })],
    ['no value', exifStructure(6, { count: 0 })],
  ])('takes %s for upright', (_, tiff) => {
    expect(readExifOrientation(tiff)).toBe(1);
  });

  it.each([
    ['an unknown byte order', Buffer.concat([Buffer.from('XX'), exifStructure(6).subarray(2)])],
    ['a directory outside the structure', Buffer.from('MM\0*\xff\xff\xff\xff', 'latin1')],
    ['a directory that has room for no count', Buffer.from('MM\0*\0\0\0\x09\0\0', 'latin1')],
    ['eight bytes', Buffer.from('MM\0*\0\0\0\x08', 'latin1')],
    ['seven bytes', Buffer.from('MM\0*\0\0\0', 'latin1')],
    ['nothing', new Uint8Array(0)],
    ['a directory without the tag', Buffer.from('MM\0*\0\0\0\x08\0\0', 'latin1')],
  ])('says nothing for %s', (_, tiff) => {
    expect(readExifOrientation(tiff)).toBeUndefined();
  });

  it('never fails, whatever the bytes', () => {
    const tail = fc.uint8Array({ maxLength: 60 });
    fc.assert(
      fc.property(fc.constantFrom('MM\0*', 'II*\0', 'Exif\0\0MM\0*', ''), tail, (start, bytes) => {
        const orientation = readExifOrientation(Buffer.concat([Buffer.from(start, 'latin1'), bytes]));
        expect([undefined, 1, 2, 3, 4, 5, 6, 7, 8]).toContain(orientation);
      }),
    );
  });
});
