import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { describeApi } from '../../../function/openapi/describe-api.ts';
import { readLimits } from '../../../function/settings/limits.ts';
import { offerUpload } from '../../../function/upload/offer-upload.ts';
import { wireService } from '../../../function/wire.ts';
import { createTestService, request } from '../../helpers/test-service.ts';

const environment = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };
const upload = {
  place: { bucket: 'shop-uploads', prefix: 'lens/' },
  maximumPhotoSizeInBytes: 20_000_000,
  environment,
};
const asked = (body: unknown) => Buffer.from(JSON.stringify(body));
const post = (body: string) => ({ method: 'POST', path: '/upload', body: Buffer.from(body) });

describe('POST /upload', () => {
  it('gives an address for one photo of exactly that length, for five minutes', async () => {
    const { put, s3, validForSeconds } = await offerUpload(asked({ sizeInBytes: 8_123_456 }), upload);

    const { protocol, host, pathname, searchParams } = new URL(put.url);

    expect(`${protocol}//${host}`).toBe('https://shop-uploads.s3.eu-west-1.amazonaws.com');
    expect(pathname).toMatch(/^\/lens\/uploads\/[\da-f-]{36}$/);
    expect(s3).toBe(`s3://shop-uploads${pathname}`);
    expect(searchParams.get('X-Amz-Expires')).toBe('300');
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;host');
    expect(put.headers).toEqual({ 'content-length': '8123456' });
    expect(validForSeconds).toBe(300);
  });

  it('signs the length, as Signature Version 4 has it', async () => {
    const { put } = await offerUpload(asked({ sizeInBytes: 8_123_456 }), upload);

    const url = new URL(put.url);
    const signature = url.searchParams.get('X-Amz-Signature');
    url.searchParams.delete('X-Amz-Signature');

    expect(signatureOf(url, '8123456')).toBe(signature);
    expect(signatureOf(url, '8123457')).not.toBe(signature);
  });

  it('gives each caller another name', async () => {
    const names = await Promise.all([1, 2].map(async () => (await offerUpload(asked({ sizeInBytes: 1 }), upload)).s3));

    expect(new Set(names).size).toBe(2);
  });

  it.each([
    ['', 400, 'bad_request'],
    ['{}', 400, 'bad_request'],
    ['{"sizeInBytes":"8"}', 400, 'bad_request'],
    ['{"sizeInBytes":0}', 400, 'bad_request'],
    ['{"sizeInBytes":1.5}', 400, 'bad_request'],
    ['{"sizeInBytes":20000001}', 413, 'photo_too_large'],
  ])('answers %j by %i', async (body, status, code) => {
    const answer = await request(createTestService({ upload }), post(body));

    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });

  it('asks for the secret where there is one', async () => {
    const service = createTestService({ upload, secret: 'a-long-secret' });

    expect((await request(service, post('{"sizeInBytes":1}'))).status).toBe(401);
  });

  it('is not there unless it is turned on, and told by /health and described where it is', async () => {
    const [off, on] = [createTestService(), createTestService({ upload })];
    const health = async (service: typeof on) => (await request(service, { path: '/health' })).json.uploads;
    const facts = { limits: readLimits({}), version: '1', hasPage: false, hasSecret: false, hasUploads: true };

    expect((await request(off, post('{"sizeInBytes":1}'))).status).toBe(404);
    expect((await request(on, post('{"sizeInBytes":1}'))).status).toBe(200);
    expect([await health(off), await health(on)]).toEqual([undefined, true]);
    expect(describeApi(facts).paths).toHaveProperty('/upload');
  });

  it('lets what was put there be asked about, and no other bucket', async () => {
    const { collaborators } = wireService(
      { ...environment, AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9', UPLOAD_BUCKET: 'shop-uploads/lens' },
      { startsCold: false, log: () => undefined },
    );
    const { signal } = new AbortController();
    const read = (address: string) => collaborators.fetchObject(address, { signal });

    // It comes as far as asking for it.
    await expect(read('s3://shop-uploads/lens/uploads/one')).rejects.toMatchObject({ code: 'fetch_failed' });
    await expect(read('s3://shop-uploads/other')).rejects.toMatchObject({ code: 'url_not_allowed' });
  });
});

/** By hand, from https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
function signatureOf(url: URL, length: string): string {
  const date = url.searchParams.get('X-Amz-Date') ?? '';
  const scope = `${date.slice(0, 8)}/eu-west-1/s3/aws4_request`;
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&');
  const headers = `content-length:${length}\nhost:${url.host}\n`;
  const request = ['PUT', url.pathname, query, headers, 'content-length;host', 'UNSIGNED-PAYLOAD'].join('\n');
  const hash = createHash('sha256').update(request).digest('hex');
  const key = ['eu-west-1', 's3', 'aws4_request'].reduce<Buffer>(
    (before, part) => createHmac('sha256', before).update(part).digest(),
    createHmac('sha256', 'AWS4secret').update(date.slice(0, 8)).digest(),
  );
  return createHmac('sha256', key).update(`AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash}`).digest('hex');
}
