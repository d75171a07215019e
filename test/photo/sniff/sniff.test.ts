import { describe, expect, it } from 'vitest';
import { sniff } from '../../../photo/sniff/sniff.ts';
import { isPhotoTurnedIntoText } from '../../../photo/sniff/text-damage.ts';
import { encodeJpeg } from '../../helpers/jpeg-file.ts';
import { photoErrorOf } from '../../helpers/photo-error.ts';
import { encodeRgbPng } from '../../helpers/png-file.ts';
import { drawQuadrants } from '../../helpers/quadrants.ts';
import { encodeWebp } from '../../helpers/webp-file.ts';

const jpeg = encodeJpeg(drawQuadrants(16, 16));
const png = encodeRgbPng(drawQuadrants(16, 16));
const webp = await encodeWebp({ width: 16, height: 16, data: Buffer.alloc(1024, 0x90) }, { lossless: false });
const mediaFile = (brand: string) => Buffer.from(`\0\0\0\x20ftyp${brand}\0\0\0\0mif1`, 'latin1');

describe('sniff', () => {
  it('tells JPEG, PNG and WebP by their first bytes', () => {
    expect([jpeg, png, webp].map(sniff)).toEqual(['jpeg', 'png', 'webp']);
  });

  it.each([
    ['GIF', 'GIF89a\x01\0\x01\0'],
    ['BMP', 'BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0'],
    ['TIFF', 'II*\0\x08\0\0\0'],
    ['TIFF', 'MM\0*\0\0\0\x08'],
    ['JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n'],
    ['JPEG 2000', '\xff\x4f\xff\x51'],
    ['JPEG XL', '\xff\x0a\0\0'],
    ['JPEG XL', '\0\0\0\x0cJXL \r\n\x87\n'],
    ['ICO', '\0\0\x01\0\x01\0'],
    ['Photoshop', '8BPS\0\x01'],
    ['PDF', '%PDF-1.7\n'],
    ['ZIP', 'PK\x03\x04\x14\0'],
    ['PNM', 'P6\n1 1\n255\n'],
    ['RIFF', 'RIFF\x24\0\0\0WAVEfmt '],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['SVG', '<?xml version="1.0"?>\n<svg/>'],
    ['HTML', '\n<!DOCTYPE html><title>404</title>'],
    ['XML', '<?xml version="1.0"?><Error/>'],
    ['JSON', '{"url": "x"}'],
    ['a text', 'hello, this is no photo'],
    ['unknown format', '\x01\x02\x03\x04\x05\x06\x07\x08'],
  ])('names %s', async (name, beginning) => {
    const error = await photoErrorOf(() => sniff(Buffer.from(beginning, 'latin1')));

    expect(error.kind).toBe('unsupported');
    expect(error.message).toContain(name);
  });

  it.each([
    ['AVIF', 'avif'],
    ['AVIF', 'avis'],
    ['HEIC', 'heic'],
    ['HEIC', 'mif1'],
    ['video', 'isom'],
  ])('names %s by the brand %s', async (name, brand) => {
    const error = await photoErrorOf(() => sniff(mediaFile(brand)));

    expect(error.kind).toBe('unsupported');
    expect(error.message).toContain(name);
  });

  it('says how to get JPEG instead of HEIC', async () => {
    expect((await photoErrorOf(() => sniff(mediaFile('heic')))).hint).toContain('Most Compatible');
  });

  it('reads UTF-16 with its mark as text', async () => {
    const html = Buffer.from('\ufeff<html><body>', 'utf16le');

    expect((await photoErrorOf(() => sniff(html))).message).toContain('HTML');
  });

  it.each([
    ['its high bit cleared', (file: Buffer) => file.fill(0x09, 0, 1)],
    ['a letter in lower case', (file: Buffer) => file.fill('n', 2, 3)],
    ['another seventh byte', (file: Buffer) => file.fill(' ', 6, 7)],
    ['line feeds added', (file: Buffer) => Buffer.concat([file.subarray(0, 7), Buffer.from('\r'), file.subarray(7)])],
    ['line ends shortened', (file: Buffer) => Buffer.concat([file.subarray(0, 4), file.subarray(5)])],
    ['five of its bytes left', (file: Buffer) => Buffer.concat([file.subarray(0, 5), file.subarray(8)])],
  ])('takes a PNG signature with %s for damage', async (_, damage) => {
    const error = await photoErrorOf(() => sniff(damage(Buffer.from(png))));

    expect(error).toMatchObject({ kind: 'corrupt', message: expect.stringContaining('signature') });
  });
});

describe('the name of a chunk of PNG', () => {
  it('behind less than that of a signature makes no PNG', async () => {
    const error = await photoErrorOf(() => sniff(Buffer.concat([png.subarray(0, 3), png.subarray(8)])));

    expect(error.kind).toBe('unsupported');
  });
});

describe('a photo that was handed over as text', () => {
  const asUtf8 = (bytes: Buffer) => Buffer.from(bytes.toString('utf8'), 'utf8');
  const asAscii = (bytes: Buffer) => Buffer.from(bytes.map((byte) => (byte > 0x7f ? 0x3f : byte)));
  const asLatin1 = (bytes: Buffer) => Buffer.from(bytes.toString('latin1'), 'utf8');
  const cases = Object.entries({ jpeg, png, webp }).flatMap(([format, bytes]) => [
    { format, damage: 'read as UTF-8', bytes: asUtf8(bytes) },
    { format, damage: 'written as UTF-8', bytes: asLatin1(bytes) },
  ]);

  it.each([
    ...cases,
    { format: 'jpeg', damage: 'read as ASCII', bytes: asAscii(jpeg) },
    { format: 'png', damage: 'read as ASCII', bytes: asAscii(png) },
  ])('is recognised in $format $damage, and answered with the header to send', async ({ bytes }) => {
    expect(isPhotoTurnedIntoText(bytes)).toBe(true);

    const error = await photoErrorOf(() => sniff(bytes));

    expect(error.kind).toBe('turned-into-text');
    expect(error.hint).toContain('content-type: image/jpeg');
  });

  it.each([
    ['a JPEG', jpeg],
    ['a PNG', png],
    ['a WebP', webp],
    ['a text', Buffer.from('Où est la photo ? ???')],
    ['nothing', Buffer.alloc(0)],
  ])('is not seen in %s', (_, bytes) => {
    expect(isPhotoTurnedIntoText(bytes)).toBe(false);
  });
});
