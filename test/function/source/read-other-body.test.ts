import { Busboy } from '@fastify/busboy';
import { describe, expect, it, vi } from 'vitest';
import { readPhotoRequest } from '../../../function/source/read-photo-request.ts';
import { drawnJpeg } from '../../helpers/drawn-jpeg.ts';
import { encodeRgbPng } from '../../helpers/png-file.ts';
import { drawQuadrants } from '../../helpers/quadrants.ts';
import { serviceErrorOf } from '../../helpers/service-error.ts';

const photo = drawnJpeg(8, 8);
const png = encodeRgbPng(drawQuadrants(8, 8));
const base64 = photo.toString('base64');
const url = 'https://a.example/b.jpg';
const asBytes = { kind: 'one', source: { kind: 'bytes', bytes: photo } };
const asUrl = { kind: 'one', source: { kind: 'url', url } };
const urlEncoded = 'application/x-www-form-urlencoded';
const json = 'application/json';

function read(body: Uint8Array | string, contentType: string) {
  return readPhotoRequest(Buffer.from(body), contentType, 3);
}

function withOptions(asked: object, options: Record<string, string>) {
  return { ...asked, options: new URLSearchParams(options) };
}

describe('curl -d @photo', () => {
  /** What curl leaves of a file. */
  const strip = (bytes: Uint8Array) => bytes.filter((byte) => ![0x0a, 0x0d, 0].includes(byte));

  it.each([
    ['a JPEG', photo, urlEncoded],
    ['a JPEG', photo, 'image/jpeg'],
    ['a PNG', png, ''],
  ])('of %s as "%2$s" is told, with the option to use instead', async (_case, bytes, type) => {
    const error = await serviceErrorOf(() => read(strip(bytes), type));

    expect(error).toMatchObject({ code: 'bad_request', hint: expect.stringContaining('--data-binary') });
  });

  it('is not told by missing line breaks alone', async () => {
    const noBreaks = Buffer.alloc(5_000, 7);
    photo.copy(noBreaks, 0, 0, 9);

    await expect(read(noBreaks, '')).resolves.toMatchObject({ kind: 'one' });
    await expect(
      read(
        noBreaks.filter((byte) => byte !== 0),
        '',
      ),
    ).rejects.toMatchObject({ code: 'bad_request' });
  });
});

describe('urlencoded fields', () => {
  it.each([
    ['a URL', `url=${encodeURIComponent(url)}`, asUrl],
    ['a URL that nobody escaped', `url=${url}`, asUrl],
    ['the course’s key', `image_url=${url}`, asUrl],
    ['base64', `image=${encodeURIComponent(base64)}`, asBytes],
    ['base64 that nobody escaped', `image=${base64}`, asBytes],
    ['base64 in lines', `image=${base64.replace(/(.{76})/g, '$1\n')}\n`, asBytes],
    ['a data: URL', new URLSearchParams({ image: `data:image/jpeg;base64,${base64}` }).toString(), asBytes],
    ['empty fields beside it', `url=${url}&image=&s3=`, asUrl],
    ['the same twice', `url=${url}&url=${url}`, asUrl],
    ['a list of one', `url[]=${url}`, asUrl],
    ['options', `url=${url}&top=2&explain=1`, withOptions(asUrl, { top: '2', explain: '1' })],
  ])('with %s are read', async (_case, body, expected) => {
    for (const type of [urlEncoded, '', 'text/plain;charset=UTF-8']) expect(await read(body, type)).toEqual(expected);
  });

  it.each([
    ['nothing in it', 'url=&image=', 'no photo', 'url='],
    ['a file’s name for its content', 'photo=@photo.jpg', '"photo"', '-F'],
    ['a URL that breaks off at its &', `url=${url}?a=1&b=2`, '"b"', '--data-urlencode'],
    ['two URLs', `url=${url}&url=${url}2`, 'two values', '"items"'],
    ['two sources', `url=${url}&image=AAAA`, 'more than one source', 'one of'],
    ['endless fields', 'top=1&'.repeat(65), 'more than 64', 'url='],
  ])('with %s are refused', async (_case, body, words, hint) => {
    const error = await serviceErrorOf(() => read(body, urlEncoded));

    expect(error).toMatchObject({ code: 'bad_request', hint: expect.stringContaining(hint) });
    expect(error.message).toContain(words);
  });
});

