import * as pulumi from '@pulumi/pulumi';
import { expect, it, vi } from 'vitest';
import { readModelDirectory } from '../../model/read-model-directory.ts';
import { matrix } from '../helpers/matrix.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';
import { lambda, prebuilt } from './resource-types.ts';
import { runStack } from './run-stack.ts';

// Staging the Docker context is the bundler's business and has tests of its own.
vi.mock('../../function/bundling/bundle.ts', () => ({ bundle: async () => ({}) }));

it('passes the rest of the settings on', async () => {
  const stack = await runStack({
    memoryInMb: 3008,
    timeoutInSeconds: 10,
    maximumConcurrency: 5,
    logRetentionInDays: 30,
    photoUrl: false,
    photoUrlAllowedHosts: ['images.example.com', 'cdn.example.com:80'],
  });

  expect(stack.one(lambda).inputs).toMatchObject({
    memorySize: 3008,
    timeout: 10,
    reservedConcurrentExecutions: 5,
    environment: {
      variables: { PHOTO_URL: 'off', PHOTO_URL_ALLOWED_HOSTS: 'images.example.com,cdn.example.com:80' },
    },
  });

  const groups = stack.all('aws:cloudwatch/logGroup:LogGroup');

  expect(groups.map(({ inputs }) => inputs.retentionInDays)).toEqual([30, 30]);
});

it('puts out the URLs, a line to paste, the names and the version of the model', async () => {
  const modelDirectory = writeTinyModel({ kernel: matrix('5 0, 0 5, 0 0') });

  const { outputs } = await runStack({ modelDirectory, stagingDirectory: '/tmp/these-weights' });

  expect(outputs).toEqual({
    functionUrl: 'https://abc.lambda-url.eu-west-1.on.aws/',
    apiUrl: 'https://api1.execute-api.eu-west-1.amazonaws.com/',
    curl: 'curl --data-binary @photo.jpg https://api1.execute-api.eu-west-1.amazonaws.com/predict',
    functionName: 'lambda-lens',
    logGroup: '/aws/lambda/lambda-lens',
    repositoryUrl: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/lambda-lens',
    imageUri: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/lambda-lens@sha256:${'0'.repeat(64)}`,
    modelVersion: readModelDirectory(modelDirectory).version,
  });
});

it('stops before any resource when a setting is bad', async () => {
  await expect(runStack({ memoryInMb: 64 })).rejects.toThrow(
    'memoryInMb is 64; it must be a whole number from 512 to 10240.',
  );
});

it('hands on what the function can be set to, the secret as one, and no default of its own', async () => {
  const stack = await runStack({
    apiSecret: 'a-long-secret',
    maximumItems: 4,
    maximumPixels: pulumi.output(3_000_000),
    photoUrlUserAgent: 'shop/1.0',
    logLevel: 'warn',
    environment: { TZ: 'UTC', GREETING: 'hello' },
  });

  const { environment } = stack.one(lambda).inputs;

  // Pulumi keeps what holds a secret as one.
  expect(pulumi.runtime.isRpcSecret(environment)).toBe(true);
  expect(environment.value.variables.value).toEqual({
    CORS_ORIGINS: '*',
    PHOTO_URL: 'on',
    DIRECT_ANSWER: 'labels',
    API_SECRET: 'a-long-secret',
    MAXIMUM_ITEMS: '4',
    MAXIMUM_PIXELS: '3000000',
    MONITORING: 'on',
    PHOTO_URL_USER_AGENT: 'shop/1.0',
    LOG_LEVEL: 'warn',
    TZ: 'UTC',
    GREETING: 'hello',
  });
});

it('takes settings from other resources', async () => {
  const stack = await runStack({
    memoryInMb: pulumi.output(3008),
    maximumConcurrency: pulumi.output(5),
    throttleRate: pulumi.output(1),
    imageUri: pulumi.output(prebuilt),
  });

  expect(stack.one(lambda).inputs).toMatchObject({
    memorySize: 3008,
    reservedConcurrentExecutions: 5,
    imageUri: prebuilt,
  });
  expect(stack.one('aws:apigatewayv2/stage:Stage').inputs.defaultRouteSettings.throttlingRateLimit).toBe(1);
});
