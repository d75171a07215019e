import { AwsV4Signer } from 'aws4fetch';
import { expect, it } from 'vitest';
import { signRequest } from '../../../function/s3/sign-request.ts';

const access = { region: 'eu-west-1', accessKeyId: 'AKIATEST', secretAccessKey: 'secret/of+a+test' };
const base = 'https://photos.s3.eu-west-1.amazonaws.com';

// aws4fetch as a second opinion.
it.each<[string, string, string, Readonly<Record<string, string>>]>([
  ['reads an object', 'GET', '/a%20b/%C3%BC%2B.jpg', {}],
  ['reads it as long as it is the same', 'GET', '/a.jpg', { 'if-match': '"5d41402abc4b2a76"' }],
  ['reads a version', 'GET', '/a.jpg?versionId=3.L4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY', {}],
  ['writes one', 'PUT', '/results/a.jsonl', { 'content-type': 'application/x-ndjson' }],
  ['lists a folder', 'GET', '/?encoding-type=url&list-type=2&prefix=in%2Fa%20b%2B%26', {}],
])('signs a request that %s', async (_what, method, path, headers) => {
  const now = new Date('2026-11-27T06:00:00Z');
  const url = new URL(base + path);

  const signed = signRequest({ method, url, headers }, { ...access, sessionToken: 'token==' }, now);

  const theirs = await new AwsV4Signer({
    ...{ ...access, sessionToken: 'token==', service: 's3', method, url: url.href, headers, allHeaders: true },
    datetime: '20261127T060000Z',
  }).sign();

  expect(signed.authorization).toBe(theirs.headers.get('authorization'));
});

it('takes another key on another day, and for another account', () => {
  const request = { method: 'GET', url: new URL(`${base}/a.jpg`) };
  const sign = (day: string, secretAccessKey: string) =>
    signRequest(request, { ...access, secretAccessKey }, new Date(`2026-11-${day}T06:00:00Z`)).authorization;

  expect(new Set([sign('27', 'one'), sign('28', 'one'), sign('27', 'other')]).size).toBe(3);
  expect(sign('27', 'one')).toBe(sign('27', 'one'));
});
