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
