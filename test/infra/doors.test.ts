import { expect, it, vi } from 'vitest';
import { functionUrl, lambda, permission } from './resource-types.ts';
import { runStack } from './run-stack.ts';

// Staging the Docker context is the bundler's business and has tests of its own.
vi.mock('../../function/bundling/bundle.ts', () => ({ bundle: async () => ({}) }));

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

it('is off with a concurrency of 0, doors in place', async () => {
  const stack = await runStack({ maximumConcurrency: 0, functionUrl: 'public' });

  expect(stack.one(lambda).inputs.reservedConcurrentExecutions).toBe(0);
  expect(stack.outputs.functionUrl).toBeDefined();
  expect(stack.warnings).toEqual([]);
});

it('leaves the address of callers out of the access log where that is wished', async () => {
  const stack = await runStack({ accessLogAddress: false });

  const { format } = stack.one('aws:apigatewayv2/stage:Stage').inputs.accessLogSettings;

  expect(format).not.toContain('sourceIp');
});
