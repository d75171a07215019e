import { describe, expect, it } from 'vitest';
import { loadBalancer } from '../../../function/doors/load-balancer.ts';
import { drawnJpeg } from '../../helpers/drawn-jpeg.ts';
import { loadBalancerEvent, payload1Event } from '../../helpers/events.ts';
import { contextFor, createTestService } from '../../helpers/test-service.ts';

const photo = drawnJpeg(16, 16);
const parts = {
  method: 'POST',
  path: '/predict',
  query: 'top=1&na%20me=%C3%BC%26+b',
  headers: { 'Content-Type': 'image/jpeg' },
  body: photo,
};

describe.each([
  ['single values', false],
  ['lists of values', true],
])('a load balancer that hands over %s', (_case, multiple) => {
  const event = loadBalancerEvent(parts, multiple);

  it('is told from a REST API', () => {
    expect(loadBalancer.accepts(event)).toBe(true);

    for (const other of [null, {}, payload1Event(parts), { requestContext: { elb: {} } }]) {
      expect(loadBalancer.accepts(other)).toBe(false);
    }
  });

  it('has its query decoded once, and every byte of its body kept', () => {
    const request = loadBalancer.toRequest(event);

    expect([request.method, request.path]).toEqual(['POST', '/predict']);
    expect([...request.query]).toEqual([
      ['top', '1'],
      ['na me', 'ü& b'],
    ]);
    expect(request.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(request.readBody())).toEqual(photo);
  });

  it('gets its answer in the same form', async () => {
    const plain = { ...parts, query: 'top=1' };

    const answer = await createTestService().handler(loadBalancerEvent(plain, multiple), contextFor());

    expect(answer).toMatchObject({ statusCode: 200, statusDescription: '200 OK', isBase64Encoded: false });
    expect(answer).toMatchObject(
      multiple
        ? { multiValueHeaders: { 'content-type': ['application/json'] } }
        : { headers: { 'content-type': 'application/json' } },
    );
    expect(Object.keys(answer as object)).not.toContain(multiple ? 'headers' : 'multiValueHeaders');
    expect(JSON.parse((answer as { body: string }).body).predictions).toHaveLength(1);
  });
});

it('gives every value of a query that comes in lists', () => {
  const event = loadBalancerEvent({ query: 'top=1&top=2' }, true);

  expect(loadBalancer.toRequest(event).query.getAll('top')).toEqual(['1', '2']);
});
