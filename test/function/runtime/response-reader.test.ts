import { expect, it } from 'vitest';
import { ResponseReader } from '../../../function/runtime/response-reader.ts';

/** What a reader makes of a text that comes in pieces of so many bytes; the connection ends behind it. */
function read(text: string, pieceInBytes = text.length) {
  const bytes = Buffer.from(text);
  const reader = new ResponseReader();
  for (let at = 0; at < bytes.length; at += pieceInBytes) {
    const response = reader.take(bytes.subarray(at, at + pieceInBytes));
    if (response !== undefined) return response;
  }
  return reader.end();
}

const whole = [
  ['of a known length', 'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nein Ohm!'],
  [
    'in chunks',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nein\r\n5;why=so\r\n Ohm!\r\n0\r\nTrailer: 1\r\n\r\n',
  ],
  [
    'in chunks, behind another coding',
    'HTTP/1.1 200\r\ntransfer-encoding: x, Chunked\r\n\r\n8\r\nein Ohm!\r\n0\r\n\r\n',
  ],
  ['until the connection ends', 'HTTP/1.1 200 OK\r\n\r\nein Ohm!'],
  ['behind an interim one', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\nContent-Length: 8\r\n\r\nein Ohm!'],
] as const;

it.each(whole)('reads a response %s', (_how, text) => {
  expect(read(text)).toMatchObject({ status: 200, body: 'ein Ohm!' });
});

it.each(whole)('reads a response %s that comes byte by byte', (_how, text) => {
  expect(read(text, 1)).toMatchObject({ status: 200, body: 'ein Ohm!' });
});

it.each([
  ['of no length', 'HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n'],
  ['that have no body', 'HTTP/1.1 204 No Content\r\n\r\n'],
])('reads responses %s', (_which, text) => {
  expect(read(text)?.body).toBe('');
});

it('knows headers by small letters, without the space around them', () => {
  const { headers } = read('HTTP/1.1 204 No\r\nLambda-Runtime-Trace-Id:  Root=1;a:b \r\nEmpty:\r\nodd\r\n\r\n') ?? {};

  expect(headers?.get('lambda-runtime-trace-id')).toBe('Root=1;a:b');
  expect(headers?.get('empty')).toBe('');
});

it('reads letters of several bytes that two pieces share', () => {
  expect(read('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n€ü!', 40)?.body).toBe('€ü!');
});

it.each([
  ['that is cut in its head', 'HTTP/1.1 200 OK\r\nContent-Le'],
  ['that is cut in its body', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nein Ohm!'],
  ['that is cut in a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nein Ohm!'],
  ['without its last chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nein Ohm!\r\n'],
])('takes none %s for whole', (_which, text) => {
  expect(read(text)).toBeUndefined();
});

it.each([
  ['is no HTTP', 'SSH-2.0-Server\r\n\r\n', 'something else than HTTP/1.1'],
  ['has a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', 'no known length'],
  ['has a chunk of no size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nein\r\n', 'without its size'],
  ['goes on behind its end', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n12', 'more than it was asked for'],
  ['has headers without end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(70_000)}`, 'headers of more than'],
])('refuses what %s', (_which, text, complaint) => {
  expect(() => read(text)).toThrow(complaint);
});
