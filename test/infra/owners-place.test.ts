import { describe, expect, it, vi } from 'vitest';
import { image, lambda } from './resource-types.ts';
import { runStack } from './run-stack.ts';

vi.mock('../../function/bundling/bundle.ts', () => ({ bundle: async () => ({}) }));

const rolePolicy = 'aws:iam/rolePolicy:RolePolicy';
const key = 'arn:aws:kms:eu-west-1:123456789012:key/0f0f';

describe("in the owner's own place, the stack", () => {
  it('pushes to a repository that is there, and keeps its own for the versions that it holds', async () => {
    const stack = await runStack({ repository: 'team/images' });

    expect(stack.one(image).inputs.tags[0]).toMatch(
      /^123456789012\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/team\/images:/,
    );
    expect(stack.one(lambda).inputs.imageUri).toMatch(/\/team\/images@sha256:/);
    expect(stack.all('awsx:ecr:Repository')).toHaveLength(1);
  });

  it('asks for that repository by its name, and for a password of its registry', async () => {
    const { calls, outputs, one } = await runStack({ repository: 'team/images' });
    const asked = calls.filter(({ token }) => token.startsWith('aws:ecr/')).map(({ token, inputs }) => [token, inputs]);

    expect(asked).toEqual([
      ['aws:ecr/getRepository:getRepository', { name: 'team/images' }],
      ['aws:ecr/getAuthorizationToken:getAuthorizationToken', { registryId: '123456789012' }],
    ]);
    expect(outputs.repositoryUrl).toBe('123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/images');
    // A secret in the state, for the password in it.
    expect(one(image).inputs.registries.value).toEqual([
      { address: 'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com', username: 'AWS', password: 'token' },
    ]);
  });

  it('leaves the images where it is told to', async () => {
    const stack = await runStack({ retainImages: true });

    expect(stack.one('awsx:ecr:Repository').inputs.forceDelete).toBe(false);
  });

  it('runs in a network, with the rights that Lambda needs there and no others', async () => {
    const stack = await runStack({ subnetIds: ['subnet-0a', 'subnet-0b'], securityGroupIds: ['sg-0c'] });
    const policy = stack.all(rolePolicy).find(({ name }) => name === 'lambda-lens-join-network');

    expect(stack.one(lambda).inputs.vpcConfig).toEqual({
      subnetIds: ['subnet-0a', 'subnet-0b'],
      securityGroupIds: ['sg-0c'],
    });
    expect(
      JSON.parse(policy?.inputs.policy).Statement[0].Action.every((action: string) => /^ec2:\w+$/.test(action)),
    ).toBe(true);
  });

  it('encrypts environment and logs with keys of the owner', async () => {
    const stack = await runStack({ environmentKey: key, logKey: key, automaticOff: 1 });
    const policy = stack.all(rolePolicy).find(({ name }) => name === 'lambda-lens-read-environment');

    expect(stack.all(lambda).find(({ name }) => name === 'lambda-lens')?.inputs.kmsKeyArn).toBe(key);
    for (const { inputs } of stack.all('aws:cloudwatch/logGroup:LogGroup')) expect(inputs.kmsKeyId).toBe(key);
    expect(JSON.parse(policy?.inputs.policy).Statement).toEqual([
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: key },
    ]);
  });

  it('has requests traced, with the two rights for it', async () => {
    const stack = await runStack({ tracing: true });
    const policy = stack.all(rolePolicy).find(({ name }) => name === 'lambda-lens-write-traces');

    expect(stack.one(lambda).inputs.tracingConfig).toEqual({ mode: 'Active' });
    expect(JSON.parse(policy?.inputs.policy).Statement[0].Action).toEqual([
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
    ]);
  });

  it('has instances restored from a snapshot of each version', async () => {
    const stack = await runStack({ snapStart: true });

    expect(stack.one(lambda).inputs.snapStart).toEqual({ applyOn: 'PublishedVersions' });
    await expect(runStack({ snapStart: true, provisionedConcurrency: 1 })).rejects.toThrow(/exclude each other/);
  });

  it('attaches policies to the role as they are', async () => {
    const policyArn = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess';
    const stack = await runStack({ extraPolicies: [policyArn] });

    expect(stack.one('aws:iam/rolePolicyAttachment:RolePolicyAttachment').inputs).toMatchObject({ policyArn });
  });

  it('keeps instances ready behind the alias', async () => {
    const stack = await runStack({ provisionedConcurrency: 2 });

    expect(stack.one('aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig').inputs).toMatchObject({
      qualifier: 'live',
      provisionedConcurrentExecutions: 2,
    });
  });

  it('answers under a name of the owner', async () => {
    const certificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/abc';
    const stack = await runStack({ domainName: 'photos.shop.example', certificateArn });

    expect(stack.one('aws:apigatewayv2/domainName:DomainName').inputs).toMatchObject({
      domainName: 'photos.shop.example',
      domainNameConfiguration: { certificateArn, endpointType: 'REGIONAL', securityPolicy: 'TLS_1_2' },
    });
    expect(stack.one('aws:apigatewayv2/apiMapping:ApiMapping').inputs).toMatchObject({ apiId: 'lambda-lens-api-id' });
  });

  it('has none of it unless asked for', async () => {
    const stack = await runStack();

    expect(stack.one(lambda).inputs).not.toHaveProperty('vpcConfig');
    expect(stack.one(lambda).inputs).not.toHaveProperty('kmsKeyArn');
    expect(stack.all(rolePolicy)).toHaveLength(1);
  });

  it.each([
    [{ subnetIds: ['subnet-0a'] }, /subnetIds and securityGroupIds go together/],
    [{ domainName: 'photos.shop.example' }, /domainName and certificateArn go together/],
    [{ subnetIds: ['subnet 1'], securityGroupIds: ['sg-0c'] }, /subnetIds is \["subnet 1"\]/],
    [{ logKey: 'my-key' }, /logKey is "my-key"/],
  ])('refuses %j', async (args, sentence) => {
    await expect(runStack(args)).rejects.toThrow(sentence);
  });
});
