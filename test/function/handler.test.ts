import { describe, expect, it } from 'vitest';
import { photo, predict } from '../helpers/predict-requests.ts';
import { createTestService, request } from '../helpers/test-service.ts';

describe('a secret', () => {
  const service = createTestService({ secret: 'open-sesame' });

  it.each([
    { authorization: 'Bearer open-sesame' },
    { Authorization: 'bearer open-sesame' },
    { 'X-Api-Key': 'open-sesame' },
  ])('opens with %o', async (headers) => {
    expect((await request(service, { ...predict, headers })).status).toBe(200);
  });

  it.each([
    {},
    { authorization: 'open-sesame' },
    { authorization: 'Bearer wrong' },
    { 'x-api-key': '' },
  ])('stays shut with %o', async (headers) => {
    const answer = await request(service, { ...predict, headers: headers as Record<string, string> });

    expect([answer.status, answer.json.error.code]).toEqual([401, 'unauthorized']);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('guards deep health, which runs the model, and nothing else', async () => {
    expect((await request(service, { path: '/health', query: 'deep=1' })).status).toBe(401);
    expect((await request(service, { path: '/health' })).status).toBe(200);
    expect((await request(service, { path: '/openapi.json' })).status).toBe(200);
  });
});

describe('routes', () => {
  const service = createTestService({ readPage: async () => '<script>1</script><p>page</p>' });

  it('answers a path that is none with those that are', async () => {
    const { status, json: answer } = await request(service, { path: '/predictions' });

    expect([status, answer.error.code]).toEqual([404, 'not_found']);

    for (const route of ['POST /predict', 'GET /health', 'GET /openapi.json', 'GET /']) {
      expect(answer.error.hint).toContain(route);
    }
  });

  it.each([
    ['GET', '/predict', 'POST, OPTIONS'],
    ['HEAD', '/predict', 'POST, OPTIONS'],
    ['DELETE', '/predict', 'POST, OPTIONS'],
    ['POST', '/health', 'GET, HEAD, OPTIONS'],
    ['PUT', '/', 'GET, HEAD, OPTIONS'],
  ])('answers %s %s with the methods that are allowed', async (method, path, allow) => {
    const { status, headers } = await request(service, { method, path });

    expect([status, headers.allow]).toEqual([405, allow]);
  });

  it('answers HEAD as GET, without the body', async () => {
    const get = await request(service, { path: '/health' });

    const head = await request(service, { method: 'HEAD', path: '/health' });

    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers).toEqual(get.headers);
  });

  it.each([
    ['/predict/', 'POST'],
    ['//predict', 'POST'],
    ['/health/', 'GET'],
    ['//health//live', 'GET'],
  ])('takes %s for the route that it means', async (path, method) => {
    const { status } = await request(service, { method, path, body: photo });

    expect([200, 204]).toContain(status);
  });

  it('knows no page under a name that breaks its links', async () => {
    expect((await request(service, { path: '/docs/' })).status).toBe(404);
  });

  it('says where a photo goes that was sent to the page', async () => {
    const { status, json: answer } = await request(service, { method: 'POST', path: '/', body: photo });

    expect(status).toBe(405);
    expect(answer.error.hint).toContain('POST is for /predict');
  });

  it('says that it is alive, without the model', async () => {
    const broken = createTestService({
      classifier: async () => {
        throw new Error('weights.bin is gone');
      },
    });

    const answer = await request(broken, { path: '/health/live' });

    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('lets a page send any header', async () => {
    const headers = { origin: 'https://a.example', 'access-control-request-headers': 'authorization,x-trace-id' };

    const answer = await request(service, { method: 'OPTIONS', path: '/predict', headers });

    expect(answer.headers['access-control-allow-headers']).toBe('authorization,x-trace-id');
    expect(answer.headers.vary).toContain('access-control-request-headers');
  });

  it.each(['a b', 'x\r\nset-cookie: a', '', 'x'.repeat(2_001)])('gives no such header back as %j', async (wanted) => {
    const headers = { 'access-control-request-headers': wanted };

    const answer = await request(service, { method: 'OPTIONS', path: '/predict', headers });

    expect(answer.headers['access-control-allow-headers']).toBe('authorization, content-type, x-api-key');
  });

  it.each(['/predict', '/health', '/nowhere'])('answers a preflight of %s', async (path) => {
    const headers = { origin: 'https://a.example', 'access-control-request-method': 'POST' };

    const answer = await request(service, { method: 'OPTIONS', path, headers });

    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': expect.stringContaining('OPTIONS'),
      'access-control-allow-headers': expect.stringContaining('content-type'),
      'access-control-max-age': expect.any(String),
    });
  });

  it.each([
    [200, { path: '/health' }],
    [404, { path: '/nowhere' }],
    [405, { path: '/predict' }],
    [400, { method: 'POST', path: '/predict' }],
  ])('sends the headers of every answer with status %i', async (status, parts) => {
    const origin = 'https://shop.example';
    const restricted = createTestService({ corsOrigins: [origin] });

    const answer = await request(restricted, { ...parts, headers: { Origin: origin } });

    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': origin,
      vary: 'origin',
      'x-content-type-options': 'nosniff',
      'x-request-id': 'request-1',
      'content-type': 'application/json',
      'cache-control': 'no-store',
    });
  });

  it('shows the page under a policy that knows its script by its hash, and JSON to who asks for that', async () => {
    const page = await request(service, { path: '/', headers: { accept: 'text/html' } });

    expect(page.text).toContain('<p>page</p>');
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(/script-src 'sha256-/),
      vary: 'accept',
    });

    const described = await request(service, { path: '/', headers: { accept: 'application/json' } });

    expect(described.json.openapi).toBe('3.1.0');
  });

  it('has no page where none was made', async () => {
    const answer = await request(createTestService(), { path: '/' });

    expect(answer.status).toBe(404);
    expect(answer.json.error.hint).not.toMatch(/GET \/(,|\.)/);
  });
});
