import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assets } from '../../../function/bundling/assets.ts';
import { loadBalancerEvent, payload1Event, payload2Event } from '../../helpers/events.ts';
import { contextFor, createTestService, request } from '../../helpers/test-service.ts';

const service = createTestService();
const hat = readFileSync(join(assets.examplesDirectory, 'hat.jpg'));

describe('GET /examples/{name}', () => {
  it.each([
    ['a function URL or an HTTP API', payload2Event],
    ['a REST API', payload1Event],
    ['a load balancer', loadBalancerEvent],
  ])('answers through %s with the photo as base64', async (_door, toEvent) => {
    const result = (await service.handler(toEvent({ path: '/examples/hat.jpg' }), contextFor())) as {
      readonly body: string;
    };

    expect(result).toMatchObject({ statusCode: 200, isBase64Encoded: true });
    expect(result).toMatchObject({ headers: { 'content-type': 'image/jpeg' } });
    expect(Buffer.from(result.body, 'base64').equals(hat)).toBe(true);
  });

  it.each([
    '/examples/nothing.jpg',
    '/examples/README.md',
    '/examples/thumbnails.json',
    '/examples/..',
    '/examples/../package.json',
    '/examples/%2e%2e%2fpackage.json',
    '/examples/',
    '/examples',
  ])('knows nothing of %s', async (path) => {
    const answer = await request(service, { path });

    expect(answer.status).toBe(404);
    expect(answer.json.error.code).toBe('not_found');
  });

  it('says which there are', async () => {
    const { json } = await request(service, { path: '/examples/socks.jpg' });

    expect(json.error.hint).toContain('hat.jpg');
  });

  it('has none for a model that brings none', async () => {
    const bare = createTestService({ examplesDirectory: join(assets.examplesDirectory, 'nowhere') });

    const { json } = await request(bare, { path: '/examples/hat.jpg' });

    expect(json.error.hint).toBe('This model has no photos to try.');
  });

  it('takes no other method', async () => {
    const answer = await request(service, { method: 'POST', path: '/examples/hat.jpg' });

    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD, OPTIONS');
  });
});
