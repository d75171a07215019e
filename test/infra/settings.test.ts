import { readFileSync } from 'node:fs';
import * as pulumi from '@pulumi/pulumi';
import { beforeEach, expect, it, vi } from 'vitest';
import { heldVersionVariable } from '../../facts/rollout-settings.ts';
import { stackSettings } from '../../facts/stack-settings.ts';
import { completeSettings, parseSettings, settingNames } from '../../infra/settings.ts';
import { configure, mockEngine, modelDirectory } from './configure.ts';
import { settle } from './run-stack.ts';

beforeEach(mockEngine);

it('reads every setting from the stack’s config', () => {
  const settings = configure({
    architecture: 'x86_64',
    memoryInMb: '3008',
    timeoutInSeconds: '10',
    functionUrl: 'public',
    httpApi: 'off',
    corsOrigins: 'https://a.example, http://localhost:3000',
    throttleRate: '0.5',
    throttleBurst: '3',
    maximumConcurrency: '5',
    photoUrl: 'off',
    photoUrlAllowedHosts: 'images.example.com,10.0.0.1:8080,[::1]:8080',
    photoBuckets: 'my-photos,shop/in/',
    directAnswer: 'course-2026',
    logRetentionInDays: '365',
    imageUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/lens:v1',
    modelDirectory,
    apiSecret: 'a-long-secret',
    photoUrlUserAgent: 'shop/1.0',
    maximumBodySizeInBytes: '1000000',
    maximumPhotoSizeInBytes: '2000000',
    maximumPixels: '3000000',
    maximumFullSizePixels: '4000000',
    maximumItems: '4',
    maximumRedirects: '0',
    fetchTimeoutInMilliseconds: '5000',
    deadlineMarginInMilliseconds: '1000',
    engine: 'tensorflow',
    decoder: 'reference',
    logLevel: 'warn',
    monitoring: 'off',
    alarmEmail: 'owner@shop.example',
    alarmErrorPercent: '2.5',
    alarmDurationPercent: '70',
    alarmConcurrencyPercent: '60',
    alarmMemoryPercent: '85',
    alarmUnfamiliarTimes: '3',
    monthlyBudget: '20',
    automaticOff: '1.5',
    tracing: 'on',
    environment: '{"TZ":"UTC"}',
    accessLogAddress: 'off',
    liveVersion: '7',
    rollout: 'canary',
    canaryPercent: '5',
    canaryMinutes: '30',
    canaryRequests: '50',
    beforeOff: '{}',
    permissionsBoundary: 'lambda-lens-boundary',
    repository: 'team/images',
    retainImages: 'on',
    subnetIds: 'subnet-0a,subnet-0b',
    securityGroupIds: 'sg-0c',
    extraPolicies: 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
    environmentKey: 'arn:aws:kms:eu-west-1:123456789012:key/0f',
    logKey: 'arn:aws:kms:eu-west-1:123456789012:key/0f',
    bucketKeys: 'arn:aws:kms:eu-west-1:123456789012:key/0f,arn:aws:kms:eu-west-1:123456789012:alias/photos',
    provisionedConcurrency: '2',
    tags: '{"team":"lens"}',
    uploads: 'on',
    stream: 'on',
    inboxBucket: 'shop/in/',
    streamConcurrency: '20',
    streamBatchSize: '50',
    streamWindowInSeconds: '1',
    alarmQueueAgeInSeconds: '60',
    bulk: 'on',
    bulkBuckets: 'shop,more/2026/',
    bulkConcurrency: '1000',
    bulkBatchSize: '500',
    resultsBucket: 'out/lens',
    batchMemoryInMb: '3538',
    batchTimeoutInSeconds: '120',
    batchTop: '1',
    resultEvents: 'off',
    keepUnsure: 'on',
    keepForDays: '7',
    keepUnsureShare: '0.5',
    keepRandomShare: '0',
  });

  expect(settings).toEqual({
    architecture: 'x86_64',
    memoryInMb: 3008,
    timeoutInSeconds: 10,
    functionUrl: 'public',
    httpApi: false,
    corsOrigins: ['https://a.example', 'http://localhost:3000'],
    throttleRate: 0.5,
    throttleBurst: 3,
    maximumConcurrency: 5,
    photoUrl: false,
    photoUrlAllowedHosts: ['images.example.com', '10.0.0.1:8080', '[::1]:8080'],
    photoBuckets: ['my-photos', 'shop/in/'],
    directAnswer: 'course-2026',
    logRetentionInDays: 365,
    modelDirectory,
    imageUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/lens:v1',
    apiSecret: 'a-long-secret',
    photoUrlUserAgent: 'shop/1.0',
    maximumBodySizeInBytes: 1_000_000,
    maximumPhotoSizeInBytes: 2_000_000,
    maximumPixels: 3_000_000,
    maximumFullSizePixels: 4_000_000,
    maximumItems: 4,
    maximumRedirects: 0,
    fetchTimeoutInMilliseconds: 5_000,
    deadlineMarginInMilliseconds: 1_000,
    engine: 'tensorflow',
    decoder: 'reference',
    logLevel: 'warn',
    monitoring: false,
    alarmEmail: 'owner@shop.example',
    alarmErrorPercent: 2.5,
    alarmDurationPercent: 70,
    alarmConcurrencyPercent: 60,
    alarmMemoryPercent: 85,
    alarmUnfamiliarTimes: 3,
    jwtIssuer: undefined,
    jwtAudience: [],
    monthlyBudget: 20,
    automaticOff: 1.5,
    tracing: true,
    environment: { TZ: 'UTC' },
    accessLogAddress: false,
    liveVersion: 7,
    rollout: 'canary',
    canaryPercent: 5,
    canaryMinutes: 30,
    canaryRequests: 50,
    beforeOff: '{}',
    permissionsBoundary: 'lambda-lens-boundary',
    repository: 'team/images',
    retainImages: true,
    subnetIds: ['subnet-0a', 'subnet-0b'],
    securityGroupIds: ['sg-0c'],
    extraPolicies: ['arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'],
    environmentKey: 'arn:aws:kms:eu-west-1:123456789012:key/0f',
    logKey: 'arn:aws:kms:eu-west-1:123456789012:key/0f',
    bucketKeys: ['arn:aws:kms:eu-west-1:123456789012:key/0f', 'arn:aws:kms:eu-west-1:123456789012:alias/photos'],
    provisionedConcurrency: 2,
    snapStart: false,
    domainName: undefined,
    certificateArn: undefined,
    tags: { team: 'lens' },
    uploads: true,
    stream: true,
    inboxBucket: 'shop/in/',
    streamConcurrency: 20,
    streamBatchSize: 50,
    streamWindowInSeconds: 1,
    alarmQueueAgeInSeconds: 60,
    bulk: true,
    bulkBuckets: ['shop', 'more/2026/'],
    bulkConcurrency: 1_000,
    bulkBatchSize: 500,
    resultsBucket: 'out/lens',
    batchMemoryInMb: 3538,
    batchTimeoutInSeconds: 120,
    batchTop: 1,
    resultEvents: false,
    keepUnsure: 'on',
    keepForDays: 7,
    keepUnsureShare: 0.5,
    keepRandomShare: 0,
  });
  expect(Object.keys(settings).sort()).toEqual([...settingNames].sort());
});

