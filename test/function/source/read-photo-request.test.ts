import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPhotoRequest } from '../../../function/source/read-photo-request.ts';
import { drawnJpeg } from '../../helpers/drawn-jpeg.ts';
import { serviceErrorOf } from '../../helpers/service-error.ts';

const photo = drawnJpeg(8, 8);
const base64 = photo.toString('base64');
const asBytes = { kind: 'one', source: { kind: 'bytes', bytes: photo } };

function read(body: Uint8Array | string, contentType = 'application/json') {
  return readPhotoRequest(Buffer.from(body), contentType, 3);
}

it.each([
  'image/jpeg',
  'image/png',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  '',
  'video/mp4',
])('takes the raw body sent as "%s" for a photo', async (contentType) => {
  expect(await read(photo, contentType)).toEqual(asBytes);
});

it('takes an intact photo for one under the header of JSON, since its bytes decide', async () => {
  expect(await read(photo, 'application/json')).toEqual(asBytes);
});

it.each([
  'application/json',
  'application/json; charset=utf-8',
  'application/problem+json',
  'text/plain',
  '',
])('reads JSON sent as "%s"', async (contentType) => {
  expect(await read(' {"url":"https://a.example/b.jpg"}', contentType)).toEqual({
    kind: 'one',
    source: { kind: 'url', url: 'https://a.example/b.jpg' },
  });
});

it('reads each source and each item', async () => {
  expect(await read(JSON.stringify({ image: base64 }))).toEqual(asBytes);

  const asked = await read(JSON.stringify({ items: [{ s3: 's3://b/k' }, { image: '!' }, { url: 'u' }] }));

  expect(asked).toMatchObject({
    kind: 'items',
    items: [{ kind: 's3', uri: 's3://b/k' }, { code: 'bad_request' }, { kind: 'url', url: 'u' }],
  });
});

it.each([
  ['nothing', '', 'no photo'],
  ['unreadable JSON', '{"url":', 'not readable JSON'],
  ['JSON that is not UTF-8', Buffer.from('7b22ff227d', 'hex'), 'not readable JSON'],
  ['a list', '[]', 'a JSON object'],
  ['null', 'null', 'a JSON object'],
  ['an empty object', '{}', 'no photo'],
  ['two sources', '{"url":"u","image":"AAAA"}', 'more than one source'],
  ['items beside a source', '{"items":[{"url":"u"}],"url":"u"}', 'beside "items"'],
  ['an unknown key', '{"url":"u","size":3}', '"size"'],
  ['a source that is no text', '{"url":3}', 'not a text'],
  ['an empty source', '{"image":""}', 'no photo'],
  ['no items', '{"items":[]}', '0 items'],
  ['too many items', '{"items":[1,2,3,4]}', '4 items'],
  ['items that are no list', '{"items":{}}', 'not a list'],
])('refuses %s', async (_case, body, words) => {
  const error = await serviceErrorOf(() => read(body));

  expect(error.code).toBe('bad_request');
  expect(error.message).toContain(words);
});

it('recognises a photo that a gateway has turned into text, and names the header to send', async () => {
  const ruined = photo.toString('utf8');

  const error = await serviceErrorOf(() => read(ruined));

  expect(error).toMatchObject({ code: 'bad_request', hint: expect.stringContaining('content-type') });
});

describe('a form', () => {
  const boundary = 'border';
  const contentType = `multipart/form-data; boundary=${boundary}`;

  function part(disposition: string, content: Uint8Array | string): Buffer {
    return Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]);
  }
  const file = part('name="photo"; filename="a.jpg"', photo);
  const end = Buffer.from(`--${boundary}--\r\n`);

  it('is its one file part, other fields ignored', async () => {
    const note = part('name="note"', 'hello');

    expect(await read(Buffer.concat([note, file, note, end]), contentType)).toEqual(asBytes);
  });

  it('as fetch sends it is read too', async () => {
    const form = new FormData();
    form.set('photo', new Blob([photo], { type: 'image/jpeg' }));
    const sent = new Request('http://a.example', { method: 'POST', body: form });

    expect(await read(await sent.bytes(), sent.headers.get('content-type') ?? '')).toEqual(asBytes);
  });

  it('with several files is as many items', async () => {
    expect(await read(Buffer.concat([file, file, end]), contentType)).toEqual({
      kind: 'items',
      items: [asBytes.source, asBytes.source],
    });
  });

  it('leaves a file field out in which nothing was chosen', async () => {
    const unchosen = part('name="other"; filename=""', '');

    expect(await read(Buffer.concat([unchosen, file, end]), contentType)).toEqual(asBytes);
  });

  it.each([
    ['no file', Buffer.concat([part('name="note"', 'hello'), end]), contentType, 'no file'],
    ['more files than items may be', Buffer.concat([file, file, file, file, end]), contentType, 'more than 3'],
    ['another source beside it', Buffer.concat([file, part('name="url"', 'u'), end]), contentType, '"url"'],
    ['an end before its border', file, contentType, 'not readable'],
    ['a part cut short', file.subarray(0, 100), contentType, 'not readable'],
    ['no border in its header', Buffer.concat([file, end]), 'multipart/form-data', 'boundary'],
    ['no border in its body', Buffer.from('hello'), contentType, 'not readable'],
  ])('is refused with %s', async (_case, body, type, words) => {
    const error = await serviceErrorOf(() => read(body, type));

    expect(error.code).toBe('bad_request');
    expect(error.message).toContain(words);
  });

  it.each([
    'content-type: image/jpeg',
    'content-disposition: attachment; name="photo"',
    '',
  ])('ignores a long part with the header %j', async (header) => {
    const long = Buffer.from(`--${boundary}\r\n${header}\r\n\r\n${'x'.repeat(200_000)}\r\n`);

    expect(await read(Buffer.concat([long, file, end]), contentType)).toEqual(asBytes);
  });

  it('is read or refused, whatever is in it', async () => {
    const whole = Buffer.concat([part('name="note"', 'x'), file, end]);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), async (at, byte, length) => {
        const broken = Buffer.from(whole.subarray(0, length));
        if (at < length) broken[at] = byte;
        if (length === 0) return;
        const outcome = await read(broken, contentType).then(
          () => 'read',
          (error: { code?: string }) => error.code,
        );
        expect(['read', 'bad_request']).toContain(outcome);
      }),
      { numRuns: 300 },
    );
  });
});

it('refuses JSON that is nested far deeper than any request, before it takes memory for it', async () => {
  const body = Buffer.from('['.repeat(2_000_000));
  const before = process.memoryUsage().heapUsed;

  await expect(read(body, 'application/json')).rejects.toMatchObject({ code: 'bad_request' });

  expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000);
});