describe('a bare text', () => {
  it.each([
    ['base64', base64, asBytes],
    ['base64 in lines', `${base64.replace(/(.{76})/g, '$1\r\n')}\r\n`, asBytes],
    ['base64 in quotes of JSON', JSON.stringify(base64), asBytes],
    ['base64 of a PNG', png.toString('base64'), { kind: 'one', source: { kind: 'bytes', bytes: png } }],
    ['a data: URL', `DATA:image/jpeg;base64,${base64}`, asBytes],
    ['a URL', `${url}\n`, asUrl],
    ['a URL in quotes of JSON', JSON.stringify(url), asUrl],
    ['a URL after a byte-order mark', `\ufeff${url}`, asUrl],
    [
      'a URL without its scheme',
      'www.a.example/b.jpg',
      { kind: 'one', source: { kind: 'url', url: 'https://www.a.example/b.jpg' } },
    ],
    ['an address in S3', 's3://bucket/key', { kind: 'one', source: { kind: 's3', uri: 's3://bucket/key' } }],
  ])('that is %s is read', async (_case, body, expected) => {
    expect(await read(body, json)).toEqual(expected);

    if (!body.startsWith('"'))
      for (const type of ['', 'text/plain', urlEncoded, 'image/jpeg']) expect(await read(body, type)).toEqual(expected);
  });

  it('that is broken base64 is refused as such', async () => {
    await expect(read(base64.slice(0, -1), 'text/plain')).rejects.toMatchObject({ code: 'bad_request' });
    await expect(read(base64.replaceAll('/', '_').replaceAll('+', '-'), '')).rejects.toThrow('URL-safe');
  });

  it('of several URLs is no photo', async () => {
    expect(await read(`${url}\n${url}`, '')).toMatchObject({ kind: 'one', source: { kind: 'bytes' } });
  });
});

