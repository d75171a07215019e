import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodePhoto } from '../../photo/decode-photo.ts';
import { exifStructure } from '../helpers/exif-structure.ts';
import { findSegment, insertAfterStart, encodeJpeg as toJpeg } from '../helpers/jpeg-file.ts';
import { encodeRgbPng, pngChunk } from '../helpers/png-file.ts';
import { drawQuadrants } from '../helpers/quadrants.ts';
import { encodeWebp } from '../helpers/webp-file.ts';
import { encodeJpeg, progressiveScans } from './jpeg/encoder/encode-jpeg.ts';
import { sampling } from './jpeg/encoder/sampling.ts';

const options = { maximumPixels: 100_000 };
const pixels = drawQuadrants(24, 16);

const jpeg = toJpeg(pixels);
const colour = {
  width: 40,
  height: 24,
  sampling: sampling('2x2,1x1,1x1'),
  quantisationStep: 20,
};
const withRestarts = Buffer.from(encodeJpeg({ ...colour, restartInterval: 2 }));
const progressive = Buffer.from(encodeJpeg({ ...colour, scans: progressiveScans(3) }));
const png = encodeRgbPng(pixels);
const rgba = { width: 24, height: 16, data: Buffer.alloc(24 * 16 * 4, 255) };
const webp = await encodeWebp(rgba, { lossless: true });

const end = pngChunk('IEND').length;
const wrongCheck = (chunk: Buffer) => Buffer.concat([chunk.subarray(0, -1), Buffer.of((chunk.at(-1) as number) ^ 1)]);
/** As Samsung's panoramas have it behind the picture. */
const trailer = Buffer.from('SEFH\x6a\0\0\0\x01\0\0\0\0\0\x0a\x0e0\0\0\0\x18\0\0\0SEFT', 'latin1');

function beforeRestarts(stray: Buffer): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = withRestarts.indexOf(0xff); at >= 0; at = withRestarts.indexOf(0xff, at + 1)) {
    const code = withRestarts[at + 1] as number;
    if (code < 0xd0 || code > 0xd7) continue;
    parts.push(withRestarts.subarray(from, at), stray);
    from = at;
  }
  return Buffer.concat([...parts, withRestarts.subarray(from)]);
}

function withOneId(file: Buffer): Buffer {
  const changed = Buffer.from(file);
  for (let index = 0; index < 3; index++) {
    changed[findSegment(changed, 0xc0) + 10 + 3 * index] = 1;
    changed[findSegment(changed, 0xda) + 5 + 2 * index] = 1;
  }
  return changed;
}

const noEnd = 'no end marker';
const cases: [what: string, file: Buffer, whole: Buffer, warning: string][] = [
  ['a JPEG without its end marker', jpeg.subarray(0, -2), jpeg, noEnd],
  ['a JPEG cut inside its end marker', jpeg.subarray(0, -1), jpeg, noEnd],
  ['a JPEG with a trailer where its end marker should be', Buffer.concat([jpeg.subarray(0, -2), trailer]), jpeg, noEnd],
  ['a progressive JPEG without its end marker', progressive.subarray(0, -2), progressive, noEnd],
  [
    'a JPEG with a zero before each restart marker',
    beforeRestarts(Buffer.of(0)),
    withRestarts,
    'stray bytes before a marker',
  ],
  [
    'a JPEG with a byte before each restart marker',
    beforeRestarts(Buffer.of(0x5a)),
    withRestarts,
    'stray bytes before a marker',
  ],
  [
    'a JPEG with zeros before each restart marker',
    beforeRestarts(Buffer.alloc(9)),
    withRestarts,
    'stray bytes before a marker',
  ],
  ['a JPEG whose components have one id', withOneId(jpeg), jpeg, 'components with one and the same id'],
  ['a JPEG behind a line end', Buffer.concat([Buffer.from('\n'), jpeg]), jpeg, 'bytes before its beginning'],
  [
    'a JPEG behind a byte order mark',
    Buffer.concat([Buffer.from('\ufeff\r\n'), jpeg]),
    jpeg,
    'bytes before its beginning',
  ],
  ['a PNG behind a line end', Buffer.concat([Buffer.from('\n'), png]), png, 'bytes before its beginning'],
  ['a WebP behind a line end', Buffer.concat([Buffer.from('\n'), webp]), webp, 'bytes before its beginning'],
  ['a PNG without IEND', png.subarray(0, -end), png, noEnd],
  ['a PNG cut inside IEND', png.subarray(0, -3), png, noEnd],
  ['a PNG with rubbish for IEND', Buffer.concat([png.subarray(0, -end), Buffer.alloc(40, 7)]), png, noEnd],
  [
    'a PNG cut inside a comment behind its picture',
    Buffer.concat([png.subarray(0, -end), pngChunk('tEXt', Buffer.alloc(50)).subarray(0, 30)]),
    png,
    noEnd,
  ],
  ['a PNG whose IEND has a wrong check value', wrongCheck(png), png, 'a damaged end marker'],
  ...['iCCP', 'tEXt', 'zTXt', 'eXIf', 'gAMA'].map((name): (typeof cases)[number] => [
    `a PNG whose ${name} has a wrong check value`,
    encodeRgbPng(pixels, wrongCheck(pngChunk(name, exifStructure(6)))),
    png,
    `a chunk ${name} with a wrong check value`,
  ]),
];

