import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../function/invocation/service-error.ts';
import { readLimits } from '../../function/settings/limits.ts';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import { payload2Event } from '../helpers/events.ts';
import { contextFor, createTestService, request, tinyClassifier } from '../helpers/test-service.ts';

const photo = drawnJpeg(20, 30);
const base64 = photo.toString('base64');
const json = { 'content-type': 'application/json' };
const predict = { method: 'POST', path: '/predict', body: photo };

function predictJson(value: unknown) {
  return { method: 'POST', path: '/predict', headers: json, body: JSON.stringify(value) };
}

describe('POST /predict', () => {
  it('answers with labels, verdict, photo, model and times', async () => {
    const { version } = await tinyClassifier();

    const { status, headers, json: answer } = await request(createTestService(), predict);

    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(answer).toEqual({
      label: answer.predictions[0].label,
      probability: answer.predictions[0].probability,
      verdict: 'uncalibrated',
      predictions: [
        { label: expect.any(String), probability: expect.any(Number), score: expect.any(Number) },
        { label: expect.any(String), probability: expect.any(Number), score: expect.any(Number) },
      ],
      photo: { format: 'jpeg', width: 20, height: 30, orientation: 1, decoder: expect.any(String) },
      model: { name: 'tiny', version },
      timing: {
        sourceMs: expect.any(Number),
        decodeMs: expect.any(Number),
        fitMs: expect.any(Number),
        modelMs: expect.any(Number),
        totalMs: expect.any(Number),
        coldStart: true,
      },
    });

    const [first, second] = answer.predictions;

    expect(first.probability).toBeGreaterThanOrEqual(second.probability);
    expect(first.probability + second.probability).toBeCloseTo(1, 6);
  });

  it('is a cold start only at the first event of a process', async () => {
    const service = createTestService();

    await request(service, { path: '/nowhere' });

    expect((await request(service, predict)).json.timing.coldStart).toBe(false);
  });

  it.each([
    ['', 2],
    ['top=1', 1],
    ['top=2', 2],
    ['top=99999999999999999999', 2],
  ])('with the query "%s" answers with %i of its two labels', async (query, count) => {
    expect((await request(createTestService(), { ...predict, query })).json.predictions).toHaveLength(count);
  });

  it('explains where it is asked to', async () => {
    const { json: answer } = await request(createTestService(), { ...predict, query: 'explain=1' });

    expect(answer.explanation).toMatchObject({ label: answer.label, runnerUp: { margin: expect.any(Number) } });
    expect((await request(createTestService(), { ...predict, query: 'explain=0' })).json).not.toHaveProperty(
      'explanation',
    );
  });

  it('says that a model without a map cannot explain', async () => {
    const classifier = async () => {
      const real = await tinyClassifier();
      return { ...real, card: real.card, version: real.version, canExplain: false };
    };

    const { status, json: answer } = await request(createTestService({ classifier }), {
      ...predict,
      query: 'explain=1',
    });

    expect([status, answer.error.code]).toEqual([400, 'bad_request']);
  });

  it.each([
    ['top[]=1', {}],
    ['top[0]=1', {}],
    ['', { top: 1 }],
    ['', { top: '1', explain: null }],
  ])('reads the options of the query "%s" and the body %o', async (query, options) => {
    const parts = { ...predictJson({ image: base64, ...options }), query };

    const { json: answer } = await request(createTestService(), parts);

    expect(answer.predictions).toHaveLength(1);
    expect(answer).not.toHaveProperty('explanation');
  });

  it.each(['explain=true', 'explain=True', 'explain=1'])('explains for %s', async (query) => {
    expect((await request(createTestService(), { ...predict, query })).json).toHaveProperty('explanation');
  });

  it('refuses an option that is in the query and the body', async () => {
    const parts = { ...predictJson({ image: base64, top: 1 }), query: 'top=2' };

    const { status, json: answer } = await request(createTestService(), parts);

    expect([status, answer.error.code]).toEqual([400, 'bad_request']);
  });

  it.each([
    'top=0',
    'top=-1',
    'top=1.5',
    'top=',
    'top=x',
    'top=1&top=2',
    'explain=yes',
    'explain=',
    'size=3',
    'Top=1',
  ])('refuses the query "%s"', async (query) => {
    const { status, json: answer } = await request(createTestService(), { ...predict, query });

    expect([status, answer.error.code]).toEqual([400, 'bad_request']);
  });

  it('gives the same probabilities by every way in', async () => {
    const fetchPhoto = async () => photo;
    const service = createTestService({ fetchPhoto, fetchObject: fetchPhoto });
    const form = new FormData();
    form.set('photo', new Blob([photo]));
    const sent = new Request('http://a.example', { method: 'POST', body: form });
    const ways = [
      predict,
      predictJson({ image: base64 }),
      predictJson({ image: `data:image/png;base64,${base64}` }),
      predictJson({ url: 'https://a.example/photo.jpg' }),
      predictJson({ s3: 's3://bucket/key' }),
      {
        method: 'POST',
        path: '/predict',
        headers: { 'Content-Type': sent.headers.get('content-type') ?? '' },
        body: await sent.bytes(),
      },
    ];
    const answers = await Promise.all(ways.map((way) => request(service, way)));
    const [first] = answers;
    for (const { status, json: answer } of answers) {
      expect(status).toBe(200);
      expect(answer.predictions).toEqual(first?.json.predictions);
    }
  });

  it('gives each item its own answer or error, in order', async () => {
    const fetchPhoto = async (url: string) => {
      if (url.endsWith('slow')) await new Promise((resolve) => setTimeout(resolve, 20));
      if (url.endsWith('gone')) throw new ServiceError('fetch_failed', 'It is gone.', 'Look elsewhere.');
      return photo;
    };
    const items = [{ url: 'slow' }, { image: 'no base64!' }, { url: 'gone' }, { image: base64 }, 7];
    const service = createTestService({ fetchPhoto });

    const { status, json: answer } = await request(service, predictJson({ items }));

    expect(status).toBe(200);
    expect(answer.items.map((item: { error?: { code: string } }) => item.error?.code)).toEqual([
      undefined,
      'bad_request',
      'fetch_failed',
      undefined,
      'bad_request',
    ]);
    expect(answer.items[0].predictions).toEqual(answer.items[3].predictions);
    expect(service.lines[0]).toMatchObject({ items: 5, failedItems: ['bad_request', 'fetch_failed', 'bad_request'] });

    const { version } = await tinyClassifier();

    expect(service.lines[0]).toMatchObject({
      modelVersion: version,
      photos: [
        { source: 'url', sizeInBytes: photo.length, label: answer.items[0].label, timing: answer.items[0].timing },
        { code: 'bad_request' },
        { source: 'url', code: 'fetch_failed' },
        { source: 'bytes', verdict: answer.items[3].verdict, photo: { width: 20, height: 30 } },
        { code: 'bad_request' },
      ],
    });
  });

  it('answers the items that are done when the deadline comes, the others with too_slow', async () => {
    const fetchPhoto = (url: string) =>
      url === 'never' ? new Promise<never>(() => undefined) : Promise.resolve(photo);
    const items = [{ url: 'now' }, ...Array(15).fill({ url: 'never' })];
    await tinyClassifier();
    const startedAt = Date.now();

    const { status, json: answer } = await request(
      createTestService({ fetchPhoto }),
      predictJson({ items }),
      undefined,
      contextFor(3_000),
    );

    expect(Date.now() - startedAt).toBeLessThan(3_000);
    expect(status).toBe(200);
    expect(answer.items[0].label).toBeDefined();
    expect(answer.items.slice(1).map((item: { error: { code: string } }) => item.error.code)).toEqual(
      Array(15).fill('too_slow'),
    );
  });

  it.each([
    ['no body', { method: 'POST', path: '/predict' }, 400, 'bad_request'],
    ['text', { ...predict, body: 'hello there' }, 415, 'unsupported_format'],
    ['a photo cut off', { ...predict, body: photo.subarray(0, photo.length / 2) }, 422, 'corrupt_photo'],
    ['a photo that a gateway turned into text', { ...predict, body: photo.toString('utf8') }, 400, 'bad_request'],
    ['a body over the limit', { ...predict, body: Buffer.alloc(4_500_001) }, 413, 'photo_too_large'],
  ])('with %s answers an error of the family', async (_case, parts, status, code) => {
    const service = createTestService();

    const answer = await request(service, parts);

    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
    expect(answer.json).toEqual({ error: { code, message: expect.any(String), hint: expect.any(String) } });
    expect(service.lines).toEqual([expect.objectContaining({ level: 'warn', status, code })]);
  });

  it('takes a body of exactly the limit', async () => {
    const parts = { ...predict, body: Buffer.alloc(4_500_000, 'a') };

    expect((await request(createTestService(), parts)).status).toBe(415);
  });

  it('says both numbers of a body that is too large', async () => {
    const limits = readLimits({ MAXIMUM_BODY_SIZE_IN_BYTES: '1000' });

    const { json: answer } = await request(createTestService({ limits }), { ...predict, body: Buffer.alloc(1234) });

    expect(answer.error.message).toMatch(/1,234.*1,000/);
  });

  it('refuses base64 of a gateway that is broken', async () => {
    const event = { ...payload2Event(predict), body: '/9j/4AA', isBase64Encoded: true };

    const { status, json: answer, headers } = await request(createTestService(), predict, event);

    expect([status, answer.error.code]).toEqual([400, 'bad_request']);
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  it('keeps the details of a fault for the log, with the id that the caller is given', async () => {
    const service = createTestService({
      classifier: async () => {
        throw new Error('weights.bin is gone');
      },
    });

    const { status, json: answer, headers, text } = await request(service, predict);

    expect([status, answer.error.code]).toEqual([500, 'internal_error']);
    expect(text).not.toContain('weights.bin');
    expect(headers['x-request-id']).toBe('request-1');
    expect(service.lines).toEqual([
      expect.objectContaining({
        level: 'error',
        requestId: 'request-1',
        causes: [expect.stringContaining('weights.bin')],
      }),
    ]);
  });

  it('logs no photo, no secret and no whole URL', async () => {
    const service = createTestService({ fetchPhoto: async () => photo, secret: 'open-sesame' });
    const parts = predictJson({ url: 'https://a.example/b.jpg?signature=abc' });
    const headers = { ...parts.headers, 'x-api-key': 'open-sesame' };
    await request(service, { ...parts, query: 'top=1', headers });
    const line = JSON.stringify(service.lines);

    expect(line).toContain('"source":"url"');
    expect(line).not.toMatch(/signature|sesame|base64/);
  });
});

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

describe('GET /health', () => {
  it('says which model answers, on what', async () => {
    const { version } = await tinyClassifier();

    const { status, json: answer } = await request(createTestService(), { path: '/health' });

    expect(status).toBe(200);
    expect(answer).toEqual({
      status: 'ok',
      model: { name: 'tiny', version, labels: ['red', 'green'], output: 'logits' },
      version: '1.2.3',
      architecture: process.arch === 'x64' ? 'x86_64' : process.arch,
      limits: { bodySizeInBytes: 4_500_000, photoSizeInBytes: 20_000_000, pixels: 50_000_000, items: 16 },
    });
  });

  const withParity = (ok: boolean) => async () => {
    const { card, version } = await tinyClassifier();
    const report = { photos: 4, largestDifference: 0.25, sameFirstLabels: ok, ok };
    return { ...(await tinyClassifier()), card, version, verifyParity: () => report };
  };

  it('deep, adds how far the answers are from those of Keras', async () => {
    const service = createTestService({ classifier: withParity(true) as typeof tinyClassifier });

    const { json: answer } = await request(service, { path: '/health', query: 'deep=1' });

    expect(answer.parity).toEqual({ photos: 4, largestDifference: 0.25, sameFirstLabels: true });
  });

  it('deep, has nothing to compare for a model without parity photos', async () => {
    expect((await request(createTestService(), { path: '/health', query: 'deep=1' })).json.parity).toBeNull();
  });

  it('deep, fails when the model answers otherwise than Keras did', async () => {
    const service = createTestService({ classifier: withParity(false) as typeof tinyClassifier });

    const { status } = await request(service, { path: '/health', query: 'deep=1' });

    expect(status).toBe(500);
    expect(JSON.stringify(service.lines)).toContain('0.25');
  });

  it('refuses an unknown option', async () => {
    expect((await request(createTestService(), { path: '/health', query: 'shallow=1' })).status).toBe(400);
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
