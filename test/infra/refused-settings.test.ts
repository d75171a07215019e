import * as pulumi from '@pulumi/pulumi';
import { beforeEach, expect, it } from 'vitest';
import { stackSettings } from '../../facts/stack-settings.ts';
import type { SettingName } from '../../infra/settings.ts';
import { configure, mockEngine, modelDirectory } from './configure.ts';

beforeEach(mockEngine);

it.each([
  'AWS_REGION',
  'LAMBDA_TASK_ROOT',
  'PHOTO_URL',
  'MODEL_DIRECTORY',
  '1ST',
])('leaves the variable %s to whom it belongs', (name) => {
  expect(() => configure({ modelDirectory, environment: JSON.stringify({ [name]: 'x' }) })).toThrow(
    /^environment is not usable/,
  );
});

it.each([
  ['architecture', 'arm'],
  ['memoryInMb', '511'],
  ['memoryInMb', '10241'],
  ['memoryInMb', '1769.5'],
  ['memoryInMb', '1 GB'],
  ['timeoutInSeconds', '29'],
  ['timeoutInSeconds', '2'],
  ['functionUrl', 'open'],
  ['httpApi', 'yes'],
  ['corsOrigins', 'example.com'],
  ['corsOrigins', 'https://example.com/'],
  ['corsOrigins', '*,https://example.com'],
  ['throttleRate', '0'],
  ['throttleRate', '-1'],
  ['throttleBurst', '1.5'],
  ['maximumConcurrency', '-1'],
  ['maximumItems', '0'],
  ['logLevel', 'verbose'],
  ['accessLogAddress', 'masked'],
  ['liveVersion', '$LATEST'],
  ['rollout', 'blue-green'],
  ['canaryPercent', '100'],
  ['permissionsBoundary', 'a policy'],
  ['tags', '{"aws:team":"lens"}'],
  ['tags', '{"team":"lens;drop"}'],
  ['photoUrl', 'maybe'],
  ['photoUrlAllowedHosts', 'https://example.com'],
  ['photoUrlAllowedHosts', 'a.example,,b.example'],
  ['photoUrlAllowedHosts', '10.0.0.1'],
  ['photoUrlAllowedHosts', 'a.example:99999'],
  ['photoBuckets', 's3://my-photos'],
  ['photoBuckets', 'my-photos/*'],
  ['photoBuckets', '["my-photos", 3]'],
  ['photoBuckets', '["my-photos"'],
  ['logRetentionInDays', '10'],
  ['modelDirectory', '/no/such/directory'],
  ['imageUri', 'docker.io/library/lens:latest'],
  ['imageUri', '123456789012.dkr.ecr.eu-west-1.amazonaws.com/lens'],
])('refuses %s = %s by key, value and what is allowed', (key, value) => {
  const { allowed } = stackSettings[key as SettingName];

  expect(() => configure({ modelDirectory, [key]: value })).toThrow(
    `${key} is ${JSON.stringify(value)}; it must be ${allowed}.`,
  );
  expect(() => configure({ modelDirectory, [key]: value })).toThrow(pulumi.RunError);
});

it('names all bad values at once', () => {
  expect(() => configure({ modelDirectory, memoryInMb: '1', httpApi: 'x' })).toThrow(/memoryInMb .*\nhttpApi /);
});

it('refuses a key that is no setting, with those that are', () => {
  expect(() => configure({ memoryInMB: '1024' })).toThrow(/^memoryInMB: no such setting\. .*memoryInMb/);
});

it.each([
  ['functionUrl', 'false', 'off'],
  ['httpApi', 'true', true],
  ['photoBuckets', '["my-photos","shop/in/"]', ['my-photos', 'shop/in/']],
])('takes %s as YAML may put it: %s', (key, text, value) => {
  expect(configure({ modelDirectory, [key]: text })).toMatchObject({ [key]: value });
});
