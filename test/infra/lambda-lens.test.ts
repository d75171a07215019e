import { resolve } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { expect, it, vi } from 'vitest';
import { makeModelDirectory, runStack } from './run-stack.ts';

// Staging the Docker context is the bundler's business and has tests of its own.
vi.mock('../../function/bundling/bundle.ts', () => ({ bundle: async () => ({}) }));

const lambda = 'aws:lambda/function:Function';
const image = 'docker-build:index:Image';
const permission = 'aws:lambda/permission:Permission';
const functionUrl = 'aws:lambda/functionUrl:FunctionUrl';
const prebuilt = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/lens@sha256:${'a'.repeat(64)}`;

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

it('puts the alias live in front of every door', async () => {
  const stack = await runStack({ functionUrl: 'public' });

  expect(stack.one('aws:lambda/alias:Alias').inputs).toEqual({
    name: 'live',
    functionName: 'lambda-lens',
    functionVersion: '7',
  });
  expect(stack.one(functionUrl).inputs).toMatchObject({ functionName: 'lambda-lens', qualifier: 'live' });
  expect(stack.one('aws:apigatewayv2/integration:Integration').inputs.integrationUri).toContain('lambda-lens:live');

  for (const { inputs } of stack.all(permission)) expect(inputs).toMatchObject({ qualifier: 'live' });
});

it('opens the HTTP API by one route, throttled and logged, and lets only it invoke the alias', async () => {
  const stack = await runStack({ throttleRate: 2.5, throttleBurst: 7 });

  expect(stack.one('aws:apigatewayv2/api:Api').inputs).toMatchObject({ protocolType: 'HTTP' });
  expect(stack.one('aws:apigatewayv2/integration:Integration').inputs).toMatchObject({
    integrationType: 'AWS_PROXY',
    payloadFormatVersion: '2.0',
    timeoutMilliseconds: 30_000,
  });
  expect(stack.one('aws:apigatewayv2/route:Route').inputs).toMatchObject({
    routeKey: '$default',
    target: 'integrations/lambda-lens-api-id',
  });

  const stage = stack.one('aws:apigatewayv2/stage:Stage').inputs;

  expect(stage).toMatchObject({
    name: '$default',
    autoDeploy: true,
    defaultRouteSettings: { throttlingRateLimit: 2.5, throttlingBurstLimit: 7 },
    accessLogSettings: { destinationArn: expect.stringContaining('/aws/vendedlogs/lambda-lens-api') },
  });
  expect(JSON.parse(stage.accessLogSettings.format)).toMatchObject({ status: '$context.status' });
  expect(stack.one(permission).inputs).toMatchObject({
    action: 'lambda:InvokeFunction',
    principal: 'apigateway.amazonaws.com',
    sourceArn: 'arn:aws:execute-api:eu-west-1:123456789012:api1/*/$default',
  });
});

it('leaves CORS to the function at both doors', async () => {
  const stack = await runStack({ functionUrl: 'public', corsOrigins: ['https://a.example', 'https://b.example'] });

  expect(stack.one(functionUrl).inputs).not.toHaveProperty('cors');
  expect(stack.one('aws:apigatewayv2/api:Api').inputs).not.toHaveProperty('corsConfiguration');
  expect(stack.one(lambda).inputs.environment.variables.CORS_ORIGINS).toBe('https://a.example,https://b.example');
});

it('gives a public function URL both permissions that it needs', async () => {
  const stack = await runStack({ functionUrl: 'public', httpApi: false });

  expect(stack.one(functionUrl).inputs.authorizationType).toBe('NONE');
  expect(stack.all(permission).map(({ inputs }) => inputs)).toEqual([
    expect.objectContaining({ principal: '*', action: 'lambda:InvokeFunctionUrl', functionUrlAuthType: 'NONE' }),
    expect.objectContaining({ principal: '*', action: 'lambda:InvokeFunction', invokedViaFunctionUrl: true }),
  ]);
});

it.each([
  { args: { functionUrl: 'iam' }, urls: ['AWS_IAM'], apis: 1, permissions: 1 },
  { args: { functionUrl: 'public' }, urls: ['NONE'], apis: 1, permissions: 3 },
  { args: { functionUrl: 'off' }, urls: [], apis: 1, permissions: 1 },
  { args: { httpApi: false }, urls: ['AWS_IAM'], apis: 0, permissions: 0 },
  { args: { functionUrl: 'off', httpApi: false }, urls: [], apis: 0, permissions: 0 },
] as const)('opens the doors of $args', async ({ args, urls, apis, permissions }) => {
  const stack = await runStack(args);

  expect(stack.all(functionUrl).map(({ inputs }) => inputs.authorizationType)).toEqual(urls);

  for (const type of ['api:Api', 'stage:Stage', 'route:Route', 'integration:Integration']) {
    expect(stack.all(`aws:apigatewayv2/${type}`)).toHaveLength(apis);
  }

  expect(stack.all(permission)).toHaveLength(permissions);
  expect(stack.outputs.functionUrl === undefined).toBe(urls.length === 0);
  expect(stack.outputs.apiUrl === undefined).toBe(apis === 0);
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
  const { outputs } = await runStack({
    modelDirectory: makeModelDirectory('these weights'),
    stagingDirectory: '/tmp/these-weights',
  });

  expect(outputs).toEqual({
    functionUrl: 'https://abc.lambda-url.eu-west-1.on.aws/',
    apiUrl: 'https://api1.execute-api.eu-west-1.amazonaws.com/',
    curl: 'curl --data-binary @photo.jpg https://api1.execute-api.eu-west-1.amazonaws.com/predict',
    functionName: 'lambda-lens',
    logGroup: '/aws/lambda/lambda-lens',
    repositoryUrl: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/lambda-lens',
    imageUri: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/lambda-lens@sha256:${'0'.repeat(64)}`,
    // sha256sum of weights.bin, model.json and card, "these weights{}{}"
    modelVersion: 'b239aafb56ba',
  });
});