describe('a whole picture in a file that is not', () => {
  it.each(cases)('%s is decoded, and the answer says what was ignored', async (_, file, whole, warning) => {
    const expected = await decodePhoto(whole, options);

    const { pixels, photo } = await decodePhoto(file, options);

    expect(photo).toEqual({ ...expected.photo, warnings: [warning] });
    expect(Buffer.compare(pixels.data, expected.pixels.data)).toBe(0);
  });

  it('says nothing of warnings where there is nothing to warn of', async () => {
    const { photo } = await decodePhoto(jpeg, options);

    expect(photo).not.toHaveProperty('warnings');
  });

  it.each([0, 1])('passes over a comment and an application segment that claim %i bytes', async (length) => {
    const expected = await decodePhoto(jpeg, options);
    const file = insertAfterStart(jpeg, Buffer.of(0xff, 0xfe, 0, length, 0xff, 0xe5, 0, length));

    const { pixels } = await decodePhoto(file, options);

    expect(Buffer.compare(pixels.data, expected.pixels.data)).toBe(0);
  });

  it.each([
    { width: 24, height: 16 },
    { width: 2, height: 1 },
  ])('is no whole picture without its end where a progressive scan is cut, decoded to $width pixels', async (minimumSize) => {
    const cut = progressive.subarray(0, -8);

    await expect(decodePhoto(cut, { ...options, minimumSize })).rejects.toMatchObject({ kind: 'corrupt' });
  });
});

describe('the orientation that a PNG has in a text', () => {
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifStructure(6)]);
  const hexadecimal = (exif.toString('hex').match(/.{1,72}/g) ?? []).join('\n');
  const profile = (name: string, length = exif.length) =>
    Buffer.from(`\n${name}\n${String(length).padStart(8)}\n${hexadecimal}\n`, 'latin1');
  const text = (keyword: string, body: Buffer) => pngChunk('tEXt', Buffer.concat([Buffer.from(`${keyword}\0`), body]));
  const compressed = (keyword: string, body: Buffer) =>
    pngChunk('zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`), deflateSync(body)]));
  const xmp = Buffer.from('<rdf:Description tiff:Orientation="6"/>');
  const padded = (length: number) => Buffer.concat([xmp, Buffer.alloc(length - xmp.length, ' ')]);
  const international = (fields: string, body: Buffer) =>
    pngChunk('iTXt', Buffer.concat([Buffer.from(`XML:com.adobe.xmp\0${fields}`), body]));
  const compressedXmp = pngChunk(
    'iTXt',
    Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\x01\0\0\0'), deflateSync(xmp)]),
  );

  it.each([
    ['as ImageMagick wrote it', compressed('Raw profile type exif', profile('exif')), 6],
    ['under its other name', compressed('Raw profile type APP1', profile('generic profile'.slice(0, 7))), 6],
    ['not compressed', text('Raw profile type exif', profile('exif')), 6],
    ['in compressed XMP', compressedXmp, 6],
    ['in as long a text as is read', compressed('XML:com.adobe.xmp', padded(200_000)), 6],
    ['in a longer text', compressed('XML:com.adobe.xmp', padded(200_001)), 1],
    ['in XMP that is not compressed', international('\0\0\0\0', xmp), 6],
    ['in XMP with a language and a translation', international('\0\0en\0title\0', xmp), 6],
    ['in XMP whose language does not end', international('\0\0', xmp), 1],
    ['in XMP whose translation does not end', international('\0\0en\0', xmp), 1],
    ['with another length', text('Raw profile type exif', profile('exif', exif.length + 1)), 1],
    ['under another keyword', text('Comment', profile('exif')), 1],
    ['that is no zlib stream', pngChunk('zTXt', Buffer.from('Raw profile type exif\0\0nothing')), 1],
    ['that inflates to a megabyte', compressed('Raw profile type exif', Buffer.alloc(1_000_000, 'a')), 1],
    ['without a keyword', pngChunk('tEXt', Buffer.from('no zero in it')), 1],
    ['broken off inside its fields', pngChunk('iTXt', Buffer.from('XML:com.adobe.xmp\0\x01\0')), 1],
  ])('%s', async (_, chunk, orientation) => {
    const { photo } = await decodePhoto(encodeRgbPng(pixels, chunk), options);

    expect(photo.orientation).toBe(orientation);
  });
});
