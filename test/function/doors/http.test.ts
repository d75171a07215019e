import { describe, expect, it } from 'vitest';
import { payload1 } from '../../../function/doors/payload-1.ts';
import { payload2 } from '../../../function/doors/payload-2.ts';
import { drawnJpeg } from '../../helpers/drawn-jpeg.ts';
import { loadBalancerEvent, payload1Event, payload2Event } from '../../helpers/events.ts';
import { contextFor, createTestService, request } from '../../helpers/test-service.ts';

const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
const parts = {
  method: 'post',
  path: '/predict',
  query: 'top=3&top=%C3%BC',
  headers: { 'Content-Type': 'image/jpeg' },
};

describe.each([
  ['2.0', payload2, payload2Event],
  ['1.0', payload1, payload1Event],
])('payload format %s', (_version, format, createEvent) => {
  it('tells its events from others', () => {
    expect(format.accepts(createEvent(parts))).toBe(true);

    for (const other of [null, 7, 'text', [], {}, { url: 'u' }, { version: '2.0' }, { httpMethod: 'GET' }]) {
      expect(format.accepts(other)).toBe(false);
    }
  });

  it('gives method, path, query and headers', () => {
    const read = format.toRequest(createEvent(parts));

    expect([read.method, read.path, read.query.getAll('top')]).toEqual(['POST', '/predict', ['3', 'ü']]);
    expect(read.headers.get('content-type')).toBe('image/jpeg');
  });

  it('keeps every byte of a body in base64, and reads one of text as UTF-8', () => {
    expect(Buffer.from(format.toRequest(createEvent({ body: bytes })).readBody())).toEqual(Buffer.from(bytes));
    expect(Buffer.from(format.toRequest(createEvent({ body: 'ü' })).readBody())).toEqual(Buffer.from('ü'));
    expect(format.toRequest(createEvent()).readBody()).toHaveLength(0);
  });

  it('answers in the form that its gateway takes', () => {
    const headers = { allow: 'GET' };

    expect(format.toResult({ status: 405, headers, body: 'ü' }, createEvent())).toEqual({
      statusCode: 405,
      headers,
      body: 'ü',
      isBase64Encoded: false,
    });
  });
});

it.each([
  ['$default', '/predict', '/predict'],
  ['prod', '/prod/predict', '/predict'],
  ['prod', '/prod', '/'],
  ['prod', '/production', '/production'],
  ['$default', '', '/'],
])('an HTTP API with the stage %s and the path "%s" means %s', (stage, path, expected) => {
  expect(payload2.toRequest(payload2Event({ path }, stage)).path).toBe(expected);
});

it.each([
  ['', '/predict'],
  ['/base', '/predict'],
  ['/base', '/'],
])('a REST API under the base path "%s" means %s', (basePath, path) => {
  expect(payload1.toRequest(payload1Event({ path }, basePath)).path).toBe(path);
});

it('a REST API gives several values of one header', () => {
  const event = { ...payload1Event(), multiValueHeaders: { Accept: ['text/html', 'application/json'] } };

  expect(payload1.toRequest(event).headers.get('accept')).toBe('text/html, application/json');
});

it('a REST API without the maps of lists is read from the plain ones', () => {
  const { multiValueHeaders, multiValueQueryStringParameters, ...event } = payload1Event(parts);

  expect([multiValueHeaders, multiValueQueryStringParameters]).not.toContain(undefined);

  const read = payload1.toRequest(event);

  expect([read.headers.get('content-type'), read.query.get('top')]).toEqual(['image/jpeg', 'ü']);
});

it('one photo through both gives the same probabilities', async () => {
  const photo = { method: 'POST', path: '/predict', body: drawnJpeg(16, 16) };
  const service = createTestService();

  const answers = await Promise.all(
    [payload1Event(photo), payload2Event(photo)].map((event) => request(service, photo, event)),
  );

  expect(answers[0]?.status).toBe(200);
  expect(answers[0]?.json.predictions).toEqual(answers[1]?.json.predictions);
});

it.each([
  ['payload format 2.0', payload2Event(parts), 'id'],
  ['payload format 1.0', payload1Event(parts), 'id'],
  ['a load balancer', loadBalancerEvent({ headers: { 'x-amzn-trace-id': 'Root=1-2-3' } }), 'Root=1-2-3'],
])('logs the id that the gateway of %s gave the request', async (_case, event, id) => {
  const service = createTestService();

  await service.handler(event, contextFor());

  expect(service.lines).toMatchObject([{ requestId: 'request-1', apiRequestId: id }]);
});

it.each(['FOO{secret}', 'x'.repeat(1_000)])('logs neither a path nor a method that nobody knows', async (word) => {
  const service = createTestService();

  await service.handler(payload2Event({ method: word, path: `/${word}` }), contextFor());

  expect(service.lines).toMatchObject([{ method: 'other', path: 'unknown', code: 'not_found' }]);
  expect(JSON.stringify(service.lines)).not.toMatch(/secret|xx/i);
});
