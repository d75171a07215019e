import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../function/invocation/service-error.ts';
import { readLimits } from '../../../function/settings/limits.ts';
import { payload2Event } from '../../helpers/events.ts';
import { base64, photo, predict, predictJson } from '../../helpers/predict-requests.ts';
import { contextFor, createTestService, request, tinyClassifier } from '../../helpers/test-service.ts';

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
