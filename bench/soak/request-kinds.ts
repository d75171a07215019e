import { drawParityPhoto } from '../../model/parity/parity-photo.ts';
import { drawnJpeg } from '../../test/helpers/drawn-jpeg.ts';
import { encodeRgbPng, pngHeader, pngSignature } from '../../test/helpers/png-file.ts';
import { encodeWebp } from '../../test/helpers/webp-file.ts';
import type { Draw } from '../random-draw.ts';

export interface RequestKind {
  readonly name: string;
  /** How often it comes up among the others. */
  readonly weight: number;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly type?: string;
  readonly body?: (draw: Draw) => Uint8Array | string;
  /** Break the connection in the middle of the body. */
  readonly hangsUp?: true;
  /** Codes of the error family, `ok`, or `none` where no answer can come. */
  readonly expected: readonly string[];
}

const json = 'application/json';
const form = 'multipart/form-data; boundary=soak';

function formOf(...files: readonly Uint8Array[]): Buffer {
  const head = '--soak\r\nContent-Disposition: form-data; name="photo"; filename="photo"\r\n\r\n';
  return Buffer.concat([
    ...files.flatMap((file) => [Buffer.from(head), file, Buffer.from('\r\n')]),
    Buffer.from('--soak--\r\n'),
  ]);
}

/** One to eight bytes of the file replaced. */
function mutate(file: Uint8Array, draw: Draw): Uint8Array {
  const mutated = Uint8Array.from(file);
  for (let count = 1 + draw(8); count > 0; count -= 1) mutated[draw(mutated.length)] = draw(256);
  return mutated;
}

