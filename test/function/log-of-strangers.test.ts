import { describe, expect, it } from 'vitest';
import { toEmbeddedMetrics } from '../../function/invocation/request-metrics.ts';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import { loadBalancerEvent, payload1Event, payload2Event, type RequestParts } from '../helpers/events.ts';
import { contextFor, createTestService } from '../helpers/test-service.ts';

/** What no line may hold, wherever a caller puts it. */
const mark = 'jane.doe-1984';

const photo = drawnJpeg(40, 30);
const form = [
  '--limit',
  `content-disposition: form-data; name="${mark}"; filename="${mark}.jpg"`,
  '',
  photo.toString('latin1'),
  '--limit--',
  '',
].join('\r\n');
const personal = {
  cookie: `session=${mark}`,
  'user-agent': mark,
  authorization: `Bearer ${mark}`,
  'x-api-key': mark,
  'x-forwarded-for': mark,
  referer: `https://${mark}.example/`,
  origin: `https://${mark}.example`,
};
const json = (body: unknown): RequestParts => ({
  method: 'POST',
  path: '/predict',
  headers: { ...personal, 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const base64 = photo.toString('base64');

const requests: readonly (readonly [string, RequestParts])[] = [
  ['a photo', { method: 'POST', path: '/predict', query: `top=1&${mark}=${mark}`, headers: personal, body: photo }],
  [
    'a form with a named file',
    {
      method: 'POST',
      path: '/predict',
      headers: { ...personal, 'content-type': 'multipart/form-data; boundary=limit' },
      body: Buffer.from(form, 'latin1'),
    },
  ],
  ['an address that cannot be fetched', json({ url: `https://${mark}:${mark}@${mark}.example/${mark}?token=${mark}` })],
  ['an object of S3', json({ s3: `s3://${mark}/${mark}.jpg` })],
  ['items, some of them wrong', json({ items: [{ image: base64 }, { image: mark }, { url: `ftp://${mark}` }] })],
  ['an unknown option', json({ image: base64, [mark]: mark })],
  ['text that is no JSON', { ...json(''), body: `{${mark}` }],
  ['a path that is not there', { method: 'GET', path: `/${mark}`, query: mark, headers: personal }],
  ['a method that is none', { method: mark.toUpperCase(), path: '/predict', headers: personal }],
];

describe.each([
  ['a function URL or an HTTP API', payload2Event],
  ['a REST API', payload1Event],
  ['a load balancer', loadBalancerEvent],
])('the log of requests through %s', (_door, toEvent) => {
  it.each(requests)('has one line for %s, and in it nothing of the caller', async (_what, parts) => {
    const service = createTestService({ toMetrics: (fields, code) => toEmbeddedMetrics(fields, code, 'clothes') });

    await service.handler(toEvent(parts), contextFor());

    expect(service.lines).toHaveLength(1);
    expect(JSON.stringify(service.lines).toLowerCase()).not.toContain(mark);
  });
});

describe('the log of direct invocations', () => {
  it.each([
    [{ image: base64 }],
    [{ image: mark }],
    [{ url: `https://${mark}.example/${mark}` }],
    [{ url: mark, [mark]: mark }],
    [mark],
  ])('has one line for %#, and in it nothing of the caller', async (event) => {
    const service = createTestService({ toMetrics: (fields, code) => toEmbeddedMetrics(fields, code, 'clothes') });

    await service.handler(event, contextFor()).catch(() => undefined);

    expect(service.lines).toHaveLength(1);
    expect(JSON.stringify(service.lines).toLowerCase()).not.toContain(mark);
  });
});
