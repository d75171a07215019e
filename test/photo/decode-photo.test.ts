import { describe, expect, it } from 'vitest';
import { decodePhoto } from '../../photo/decode-photo.ts';
import { exifPayload, exifStructure } from '../helpers/exif-structure.ts';
import { encodeJpeg, findSegment, insertAfterStart, jpegSegment } from '../helpers/jpeg-file.ts';
import { photoErrorOf } from '../helpers/photo-error.ts';
import { encodeLargePng, encodeRgbPng, pngChunk, pngHeader, pngSignature } from '../helpers/png-file.ts';
import { type Colour, drawQuadrants, farthest, quadrantColours, quadrantMeans } from '../helpers/quadrants.ts';
import { encodeWebp, extendedHeader, riffChunk, webpChunks, webpFile } from '../helpers/webp-file.ts';

const options = { maximumPixels: 1_000_000 };
const stored = drawQuadrants(48, 32);
const jpeg = encodeJpeg(stored);
const [red, green, blue, yellow] = quadrantColours as [Colour, Colour, Colour, Colour];

/** Where the four colours stand after each of EXIF's orientations: upper left and right, lower left and right. */
const turned: [orientation: number, colours: Colour[]][] = [
  [1, [red, green, blue, yellow]],
  [2, [green, red, yellow, blue]],
  [3, [yellow, blue, green, red]],
  [4, [blue, yellow, red, green]],
  [5, [red, blue, green, yellow]],
  [6, [blue, red, yellow, green]],
  [7, [yellow, green, blue, red]],
  [8, [green, yellow, red, blue]],
];

async function webpWithExif(orientation: number): Promise<Buffer> {
  const rgba = Buffer.alloc(4 * 48 * 32, 255);
  for (let i = 0; i < 48 * 32; i++) rgba.set(stored.data.subarray(3 * i, 3 * i + 3), 4 * i);
  const [picture] = webpChunks(await encodeWebp({ width: 48, height: 32, data: rgba }, { lossless: true }));
  const exif = riffChunk('EXIF', exifStructure(orientation, { littleEndian: true }));
  return webpFile(extendedHeader(48, 32, 0x08), picture?.bytes as Buffer, exif);
}

describe('turning upright', () => {
  it.each(turned)('turns a JPEG of orientation %i', async (orientation, colours) => {
    const file = insertAfterStart(jpeg, jpegSegment(0xe1, exifPayload(orientation)));
    const { pixels, photo } = await decodePhoto(file, options);
    const [width, height] = orientation < 5 ? [48, 32] : [32, 48];

    expect(photo).toEqual({ format: 'jpeg', width, height, orientation, decoder: 'own' });
    expect(pixels).toMatchObject({ width, height });
    expect(farthest(quadrantMeans(pixels), colours)).toBeLessThan(2);
  });

  it.each(turned)('turns a PNG of orientation %i', async (orientation, colours) => {
    const { pixels, photo } = await decodePhoto(
      encodeRgbPng(stored, pngChunk('eXIf', exifStructure(orientation))),
      options,
    );

    expect(photo).toMatchObject({ format: 'png', orientation, width: pixels.width, height: pixels.height });
    expect(farthest(quadrantMeans(pixels), colours)).toBe(0);
  });

  it.each(turned)('turns a WebP of orientation %i', async (orientation, colours) => {
    const { pixels, photo } = await decodePhoto(await webpWithExif(orientation), options);

    expect(photo).toMatchObject({ format: 'webp', orientation, width: pixels.width, height: pixels.height });
    expect(farthest(quadrantMeans(pixels), colours)).toBe(0);
  });
});