it.each([
  { args: { functionUrl: 'public' }, warned: 1 },
  { args: { functionUrl: 'public', maximumConcurrency: 5 }, warned: 0 },
  { args: { functionUrl: 'iam' }, warned: 0 },
] as const)('warns of the worst monthly bill unless something bounds it: $args', async ({ args, warned }) => {
  const { warnings } = await runStack(args);

  expect(warnings).toHaveLength(warned);

  for (const warning of warnings) expect(warning).toMatch(/\$64,888 .*maximumConcurrency/);
});

it.each([
  { args: { functionUrl: 'iam', httpApi: true }, closed: [] },
  { args: { functionUrl: 'off', httpApi: true }, closed: ['functionUrl off'] },
  { args: { functionUrl: 'iam', httpApi: false }, closed: ['httpApi off'] },
  { args: { functionUrl: 'off', httpApi: false }, closed: ['functionUrl and httpApi off'] },
] as const)('tells in a preview which addresses are gone for good: $args', async ({ args, closed }) => {
  const { notes } = await runStack(args, {}, true);

  expect(notes.filter((note) => note.includes('gone for good')).map((note) => note.split(':')[0])).toEqual(closed);
});

it('says nothing of closed doors where it is no preview', async () => {
  const { notes } = await runStack({ functionUrl: 'off', httpApi: false });

  expect(notes.filter((note) => note.includes('gone for good'))).toEqual([]);
});

it('stops before any resource when a setting is bad', async () => {
  await expect(runStack({ memoryInMb: 64 })).rejects.toThrow(
    'memoryInMb is 64; it must be a whole number from 512 to 10240.',
  );
});

it('stages two models into two directories, and the same model once', async () => {
  const stagingDirectory = '/tmp/one-for-two';
  const modelDirectory = makeModelDirectory();
  const contexts: string[] = [];

  for (const args of [{ modelDirectory }, {}, { modelDirectory }]) {
    const stack = await runStack({ stagingDirectory, ...args });
    contexts.push(resolve(stack.one(image).inputs.context.location));
  }

  expect(contexts).toEqual([stagingDirectory, `${stagingDirectory}.lambda-lens`, stagingDirectory]);
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

it('is off with a concurrency of 0, doors in place', async () => {
  const stack = await runStack({ maximumConcurrency: 0, functionUrl: 'public' });

  expect(stack.one(lambda).inputs.reservedConcurrentExecutions).toBe(0);
  expect(stack.outputs.functionUrl).toBeDefined();
  expect(stack.warnings).toEqual([]);
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

it('leaves the address of callers out of the access log where that is wished', async () => {
  const stack = await runStack({ accessLogAddress: false });

  const { format } = stack.one('aws:apigatewayv2/stage:Stage').inputs.accessLogSettings;

  expect(format).not.toContain('sourceIp');
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
