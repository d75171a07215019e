import { resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import { writeTinyModel } from '../helpers/tiny-model.ts';
import { image, lambda, prebuilt } from './resource-types.ts';
import { runStack } from './run-stack.ts';

// Staging the Docker context is the bundler's business and has tests of its own.
vi.mock('../../function/bundling/bundle.ts', () => ({ bundle: async () => ({}) }));

it('builds one platform into a repository that keeps the last images, what is rolled back to, and can be destroyed', async () => {
  const stack = await runStack();

  expect(stack.one('awsx:ecr:Repository').inputs).toMatchObject({
    imageScanningConfiguration: { scanOnPush: false },
    imageTagMutability: 'MUTABLE',
    lifecyclePolicy: {
      rules: [
        { tagStatus: 'tagged', tagPrefixList: ['live'], maximumNumberOfImages: 1 },
        { tagStatus: 'any', maximumNumberOfImages: 10 },
      ],
    },
    forceDelete: true,
  });

  // sha1sum of "dist;dockerfile=function/Dockerfiletest", as awsx names an image.
  const tag = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/lambda-lens:3727904d-container';

  expect(stack.one(image).inputs).toMatchObject({
    tags: [tag],
    context: { location: 'dist' },
    dockerfile: { location: 'function/Dockerfile' },
    platforms: ['linux/arm64'],
    push: true,
    cacheFrom: [{ registry: { ref: tag } }],
    cacheTo: [{ inline: {} }],
    registries: { value: [{ address: 'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com', username: 'AWS' }] },
  });
});

it('runs the image by digest, with published versions and a log group of its own', async () => {
  const stack = await runStack();

  expect(stack.one(lambda).inputs).toMatchObject({
    packageType: 'Image',
    imageUri: expect.stringMatching(/lambda-lens@sha256:0{64}$/),
    architectures: ['arm64'],
    memorySize: 1769,
    timeout: 28,
    publish: true,
    environment: { variables: { CORS_ORIGINS: '*', PHOTO_URL: 'on' } },
    loggingConfig: { logFormat: 'JSON', logGroup: '/aws/lambda/lambda-lens' },
  });
  expect(stack.one(lambda).inputs).not.toHaveProperty('reservedConcurrentExecutions');
});

it('lets the function write its own log and nothing else', async () => {
  const stack = await runStack();
  const role = JSON.parse(stack.one('aws:iam/role:Role').inputs.assumeRolePolicy);

  expect(role.Statement).toEqual([
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
  ]);

  const policy = JSON.parse(stack.one('aws:iam/rolePolicy:RolePolicy').inputs.policy);

  expect(policy.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/lambda-lens:*',
    },
  ]);
  expect(stack.all('aws:iam/rolePolicyAttachment:RolePolicyAttachment')).toEqual([]);
});

it('lets the function read objects from exactly the buckets and prefixes of the setting', async () => {
  const stack = await runStack({ photoBuckets: ['my-photos', 'shop/in/'] });
  const policies = stack.all('aws:iam/rolePolicy:RolePolicy').map(({ inputs }) => JSON.parse(inputs.policy).Statement);

  expect(policies).toContainEqual([
    { Effect: 'Allow', Action: 's3:GetObject', Resource: ['arn:aws:s3:::my-photos/*', 'arn:aws:s3:::shop/in/*'] },
  ]);
  expect(stack.one(lambda).inputs.environment.variables).toMatchObject({ PHOTO_BUCKETS: 'my-photos,shop/in/' });
});

it.each([
  { architecture: 'arm64', platform: 'linux/arm64' },
  { architecture: 'x86_64', platform: 'linux/amd64' },
] as const)('builds and runs for the one architecture $architecture', async ({ architecture, platform }) => {
  const stack = await runStack({ architecture });

  expect(stack.one(image).inputs.platforms).toEqual([platform]);
  expect(stack.one(lambda).inputs.architectures).toEqual([architecture]);
});

it('deploys a prebuilt image without a build or a model directory, and keeps its own repository', async () => {
  const stack = await runStack({ imageUri: prebuilt, modelDirectory: undefined });

  expect(stack.all(image)).toEqual([]);
  expect(stack.one(lambda).inputs.imageUri).toBe(prebuilt);
  expect(stack.outputs).toMatchObject({
    imageUri: prebuilt,
    repositoryUrl: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/lambda-lens',
  });
  expect(stack.outputs.modelVersion).toBeUndefined();
});

it('deploys by digest what is given by tag', async () => {
  const stack = await runStack({ imageUri: prebuilt.replace(/@.*/, ':v1') });

  expect(stack.one(lambda).inputs.imageUri).toBe(prebuilt.replace(/@.*/, `@sha256:${'1'.repeat(64)}`));
});

it('stages two models into two directories, and the same model once', async () => {
  const stagingDirectory = '/tmp/one-for-two';
  const modelDirectory = writeTinyModel();
  const contexts: string[] = [];

  for (const args of [{ modelDirectory }, {}, { modelDirectory }]) {
    const stack = await runStack({ stagingDirectory, ...args });
    contexts.push(resolve(stack.one(image).inputs.context.location));
  }

  expect(contexts).toEqual([stagingDirectory, `${stagingDirectory}.lambda-lens`, stagingDirectory]);
});

it('leaves the version live that a roll-back has chosen', async () => {
  const stack = await runStack({ liveVersion: 3 });

  expect(stack.one('aws:lambda/alias:Alias').inputs.functionVersion).toBe('3');
});

it.each([
  'lambda-lens-boundary',
  'arn:aws:iam::123456789012:policy/lambda-lens-boundary',
])('bounds the role by the policy %s', async (permissionsBoundary) => {
  const stack = await runStack({ permissionsBoundary });

  expect(stack.one('aws:iam/role:Role').inputs.permissionsBoundary).toBe(
    'arn:aws:iam::123456789012:policy/lambda-lens-boundary',
  );
});

it('tags as the setting says, but for what the provider tags by default', async () => {
  const stack = await runStack({ tags: { team: 'lens', costs: 'photos', service: 'mine' } }, { team: 'company' });

  expect(stack.one(lambda).inputs.tags).toEqual({
    project: 'lambda-lens',
    stack: 'test',
    service: 'mine',
    costs: 'photos',
  });
});

it('tells a version by its model, or by the image that was built elsewhere', async () => {
  const own = await runStack();

  const other = await runStack({ imageUri: prebuilt });

  expect(own.one(lambda).inputs.description).toBe(`model tiny ${own.outputs.modelVersion}`);
  expect(other.one(lambda).inputs.description).toBe(`prebuilt image team/lens@sha256:${'a'.repeat(12)}`);
});