describe('JSON', () => {
  it.each([
    ['empty fields', { url, image: null, s3: '', items: null }, asUrl],
    ['the course’s key', { image_url: url }, asUrl],
    ['options', { url, top: 3, explain: true }, withOptions(asUrl, { top: '3', explain: 'true' })],
    ['a URL for an image', { image: url }, asUrl],
    ['a data: URL for a URL', { url: `data:image/jpeg;base64,${base64}` }, asBytes],
    ['an address in S3 for a URL', { url: 'S3://b/k' }, { kind: 'one', source: { kind: 's3', uri: 's3://b/k' } }],
    ['a URL for an address in S3', { s3: url }, asUrl],
    ['a URL without its scheme', { url: 'a.example/b.jpg' }, asUrl],
    ['such a URL for an image', { image: 'a.example/b.jpg' }, asUrl],
    ['a file of Power Automate', { '$content-type': 'image/jpeg', $content: base64 }, asBytes],
    ['such a file in items', { items: [{ $content: base64 }] }, { kind: 'items', items: [asBytes.source] }],
    [
      'options beside items',
      { items: [{ url }], top: 1 },
      withOptions({ kind: 'items', items: [asUrl.source] }, { top: '1' }),
    ],
  ])('with %s is read', async (_case, value, expected) => {
    expect(await read(JSON.stringify(value), json)).toEqual(expected);
  });

  const text = JSON.stringify({ url });
  const utf16 = Buffer.from(text, 'utf16le');

  it.each([
    ['UTF-16', utf16],
    ['UTF-16 with its mark', Buffer.concat([Buffer.of(0xff, 0xfe), utf16])],
    ['UTF-16 of the other order', Buffer.from(utf16).swap16()],
    ['the same with its mark', Buffer.from(Buffer.concat([Buffer.of(0xff, 0xfe), utf16])).swap16()],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`)],
  ])('in %s is read, under any type', async (_case, bytes) => {
    for (const type of [json, '', 'image/jpeg']) expect(await read(bytes, type)).toEqual(asUrl);
  });

  it.each([
    ['a key in capitals', { Url: url }, '"Url"', '"url"'],
    ['a URL under another key', { photo: url }, '"photo"', '{"url"'],
    ['an address in S3 under another key', { object: 's3://b/k' }, '"object"', '{"s3"'],
    ['base64 under another key', { photo: base64 }, '"photo"', '{"image"'],
    ['the numbers of a Buffer', { image: { type: 'Buffer', data: [255] } }, 'list of numbers', 'base64'],
    ['numbers', { image: [255, 216] }, 'list of numbers', 'base64'],
    ['the numbers of a typed array', { image: { 0: 255 } }, 'list of numbers', 'base64'],
    ['an object for a URL', { url: { href: url } }, 'not a text', 'one of'],
    ['a file name', { image: 'C:\\\\photo.JPG' }, 'name of a file', 'base64'],
  ])('with %s is refused, and the way named', async (_case, value, words, hint) => {
    const error = await serviceErrorOf(() => read(JSON.stringify(value), json));

    expect(error.message).toContain(words);
    expect(error.hint).toContain(hint);
  });

  it('names the place of an option inside an item', async () => {
    const asked = await read(JSON.stringify({ items: [{ url, top: 1 }] }), json);

    expect(asked).toMatchObject({ items: [{ hint: expect.stringContaining('beside "items"') }] });
  });
});

describe('a form', () => {
  const boundary = 'border';
  const contentType = `multipart/form-data; boundary=${boundary}`;

  function form(...parts: readonly (readonly [headers: string, content: Uint8Array | string])[]): Buffer {
    const encoded = parts.map(([headers, content]) =>
      Buffer.concat([
        Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${headers}\r\n\r\n`),
        Buffer.from(content),
        Buffer.from('\r\n'),
      ]),
    );
    return Buffer.concat([...encoded, Buffer.from(`--${boundary}--\r\n`)]);
  }
  const file = ['name="photo"; filename="a.jpg"\r\ncontent-type: image/jpeg', photo] as const;
  const field = (name: string, value: string) => [`name="${name}"`, value] as const;
  const blob = 'name="meta"; filename="blob"';

  it.each([
    ['options', form(field('top', '2'), file), withOptions(asBytes, { top: '2' })],
    ['empty fields', form(field('url', ''), field('top', ''), file), asBytes],
    ['a URL for a file', form(field('url', url)), asUrl],
    ['base64 for a file', form(field('image', base64)), asBytes],
    ['more base64 than a megabyte', form(field('image', Buffer.alloc(1_200_000, 7).toString('base64'))), undefined],
    ['a data: URL for a file', form(field('image', `data:image/jpeg;base64,${base64}`)), asBytes],
    ['a file whose part is base64', form([`${file[0]}\r\ncontent-transfer-encoding: 8bit`, base64]), asBytes],
    ['JSON beside the file', form([`${blob}\r\ncontent-type: application/json`, '{"a":1}'], file), asBytes],
    ['JSON of no type beside the file', form([blob, ' [1]'], file), asBytes],
    ['text beside the file', form(file, [`${blob}\r\ncontent-type: text/plain; charset=utf-8`, 'hello']), asBytes],
  ])('with %s is read', async (_case, body, expected) => {
    const asked = await read(body, contentType);

    if (expected === undefined) expect(asked).toMatchObject({ kind: 'one' });
    else expect(asked).toEqual(expected);
  });

  it('takes a photo under a type of text for a photo', async () => {
    const asked = await read(form(file, ['name="b"; filename="b"\r\ncontent-type: text/plain', png]), contentType);

    expect(asked).toMatchObject({ kind: 'items', items: [{ bytes: photo }, { bytes: png }] });
  });

  it.each([
    ['two URLs', form(field('url', url), field('url', `${url}2`)), 'two values'],
    ['a file and a URL', form(file, field('url', url)), 'a file beside the fields "url"'],
    ['broken base64', form(field('image', 'AAA')), 'base64'],
  ])('with %s is refused', async (_case, body, words) => {
    const error = await serviceErrorOf(() => read(body, contentType));

    expect(error.code).toBe('bad_request');
    expect(error.message).toContain(words);
  });

  it.each([
    '',
    'application/json',
    'application/octet-stream',
    'image/jpeg',
  ])('under the type "%s" is told from a photo, and the way named', async (type) => {
    const error = await serviceErrorOf(() => read(form(file), type));

    expect(error).toMatchObject({ code: 'bad_request', hint: expect.stringContaining('to the client') });
  });

  it('is read no further than its limit on parts', async () => {
    const parts = Array(60_000).fill(field('a', 'b')) as (readonly [string, string])[];
    const body = form(...parts);
    const write = vi.spyOn(Busboy.prototype, 'write');

    const error = await serviceErrorOf(() => read(body, contentType));

    expect(error.message).toContain('more than 3 files or 64 fields');
    expect(write).toHaveBeenCalledTimes(1);

    write.mockRestore();
  });
});