describe('XMP, where EXIF says nothing', () => {
  const packet = Buffer.from('<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>');
  const element = Buffer.from('<rdf:Description><tiff:Orientation>6</tiff:Orientation></rdf:Description>');
  const jpegXmp = (xmp: Buffer) =>
    jpegSegment(0xe1, Buffer.concat([Buffer.from('http://ns.adobe.com/xap/1.0/\0'), xmp]));
  const pngXmp = pngChunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0\0\0\0'), packet]));

  it.each([
    ['a JPEG', insertAfterStart(jpeg, jpegXmp(packet)), 6],
    ['a JPEG that has it as an element', insertAfterStart(jpeg, jpegXmp(element)), 6],
    [
      'a JPEG whose EXIF says something else',
      insertAfterStart(jpeg, jpegXmp(packet), jpegSegment(0xe1, exifPayload(1))),
      1,
    ],
    ['a PNG', encodeRgbPng(stored, pngXmp), 6],
    ['a PNG with another text', encodeRgbPng(stored, pngChunk('iTXt', Buffer.from('Comment\0\0\0\0\0hello'))), 1],
  ])('turns %s', async (_, file, orientation) => {
    const { pixels, photo } = await decodePhoto(file, options);

    expect(photo.orientation).toBe(orientation);
    expect(farthest(quadrantMeans(pixels), turned[orientation - 1]?.[1] as Colour[])).toBeLessThan(2);
  });
});

describe('reduced scale', () => {
  it.each([
    ['jpeg', 6, 20, 10, 1],
    ['png', 6, 160, 80, 8],
    ['jpeg', 1, 100, 50, 1],
    ['png', 1, 800, 320, 8],
  ])('leaves a %s of orientation %i at least as large as asked, upright', async (format, orientation, width, height, scale) => {
    const large = drawQuadrants(400 * scale, 160 * scale);
    const file =
      format === 'jpeg'
        ? insertAfterStart(encodeJpeg(large), jpegSegment(0xe1, exifPayload(orientation)))
        : encodeLargePng(large, pngChunk('eXIf', exifStructure(orientation)));
    const { pixels, photo } = await decodePhoto(file, { maximumPixels: 5_000_000, minimumSize: { width, height } });
    const size = [large.width, large.height];

    expect([photo.width, photo.height]).toEqual(orientation === 6 ? size.reverse() : size);
    expect(pixels.width).toBeGreaterThanOrEqual(width);
    expect(pixels.height).toBeGreaterThanOrEqual(height);
    expect(pixels.width).toBeLessThan(photo.width);
    expect(pixels.data.length).toBe(3 * pixels.width * pixels.height);
    expect(farthest(quadrantMeans(pixels), turned[orientation - 1]?.[1] as Colour[])).toBeLessThan(2);
  });

  it('enlarges nothing', async () => {
    const { pixels } = await decodePhoto(jpeg, { ...options, minimumSize: { width: 500, height: 500 } });

    expect(pixels).toMatchObject({ width: 48, height: 32 });
  });
});

describe('JPEG as phones and old programs write it', () => {
  it.each([
    ['data after its end', Buffer.concat([jpeg, Buffer.from('anything at all')])],
    ['a second picture behind it, as in MPO', Buffer.concat([jpeg, encodeJpeg(drawQuadrants(16, 16))])],
    ['fill bytes before a marker', insertAfterStart(jpeg, Buffer.of(0xff, 0xff, 0xff))],
    [
      'a thumbnail in its EXIF',
      insertAfterStart(jpeg, jpegSegment(0xe1, Buffer.concat([exifPayload(1), encodeJpeg(drawQuadrants(8, 8))]))),
    ],
    ['EXIF that breaks off', insertAfterStart(jpeg, jpegSegment(0xe1, exifPayload(6).subarray(0, 20)))],
    [
      'EXIF of an unknown byte order',
      insertAfterStart(jpeg, jpegSegment(0xe1, Buffer.from('Exif\0\0XX\0*\0\0\0\x08'))),
    ],
    ['orientation 9', insertAfterStart(jpeg, jpegSegment(0xe1, exifPayload(9)))],
  ])('takes one with %s', async (_, file) => {
    const { pixels, photo } = await decodePhoto(file, options);

    expect(photo).toMatchObject({ width: 48, height: 32, orientation: 1 });
    expect(farthest(quadrantMeans(pixels), quadrantColours)).toBeLessThan(2);
  });

  it('shows RGB stored as it is, by component ids and without JFIF', async () => {
    const file = Buffer.concat([jpeg.subarray(0, 2), jpeg.subarray(20)]);
    const frame = findSegment(file, 0xc0);
    const scan = findSegment(file, 0xda);
    for (const [i, id] of Array.from('RGB').entries()) {
      file.write(id, frame + 10 + 3 * i, 'latin1');
      file.write(id, scan + 5 + 2 * i, 'latin1');
    }
    const { pixels } = await decodePhoto(file, options);
    const [stillYcc] = quadrantMeans(pixels);

    // Red as Y, Cb and Cr (ITU-R BT.601, full range), now shown as red, green and blue.
    expect(farthest([stillYcc as Colour], [[88, 101, 222]])).toBeLessThan(2);
  });
});