/** The mix, about half of it good. @param photoServer its host and port, which the service is allowed to fetch from */
export async function createRequestKinds(jpeg: Uint8Array, photoServer: string): Promise<readonly RequestKind[]> {
  const pixels = drawParityPhoto({ kind: 'garment', width: 160, height: 120, seed: 2 });
  const png = encodeRgbPng(pixels);
  const rgba = new Uint8Array(160 * 120 * 4).fill(255);
  for (let pixel = 0; pixel < 160 * 120; pixel += 1)
    rgba.set(pixels.data.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
  const webp = await encodeWebp({ width: 160, height: 120, data: rgba }, { lossless: false });
  const bomb = Buffer.concat([pngSignature, pngHeader({ width: 65_000, height: 65_000, depth: 8, colourType: 2 })]);
  const image = (file: Uint8Array) => Buffer.from(file).toString('base64');
  const url = (path: string) => JSON.stringify({ url: `http://${photoServer}${path}` });
  const post = { method: 'POST', path: '/predict' } as const;
  const photo = { ...post, type: 'image/jpeg' } as const;
  const anyDecode = ['ok', 'corrupt_photo', 'unsupported_format', 'photo_too_large'];

  return [
    { ...photo, name: 'JPEG', weight: 16, body: () => jpeg, expected: ['ok'] },
    { ...photo, name: 'PNG', weight: 4, body: () => png, expected: ['ok'] },
    { ...photo, name: 'WebP', weight: 4, body: () => webp, expected: ['ok'] },
    { ...photo, name: 'JPEG, all labels', weight: 4, path: '/predict?top=10', body: () => jpeg, expected: ['ok'] },
    { ...post, name: 'form, one file', weight: 4, type: form, body: () => formOf(jpeg), expected: ['ok'] },
    {
      ...post,
      name: 'form, three files',
      weight: 1,
      type: form,
      body: () => formOf(jpeg, png, webp),
      expected: ['ok'],
    },
    {
      ...post,
      name: 'base64',
      weight: 4,
      type: json,
      body: () => JSON.stringify({ image: image(jpeg) }),
      expected: ['ok'],
    },
    {
      ...post,
      name: 'items, some bad',
      weight: 2,
      type: json,
      body: () =>
        JSON.stringify({
          items: [{ image: image(jpeg) }, { url: 'http://10.0.0.1/' }, {}, { image: image(png.subarray(0, 99)) }],
        }),
      expected: ['ok'],
    },
    { ...post, name: 'URL', weight: 4, type: json, body: () => url('/photo.jpg'), expected: ['ok'] },
    { ...post, name: 'URL with a redirect', weight: 2, type: json, body: () => url('/redirect'), expected: ['ok'] },
    { name: 'health', weight: 4, method: 'GET', path: '/health', expected: ['ok'] },
    {
      name: 'direct event',
      weight: 2,
      method: 'POST',
      path: '/2015-03-31/functions/function/invocations',
      type: json,
      body: () => url('/photo.jpg'),
      expected: ['ok'],
    },

    {
      ...photo,
      name: 'JPEG cut short',
      weight: 4,
      body: (draw) => jpeg.subarray(0, 20 + draw(jpeg.length - 30)),
      expected: ['corrupt_photo'],
    },
    {
      ...photo,
      name: 'JPEG mutated',
      weight: 8,
      body: (draw) => mutate(jpeg, draw),
      expected: [...anyDecode, 'bad_request'],
    },
    {
      ...photo,
      name: 'PNG mutated',
      weight: 4,
      body: (draw) => mutate(png, draw),
      expected: [...anyDecode, 'bad_request'],
    },
    {
      ...photo,
      name: 'WebP mutated',
      weight: 4,
      body: (draw) => mutate(webp, draw),
      expected: [...anyDecode, 'bad_request'],
    },
    { ...photo, name: 'pixel bomb', weight: 2, body: () => bomb, expected: ['photo_too_large'] },
    { ...photo, name: 'GIF', weight: 2, body: () => 'GIF89a\x01\0\x01\0', expected: ['unsupported_format'] },
    { ...photo, name: 'no body', weight: 1, body: () => '', expected: ['bad_request'] },
    {
      ...photo,
      name: 'unknown option',
      weight: 1,
      path: '/predict?topp=1',
      body: () => jpeg,
      expected: ['bad_request'],
    },
    { ...post, name: 'broken JSON', weight: 2, type: json, body: () => '{"url":', expected: ['bad_request'] },
    { ...post, name: 'deep JSON', weight: 1, type: json, body: () => '['.repeat(100_000), expected: ['bad_request'] },
    { ...post, name: 'broken base64', weight: 2, type: json, body: () => '{"image":"A"}', expected: ['bad_request'] },
    {
      ...post,
      name: 'form cut short',
      weight: 2,
      type: form,
      body: () => formOf(jpeg).subarray(0, 400),
      expected: ['bad_request'],
    },
    {
      ...post,
      name: 'form of 5,000 parts',
      weight: 1,
      type: form,
      body: () => formOf(...Array<Uint8Array>(5_000).fill(Buffer.from('x'))),
      expected: ['bad_request'],
    },
    {
      ...post,
      name: 'private URL',
      weight: 2,
      type: json,
      body: () => '{"url":"http://169.254.169.254/latest"}',
      expected: ['url_not_allowed'],
    },
    {
      ...post,
      name: 'redirect to a private URL',
      weight: 2,
      type: json,
      body: () => url('/to-metadata'),
      expected: ['url_not_allowed'],
    },
    {
      ...post,
      name: 'bucket that is not allowed',
      weight: 1,
      type: json,
      body: () => '{"s3":"s3://bucket/key"}',
      expected: ['url_not_allowed'],
    },
    {
      ...post,
      name: 'URL without a photo',
      weight: 2,
      type: json,
      body: () => url('/missing'),
      expected: ['fetch_failed'],
    },
    { ...post, name: 'URL cut short', weight: 2, type: json, body: () => url('/cut'), expected: ['fetch_failed'] },
    {
      ...post,
      name: 'URL that never answers',
      weight: 1,
      type: json,
      body: () => url('/silent'),
      expected: ['fetch_failed'],
    },
    { name: 'unknown path', weight: 1, method: 'GET', path: '/nothing', expected: ['not_found'] },
    { name: 'wrong method', weight: 1, method: 'GET', path: '/predict', expected: ['method_not_allowed'] },
    { ...photo, name: 'caller hangs up', weight: 4, body: () => jpeg, hangsUp: true, expected: ['none'] },
  ];
}

/** The photo that most requests send: small, since it is the doors that are soaked. */
export function drawSoakPhoto(): Buffer {
  return drawnJpeg(240, 320, 3);
}
