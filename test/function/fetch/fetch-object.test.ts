import { createHash, createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createObjectFetcher } from '../../../function/fetch/fetch-object.ts';
import { type Script, type ScriptedServer, startScriptedServer } from '../../helpers/scripted-server.ts';

const region = 'eu-west-1';
const secretAccessKey = 'secret/of+a+test';
const { signal } = new AbortController();
const servers: ScriptedServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function startS3(script: Script) {
  const server = await startScriptedServer(script);
  servers.push(server);
  const environment = {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: 'token==',
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${server.port}`,
  };
  const settings = { allowedBuckets: ['photos'], maximumSizeInBytes: 1_000, timeoutInMilliseconds: 1_000, environment };
  return { server, environment, settings, fetchObject: createObjectFetcher(settings) };
}

function answer(status: number, body: string, headers: readonly string[] = []): string {
  const lines = [`HTTP/1.1 ${status} X`, `Content-Length: ${body.length}`, ...headers];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** The signature that AWS would compute for a request as it came over the wire (Signature Version 4). */
function expectedSignature(request: string): { given: string | undefined; expected: string; signedHeaders: string } {
  const [line = '', ...rest] = (request.split('\r\n\r\n')[0] ?? '').split('\r\n');
  const [method = '', path = ''] = line.split(' ');
  const headers = new Map(
    rest.map((field) => [field.slice(0, field.indexOf(':')).toLowerCase(), field.slice(field.indexOf(':') + 1).trim()]),
  );
  const authorization = headers.get('authorization') ?? '';
  const [, scope = '', signedHeaders = '', given] =
    /^AWS4-HMAC-SHA256 Credential=AKIATEST\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? [];
  const canonicalHeaders = signedHeaders
    .split(';')
    .map((name) => `${name}:${headers.get(name)}\n`)
    .join('');
  const canonical = [method, path, '', canonicalHeaders, signedHeaders, headers.get('x-amz-content-sha256')].join('\n');
  const text = [
    'AWS4-HMAC-SHA256',
    headers.get('x-amz-date'),
    scope,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((last, part) => hmac(last, part), `AWS4${secretAccessKey}`);
  return { given, expected: hmac(key, text).toString('hex'), signedHeaders };
}

describe('an object fetcher', () => {
  it.each([
    'a.jpg',
    'été/日本 +%?#&=.jpg',
    "!'()*~-_.",
    '/a//b/',
    '%2e%2e/a',
  ])('fetches %s with a request that AWS would find signed', async (key) => {
    const { server, fetchObject } = await startS3(answer(200, 'photo'));

    const bytes = await fetchObject(`s3://photos/${key}`, { signal });

    expect(Buffer.from(bytes).toString()).toBe('photo');

    const [request = ''] = server.requests;
    const { given, expected, signedHeaders } = expectedSignature(request);

    expect(given).toBe(expected);
    expect(signedHeaders).toBe('host;x-amz-content-sha256;x-amz-date;x-amz-security-token');

    const path = /^GET (\S+) HTTP\/1\.1\r\n/.exec(request)?.[1] ?? '';

    expect(decodeURIComponent(path)).toBe(`/photos/${key}`);
    expect(await server.openConnections()).toBe(0);
  });

  it.each([
    's3://other/a.jpg',
    's3://photos/../other/a.jpg',
    'https://photos.s3.amazonaws.com/a.jpg',
  ])('refuses %s without a connection', async (url) => {
    const { server, fetchObject } = await startS3(answer(200, 'photo'));

    await expect(fetchObject(url, { signal })).rejects.toMatchObject({ code: 'url_not_allowed', status: 403 });
    expect(server.connections()).toBe(0);
  });

  it('answers alike, to the letter, for a key that is missing and one that is forbidden', async () => {
    const bodies = await Promise.all(
      [
        answer(404, '<Code>NoSuchKey</Code>'),
        answer(403, '<Code>AccessDenied</Code>'),
        answer(404, '<Code>NoSuchBucket</Code>'),
      ].map(async (script) => {
        const { fetchObject } = await startS3(script);
        const error = await fetchObject('s3://photos/a.jpg', { signal }).catch((thrown: unknown) => thrown);
        return JSON.stringify((error as { toBody(): unknown }).toBody());
      }),
    );

    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain('fetch_failed');
  });

  it.each<[string, string, Script, string]>([
    [
      'another region',
      'fetch_failed',
      answer(301, '', ['x-amz-bucket-region: us-east-1', 'Location: http://127.0.0.1/']),
      'another region',
    ],
    [
      'a bad request for another region',
      'fetch_failed',
      answer(400, '', ['x-amz-bucket-region: us-east-1']),
      'another region',
    ],
    ['a redirect', 'fetch_failed', answer(307, '', ['Location: http://169.254.169.254/']), 'status 307'],
    ['a slow-down', 'fetch_failed', answer(503, 'secret'), 'status 503'],
    ['an expired token', 'fetch_failed', answer(400, 'secret', [`x-amz-bucket-region: ${region}`]), 'status 400'],
    ['an empty object', 'fetch_failed', answer(200, ''), 'zero bytes'],
    ['an object cut short', 'fetch_failed', 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nphoto', 'S3 broke off'],
    [
      'an object too large',
      'photo_too_large',
      'HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n',
      'has 1,001 bytes; the limit is 1,000 bytes',
    ],
    [
      'an object without end',
      'photo_too_large',
      answer(200, 'x'.repeat(2_000)).replace(/Content-Length.*\r\n/, ''),
      'the limit is 1,000 bytes',
    ],
  ])('reports %s as %s', async (_what, code, script, message) => {
    const { server, fetchObject } = await startS3(script);

    const error = await fetchObject('s3://photos/a.jpg', { signal }).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect((error as Error).message).not.toContain('secret');
    expect(server.connections()).toBe(1);
    expect(await server.openConnections()).toBe(0);
  });

  it('ends at its deadline when S3 never answers', async () => {
    const { settings } = await startS3(() => undefined);
    const fetchObject = createObjectFetcher({ ...settings, timeoutInMilliseconds: 50 });

    await expect(fetchObject('s3://photos/a.jpg', { signal })).rejects.toMatchObject({
      code: 'fetch_failed',
      message: 'S3 did not deliver the photo within 0.05 seconds.',
    });
  });

  it.each([
    'AWS_REGION',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
  ])('says what is missing without %s', async (name) => {
    const { settings, environment } = await startS3(answer(200, 'photo'));
    const fetchObject = createObjectFetcher({ ...settings, environment: { ...environment, [name]: '' } });

    await expect(fetchObject('s3://photos/a.jpg', { signal })).rejects.toMatchObject({
      code: 'fetch_failed',
      hint: expect.stringContaining(name),
    });
  });

  it.each(['localhost:9000', 'ftp://localhost', 'nonsense'])('does not start with the endpoint %s', async (address) => {
    const { settings } = await startS3('');
    const environment = { AWS_ENDPOINT_URL_S3: address };

    expect(() => createObjectFetcher({ ...settings, environment })).toThrow('AWS_ENDPOINT_URL_S3');
  });
});