describe('refusals', () => {
  it('refuses a photo without bytes', async () => {
    expect(await photoErrorOf(() => decodePhoto(new Uint8Array(0), options))).toMatchObject({ kind: 'empty' });
  });

  it.each([
    ['SOF1 of 12 bits', 0xc1, 12, '12 bits'],
    ['lossless', 0xc3, 8, 'lossless'],
    ['hierarchical', 0xc5, 8, 'hierarchical'],
    ['arithmetic', 0xc9, 8, 'arithmetic'],
    ['progressive arithmetic', 0xca, 8, 'arithmetic'],
    ['JPEG-LS', 0xf7, 8, 'JPEG-LS'],
  ])('refuses a JPEG whose header says %s', async (_, code, precision, word) => {
    const file = Buffer.from(jpeg);
    const frame = findSegment(file, 0xc0);
    file[frame + 1] = code;
    file[frame + 4] = precision;

    const error = await photoErrorOf(() => decodePhoto(file, options));

    expect(error.kind).toBe('unsupported');
    expect(error.message).toContain(word);
  });

  it('refuses a JPEG with headers and no scan', async () => {
    const file = Buffer.concat([jpeg.subarray(0, findSegment(jpeg, 0xda)), Buffer.of(0xff, 0xd9)]);

    expect(await photoErrorOf(() => decodePhoto(file, options))).toMatchObject({ kind: 'corrupt' });
  });

  const hugeJpeg = Buffer.from(jpeg);
  hugeJpeg.writeUInt16BE(50_000, findSegment(jpeg, 0xc0) + 5);
  hugeJpeg.writeUInt16BE(60_000, findSegment(jpeg, 0xc0) + 7);
  const hugePng = Buffer.concat([pngSignature, pngHeader({ width: 60_000, height: 50_000, depth: 8, colourType: 2 })]);
  const longPng = Buffer.concat([pngSignature, pngHeader({ width: 100_000, height: 1, depth: 8, colourType: 2 })]);
  const hugeWebp = webpFile(riffChunk('VP8L', Buffer.of(0x2f, 0xff, 0xff, 0xff, 0x0f, 0)));
  it.each([
    ['a JPEG', hugeJpeg, ['3,000,000,000', '1,000,000']],
    ['a PNG', hugePng, ['3,000,000,000', '1,000,000']],
    ['a PNG of one long row', longPng, ['100000 × 1', '65,535']],
    ['a WebP', hugeWebp, ['268,435,456', '1,000,000']],
  ])('refuses %s over the limit by its header, with both numbers', async (_, file, numbers) => {
    const error = await photoErrorOf(() => decodePhoto(file, options));

    expect(error.kind).toBe('too-large');

    for (const number of numbers) expect(error.message).toContain(number);
  });

  it('takes a photo of exactly as many pixels as are allowed', async () => {
    await expect(decodePhoto(jpeg, { maximumPixels: 48 * 32 })).resolves.toBeDefined();
    await expect(decodePhoto(jpeg, { maximumPixels: 48 * 32 - 1 })).rejects.toMatchObject({ kind: 'too-large' });
  });
});
