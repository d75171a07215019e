import { describe, expect, test } from 'vitest';
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

  test('answers the bare object of all labels to scores, whatever the source', async () => {
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

  test.each([
    ['nothing', {}, 'bad_request'],
    ['null', null, 'bad_request'],
    ['a text', 'photo', 'bad_request'],
    ['something beside the photo', { image, top: 3 }, 'bad_request'],
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

  test('fails with too_slow two seconds before the deadline of the runtime', async () => {
    const never = createTestService({ fetchPhoto: () => new Promise(() => undefined) });
    const error = await serviceErrorOf(() => never.handler({ url: 'u' }, contextFor(2_050)));
    expect(error.code).toBe('too_slow');
  });
});