it.each(['apiSecret', 'environment'])('shows no value of %s, which may be a secret', (key) => {
  expect(() => configure({ modelDirectory, [key]: 'A=b c' })).toThrow(`${key} is not usable; it must be `);
});

it('checks what another resource puts out once it is known, and fails by its name', async () => {
  const { memoryInMb, logLevel } = completeSettings({
    modelDirectory,
    memoryInMb: pulumi.output(3008),
    logLevel: pulumi.output('warn' as const),
  });

  expect(await settle(pulumi.output(memoryInMb))).toBe(3008);
  expect(await settle(pulumi.output(logLevel))).toBe('warn');

  const checkMemory = stackSettings.memoryInMb.accepts;

  expect(checkMemory(64)).toBe(false);
});

it('reads whose tokens are asked for, and for whom', () => {
  const settings = parseSettings({ modelDirectory, jwtIssuer: 'https://login.example/', jwtAudience: 'shop,app' });

  expect(settings).toMatchObject({ jwtIssuer: 'https://login.example/', jwtAudience: ['shop', 'app'] });
});

it.each([
  ['leaves live what a deploy holds', {}, 4],
  ['puts what a roll-back has set before it', { liveVersion: '2' }, 2],
  ['takes an empty setting of Pulumi.yaml for none', { liveVersion: '' }, 4],
])('%s', (_case, config, live) => {
  vi.stubEnv(heldVersionVariable, '4');

  expect(configure({ modelDirectory, ...config }).liveVersion).toBe(live);

  vi.unstubAllEnvs();
});

it('needs no model where a prebuilt image brings its own', () => {
  const imageUri = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/lens@sha256:${'a'.repeat(64)}`;

  expect(parseSettings({ imageUri, modelDirectory: '/no/such/directory' })).toMatchObject({ imageUri });
});

it('describes every setting in Pulumi.yaml with its real default', () => {
  const yaml = readFileSync(new URL('../../Pulumi.yaml', import.meta.url), 'utf8');
  const described = [...yaml.matchAll(/^ {2}(\w+):\n {4}description: \S.{15,}\n {4}default: (.*)$/gm)];

  expect(described.map(([, key]) => key)).toEqual(settingNames);

  const texts = Object.fromEntries(described.map(([, key, text = '']) => [key, text.replaceAll("'", '')]));

  expect(texts.modelDirectory).toBe('model/clothing');
  expect(configure({ ...texts, modelDirectory })).toEqual(completeSettings({ modelDirectory }));
});

it('makes a development stack that works as it stands, its URL public by a commented choice', () => {
  const yaml = readFileSync(new URL('../../Pulumi.dev.yaml', import.meta.url), 'utf8');
  const set = [...yaml.matchAll(/^ {2}lambda-lens:(\w+): (.*)$/gm)].map(([, key, value]) => [key, value]);

  expect(configure({ modelDirectory, ...Object.fromEntries(set) })).toMatchObject({ functionUrl: 'public' });
  expect(yaml).toMatch(/^ {2}#.*\n {2}lambda-lens:functionUrl: public$/m);
});
