import { describe, expect, it } from 'vitest';
import type { DirectAnswer } from '../../../function/settings/direct-answer.ts';
import { drawnJpeg } from '../../helpers/drawn-jpeg.ts';
import { serviceErrorOf } from '../../helpers/service-error.ts';
import { contextFor, createTestService, tinyClassifier } from '../../helpers/test-service.ts';

const photo = drawnJpeg(16, 16);
const image = photo.toString('base64');

describe('a direct invocation', () => {
  const asked: string[] = [];
  const fetchBytes = async (address: string) => {
    asked.push(address);
    return photo;
  };
  const service = createTestService({ fetchPhoto: fetchBytes, fetchObject: fetchBytes });

  it('answers the bare object of all labels to scores, whatever the source', async () => {
    const answers = await Promise.all(
      [{ url: 'http://a.example/pants' }, { image }, { s3: 's3://bucket/key' }].map((event) =>
        service.handler(event, contextFor()),
      ),
    );

    expect(asked).toEqual(['http://a.example/pants', 's3://bucket/key']);

    for (const answer of answers) {
      expect(answer).toEqual(answers[0]);
      expect(Object.keys(answer as object)).toEqual((await tinyClassifier()).card.labels);
    }
    const { red, green } = answers[0] as { red: number; green: number };

    expect([red, green].every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['nothing', {}, 'bad_request'],
    ['null', null, 'bad_request'],
    ['a text', 'photo', 'bad_request'],
    ['something beside the photo', { image, size: 3 }, 'bad_request'],
    ['an option that is not allowed', { image, top: 0 }, 'bad_request'],
    [
      'bytes over the limit, in items',
      { items: Array(9).fill({ image: Buffer.alloc(600_000).toString('base64') }) },
      'photo_too_large',
    ],
    ['two sources', { image, url: 'u' }, 'bad_request'],
    ['a photo cut off', { image: photo.subarray(0, 300).toString('base64') }, 'corrupt_photo'],
    ['no photo', { image: Buffer.from('hello').toString('base64') }, 'unsupported_format'],
    ['bytes over the limit', { image: Buffer.alloc(4_500_003).toString('base64') }, 'photo_too_large'],
  ])('with %s fails by an error that is named by its code', async (_case, event, code) => {
    const failing = createTestService();

    const error = await serviceErrorOf(() => failing.handler(event, contextFor()));

    expect([error.code, error.name]).toEqual([code, code]);
    expect(failing.lines).toEqual([expect.objectContaining({ door: 'direct', code })]);
  });

  it('fails with too_slow two seconds before the deadline of the runtime', async () => {
    const never = createTestService({ fetchPhoto: () => new Promise(() => undefined) });

    const error = await serviceErrorOf(() => never.handler({ url: 'u' }, contextFor(2_050)));

    expect(error.code).toBe('too_slow');
  });

  it.each([{ top: 1 }, { explain: true }])('with %o answers as POST /predict does', async (options) => {
    const answer = await service.handler({ image, ...options }, contextFor());

    expect(answer).toMatchObject({ label: expect.any(String), predictions: expect.any(Array), photo: { width: 16 } });
    expect('explanation' in (answer as object)).toBe('explain' in options);
  });

  it('answers items one by one', async () => {
    const { items } = (await service.handler({ items: [{ image }, { image: '!' }] }, contextFor())) as { items: [] };

    expect(items).toMatchObject([{ label: expect.any(String) }, { error: { code: 'bad_request' } }]);
  });

  it('takes empty fields of typed clients for absent', async () => {
    const answer = await service.handler({ image, url: null, s3: '', top: null }, contextFor());

    expect(Object.keys(answer as object)).toEqual(['red', 'green']);
  });

  it('logs what it answered, and by which model', async () => {
    const logging = createTestService();
    await logging.handler({ image }, contextFor());

    const { version } = await tinyClassifier();

    expect(logging.lines).toEqual([
      expect.objectContaining({
        door: 'direct',
        source: 'bytes',
        label: expect.stringMatching(/^(red|green)$/),
        verdict: expect.any(String),
        timing: expect.objectContaining({ modelMs: expect.any(Number), coldStart: true }),
        modelVersion: version,
      }),
    ]);
  });
});

describe('the event of the course since 2026', () => {
  const url = 'https://a.example/hair.jpg';
  const createService = (directAnswer: DirectAnswer) =>
    createTestService({ directAnswer, fetchPhoto: async () => photo });

  it('is answered by scores, unless told otherwise', async () => {
    const answer = await createService('labels').handler({ image_url: url }, contextFor());

    expect(answer).toEqual({ red: expect.any(Number), green: expect.any(Number) });
  });

  it('is answered as its handler does where that is chosen', async () => {
    const service = createService('course-2026');
    const whole = await service.handler({ image_url: url, top: 2 }, contextFor());
    const answer = (await service.handler({ image_url: url }, contextFor())) as { statusCode: number; body: string };

    const { predictions } = whole as { predictions: { label: string; probability: number }[] };
    const probability = predictions.find(({ label }) => label === 'green')?.probability ?? Number.NaN;

    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ green_probability: probability, green: probability >= 0.5 });
  });

  it.each([{ url }, { image }])('leaves %o as it was', async (event) => {
    const answer = await createService('course-2026').handler(event, contextFor());

    expect(answer).toEqual({ red: expect.any(Number), green: expect.any(Number) });
  });
});
