import { expect, it } from 'vitest';
import { regionOfEcr } from '../../../cli/image/ecr-credentials.ts';
import { apiOf, parseImageReference } from '../../../cli/image/image-reference.ts';
import { parseChallenge } from '../../../cli/image/registry-token.ts';

const digest = `sha256:${'a'.repeat(64)}`;

it.each([
  ['localhost:5000/lens', { registry: 'localhost:5000', repository: 'lens' }],
  ['registry.example.com/shop/lens:1.2', { registry: 'registry.example.com', repository: 'shop/lens', tag: '1.2' }],
  [`r.example/a/b:24-slim@${digest}`, { registry: 'r.example', repository: 'a/b', tag: '24-slim', digest }],
  ['docker.io/library/node:24', { registry: 'registry-1.docker.io', repository: 'library/node', tag: '24' }],
])('reads %s', (text, parts) => {
  expect(parseImageReference(text)).toEqual({ tag: undefined, digest: undefined, ...parts });
});

it.each([
  'lens',
  'shop/lens:1',
  'https://registry.example.com/lens',
  'registry.example.com/Lens',
  'registry.example.com/lens:a b',
  'registry.example.com/../lens',
  'registry.example.com/lens@sha256:1',
])('refuses %s', (text) => {
  expect(() => parseImageReference(text)).toThrow('names no repository of a registry');
});

it.each([
  ['localhost:5000', 'http://localhost:5000/v2/'],
  ['127.0.0.1:5000', 'http://127.0.0.1:5000/v2/'],
  ['10.0.0.7:5000', 'https://10.0.0.7:5000/v2/'],
  ['localhost.example.com', 'https://localhost.example.com/v2/'],
])('speaks to %s by %s', (registry, url) => {
  expect(apiOf({ registry }).href).toBe(url);
});

it.each([
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example', undefined],
  ['registry.example.com', undefined],
])('knows the region of %s: %s', (registry, region) => {
  expect(regionOfEcr(registry)).toBe(region);
});

it('reads what a registry asks for, quoted or not', () => {
  const header = 'Bearer realm="https://tokens.example/t",service=registry, scope="repository:a/b:pull,push"';

  const challenge = parseChallenge(header);

  expect(challenge?.scheme).toBe('bearer');
  expect(Object.fromEntries(challenge?.parameters ?? [])).toEqual({
    realm: 'https://tokens.example/t',
    service: 'registry',
    scope: 'repository:a/b:pull,push',
  });
});
