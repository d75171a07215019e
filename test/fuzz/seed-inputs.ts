import { readdir, readFile } from 'node:fs/promises';
import { exifPayload, exifStructure } from '../helpers/exif-structure.ts';
import { encodeJpeg, insertAfterStart, jpegSegment } from '../helpers/jpeg-file.ts';
import { encodePng, encodeRgbPng, pngChunk } from '../helpers/png-file.ts';
import { drawQuadrants } from '../helpers/quadrants.ts';
import { encodeWebp } from '../helpers/webp-file.ts';
import { formType, type Target } from './judge-input.ts';

export interface SeedInput {
  readonly target: Target;
  readonly bytes: Buffer;
}

/** Small valid inputs of every kind that the service reads, from which all others are made. */
export async function readSeedInputs(): Promise<readonly SeedInput[]> {
  const pixels = drawQuadrants(24, 16);
  const jpeg = insertAfterStart(encodeJpeg(pixels, 60), jpegSegment(0xe1, exifPayload(6)));
  const png = encodeRgbPng(pixels, pngChunk('eXIf', exifStructure(8)));
  const samples = (x: number, y: number) => [(x * y) % 16];
  const interlacedPng = encodePng({ width: 9, height: 9, depth: 4, colourType: 0, interlaced: true, samples });
  const rgba = { width: 24, height: 16, data: Buffer.from(Array.from({ length: 1_536 }, (_, i) => (i * 7) % 256)) };
  const webps = await Promise.all([true, false].map((lossless) => encodeWebp(rgba, { lossless })));
  const photos = [jpeg, png, interlacedPng, ...webps, ...(await readFixtures())];

  const boundary = formType.slice(formType.indexOf('=') + 1);
  const part = (header: string) => Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${header}\r\n\r\n`);
  const line = Buffer.from('\r\n');
  const file = part('name="photo"; filename="a.jpg"\r\nContent-Type: image/jpeg');
  const end = Buffer.from(`--${boundary}--\r\n`);
  const forms = [
    Buffer.concat([file, jpeg, line, end]),
    Buffer.concat([part('name="note"'), Buffer.from('hello'), line, file, png, line, file, jpeg, line, end]),
  ];
  const image = png.toString('base64');
  const texts = [{ url: 'https://example.org/a.jpg' }, { image }, { items: [{ image }, { s3: 's3://bucket/key' }] }];
  return [
    ...photos.map((bytes) => ({ target: 'photo' as const, bytes })),
    ...forms.map((bytes) => ({ target: 'form' as const, bytes })),
    ...(await readModels()).map((bytes) => ({ target: 'onnx' as const, bytes })),
    ...texts.map((text) => ({ target: 'json' as const, bytes: Buffer.from(JSON.stringify(text)) })),
  ];
}

async function readFixtures(): Promise<readonly Buffer[]> {
  const directory = new URL('../fixtures/jpeg/', import.meta.url);
  const names = (await readdir(directory)).filter((name) => name.endsWith('.jpg')).sort();
  return Promise.all(names.map((name) => readFile(new URL(name, directory))));
}

/** Of the importer's own fixtures, enough that every kind of operator is among them. */
async function readModels(): Promise<readonly Buffer[]> {
  const file = new URL('../fixtures/import/onnx/operators.json', import.meta.url);
  const cases: readonly { readonly model: string }[] = JSON.parse(await readFile(file, 'utf8'));
  return cases.filter((_, at) => at % 10 === 0).map(({ model }) => Buffer.from(model, 'base64'));
}
