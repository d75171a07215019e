import { describe, expect, it } from 'vitest';
import { serviceErrorOf } from '../../helpers/service-error.ts';
import { asBytes, asUrl, base64, photo, png, read, url, withOptions } from './asked-by-body.ts';

const urlEncoded = 'application/x-www-form-urlencoded';

const json = 'application/json';

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

  it('that is no UTF-8 is refused, not mended', async () => {
    const bytes = Buffer.concat([Buffer.from('{"url": "https://a.example/'), Buffer.of(0xc3), Buffer.from('"}')]);

    expect((await serviceErrorOf(() => read(bytes, json))).message).toBe('The body is not readable JSON.');
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
