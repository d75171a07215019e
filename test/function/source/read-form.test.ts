import { Busboy } from '@fastify/busboy';
import { describe, expect, it, vi } from 'vitest';
import { serviceErrorOf } from '../../helpers/service-error.ts';
import { asBytes, asUrl, base64, photo, png, read, url, withOptions } from './asked-by-body.ts';

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
