import { beforeAll, describe, expect, it, vi } from 'vitest';
import { drawBulkDeployerPolicy } from '../../../infra/rights/bulk-deployer-policy.ts';
import { drawDeployerPolicy } from '../../../infra/rights/deployer-policy.ts';
import { drawPermissionsBoundary } from '../../../infra/rights/permissions-boundary.ts';
import type { PolicyDocument } from '../../../infra/rights/policy-document.ts';
import { runStack } from '../../infra/run-stack.ts';
import { isSimulatorInstalled } from '../find-tools.ts';
import { bulkCallsByCommand, bulkCallsByType, key, photosOfBulk } from './calls-of-bulk.ts';
import { api, callsByCommand, callsByType, lambda, repository, role } from './calls-of-the-stack.ts';
import { account, type Call, isAllowed } from './simulate.ts';

vi.mock('../../../function/bundling/bundle.ts', () => ({ bundle: async () => ({}) }));

const policy = drawDeployerPolicy();
const bulkPolicy = drawBulkDeployerPolicy({ photoPlaces: ['my-photos'] });
const boundary = drawPermissionsBoundary({
  photoPlaces: ['my-photos', 'shop/in/'],
  resultPlaces: ['shop/out/'],
  keys: [key],
});
const needed = [...Object.values(callsByType), ...Object.values(callsByCommand)].flat();
const neededInBulk = [...Object.values(bulkCallsByType), ...Object.values(bulkCallsByCommand)].flat();

async function refused(calls: readonly Call[], by = policy): Promise<string[]> {
  const results = await Promise.all(calls.map(async (call) => ({ ...call, isAllowed: await isAllowed(call, by) })));
  return results.filter((result) => !result.isAllowed).map(({ action, resource }) => `${action} on ${resource}`);
}

describe.skipIf(!isSimulatorInstalled)("the deployer's policy", () => {
  let typesInUse: readonly string[];

  beforeAll(async () => {
    const everyDoor = await runStack({ functionUrl: 'public', photoBuckets: ['my-photos'], maximumConcurrency: 5 });
    const watched = await runStack({
      ...{ alarmEmail: 'owner@shop.example', monthlyBudget: 20, automaticOff: 1 },
      ...{ jwtIssuer: 'https://login.example/', jwtAudience: ['shop'] },
    });
    const types = new Set([...everyDoor.resources, ...watched.resources].map(({ type }) => type));
    typesInUse = [...types].filter((type) => !type.startsWith('lambda-lens:'));
  });

  it('knows what each resource type of the stack needs, and no other type', () => {
    expect([...typesInUse].sort()).toEqual(Object.keys(callsByType).sort());
  });

  it.each(Object.entries(callsByType))('lets the providers make, change and delete a %s', async (_type, calls) => {
    expect(await refused(calls)).toEqual([]);
  });

  it.each(Object.entries(callsByCommand))('lets the command %s do its work', async (command, calls) => {
    // Who one is may be asked by everyone, whatever a policy says.
    const asked = calls.filter(({ action }) => action !== 'sts:GetCallerIdentity');

    expect(await refused(asked), command).toEqual([]);
  });

  it('allows no action that nothing needs', () => {
    const actions = new Set(needed.map(({ action }) => action));

    expect(policy.Statement.flatMap(({ Action }) => Action).filter((action) => !actions.has(action))).toEqual([]);
  });
});

describe.skipIf(!isSimulatorInstalled)('the policy for photos by the million, beside it', () => {
  const both: PolicyDocument = { ...policy, Statement: [...policy.Statement, ...bulkPolicy.Statement] };
  let typesInUse: readonly string[];

  beforeAll(async () => {
    const own = { stream: true, bulk: true, uploads: true, keepUnsure: 'on' } as const;
    const stacks = await Promise.all([runStack(own), runStack({ stream: true, inboxBucket: 'my-photos' })]);
    const types = new Set(stacks.flatMap(({ resources }) => resources.map(({ type }) => type)));
    typesInUse = [...types].filter((type) => !type.startsWith('lambda-lens:'));
  });

  it('knows what each resource type needs that the other does not know', () => {
    const known = new Set([...Object.keys(callsByType), ...Object.keys(bulkCallsByType)]);

    expect(typesInUse.filter((type) => !known.has(type))).toEqual([]);
    expect(Object.keys(bulkCallsByType).filter((type) => !typesInUse.includes(type))).toEqual([]);
  });

  it.each(Object.entries(bulkCallsByType))('lets the providers make, change and delete a %s', async (_type, calls) => {
    expect(await refused(calls, both)).toEqual([]);
  });

  it.each(Object.entries(bulkCallsByCommand))('lets the command %s do its work', async (_command, calls) => {
    expect(await refused(calls, both)).toEqual([]);
  });

  it('allows no action that nothing needs', () => {
    const actions = new Set(neededInBulk.map(({ action }) => action));

    expect(bulkPolicy.Statement.flatMap(({ Action }) => Action).filter((action) => !actions.has(action))).toEqual([]);
  });

  it.each(photosOfBulk)('lets nobody %s', async (_what, call) => {
    expect(await isAllowed(call, both)).toBe(false);
  });
});

describe.skipIf(!isSimulatorInstalled)('with that policy nobody', () => {
  const otherBoundary = { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/AdministratorAccess' };
  const otherApi = api.replace('d066462cec', 'other');
  const foreign = { 'aws:ResourceTag/project': 'payments' };

  it.each<[string, Call]>([
    ['makes a role without the boundary', { action: 'iam:CreateRole', resource: role }],
    ['makes a role with a wider boundary', { action: 'iam:CreateRole', resource: role, context: otherBoundary }],
    ['writes rights into a role without the boundary', { action: 'iam:PutRolePolicy', resource: role }],
    ['widens a boundary', { action: 'iam:PutRolePermissionsBoundary', resource: role, context: otherBoundary }],
    ['takes a boundary away', { action: 'iam:DeleteRolePermissionsBoundary', resource: role }],
    ['attaches a managed policy', { action: 'iam:AttachRolePolicy', resource: role }],
    ['changes who may be a role', { action: 'iam:UpdateAssumeRolePolicy', resource: role }],
    ['is a role', { action: 'sts:AssumeRole', resource: role }],
    [
      'hands a role to another service',
      { action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    ],
    [
      'hands another role to Lambda',
      {
        action: 'iam:PassRole',
        resource: `arn:aws:iam::${account}:role/administrator`,
        context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
      },
    ],
    [
      'changes the boundary itself',
      { action: 'iam:CreatePolicyVersion', resource: `arn:aws:iam::${account}:policy/lambda-lens-boundary` },
    ],
    ['makes a user', { action: 'iam:CreateUser', resource: `arn:aws:iam::${account}:user/lambda-lens-1` }],
    [
      'changes another function',
      { action: 'lambda:UpdateFunctionCode', resource: lambda.replace('lambda-lens-', 'pay-') },
    ],
    [
      "stops another function's queue",
      {
        action: 'lambda:UpdateEventSourceMapping',
        resource: `arn:aws:lambda:eu-west-1:${account}:event-source-mapping:1`,
        context: { 'lambda:FunctionArn': lambda.replace('lambda-lens-', 'pay-') },
      },
    ],
    [
      'pushes into another repository',
      { action: 'ecr:PutImage', resource: repository.replace('lambda-lens-', 'pay-') },
    ],
    ['changes another HTTP API', { action: 'apigateway:PATCH', resource: otherApi, context: foreign }],
    ['deletes an HTTP API without tags', { action: 'apigateway:DELETE', resource: otherApi }],
    ['makes an HTTP API without the tag', { action: 'apigateway:POST', resource: api.replace(/\/[^/]+$/, '') }],
    [
      'takes another HTTP API over by its tag',
      {
        action: 'apigateway:POST',
        resource: `arn:aws:apigateway:eu-west-1::/tags/${encodeURIComponent(otherApi)}`,
        context: { 'aws:RequestTag/project': 'lambda-lens' },
      },
    ],
    [
      'deletes another log',
      { action: 'logs:DeleteLogGroup', resource: `arn:aws:logs:eu-west-1:${account}:log-group:pay:*` },
    ],
  ])('%s', async (_what, call) => {
    expect(await isAllowed(call, policy)).toBe(false);
  });
});

describe.skipIf(!isSimulatorInstalled)('a role within the boundary', () => {
  const everything: PolicyDocument = {
    Version: '2012-10-17',
    Statement: [{ Sid: 'All', Effect: 'Allow', Action: ['*'], Resource: '*' }],
  };

  it.each([
    ['logs:PutLogEvents', `arn:aws:logs:eu-west-1:${account}:log-group:/aws/lambda/lambda-lens-1:log-stream:1`, true],
    ['s3:GetObject', 'arn:aws:s3:::my-photos/tee.jpg', true],
    ['s3:GetObject', 'arn:aws:s3:::shop/in/tee.jpg', true],
    ['s3:GetObject', 'arn:aws:s3:::shop/else/tee.jpg', false],
    ['s3:PutObject', 'arn:aws:s3:::my-photos/tee.jpg', false],
    ['s3:PutObject', 'arn:aws:s3:::shop/out/results/1.jsonl', true],
    ['s3:PutObject', 'arn:aws:s3:::lambda-lens-kept-1/kept/1.jpg', true],
    ['s3:DeleteObject', 'arn:aws:s3:::lambda-lens-kept-1/kept/1.jpg', false],
    ['sqs:ReceiveMessage', `arn:aws:sqs:eu-west-1:${account}:pay`, false],
    ['lambda:InvokeFunction', lambda, false],
    ['lambda:InvokeFunction', lambda.replace('lambda-lens-', 'lambda-lens-batch-'), true],
    ['logs:PutLogEvents', `arn:aws:logs:eu-west-1:${account}:log-group:/aws/lambda/pay:log-stream:1`, false],
    ['iam:CreateUser', `arn:aws:iam::${account}:user/lambda-lens-1`, false],
    ['lambda:UpdateFunctionCode', lambda, false],
    ['sts:AssumeRole', `arn:aws:iam::${account}:role/administrator`, false],
  ])('that is allowed everything may do %s on %s: %s', async (action, resource, allowed) => {
    expect(await isAllowed({ action, resource }, everything, boundary)).toBe(allowed);
  });

  it('does what the stack lets the function do', async () => {
    const doors = await runStack({ photoBuckets: ['my-photos', 'shop/in/'], automaticOff: 1, uploads: true });
    const batches = await runStack({
      ...{ stream: true, bulk: true, bulkBuckets: ['my-photos'], resultsBucket: 'shop/out/', keepUnsure: 'on' },
      bucketKeys: [key],
    });
    for (const { inputs } of [doors, batches].flatMap((stack) => stack.all('aws:iam/rolePolicy:RolePolicy'))) {
      const own = JSON.parse(inputs.policy);
      for (const { Action, Resource } of own.Statement) {
        for (const action of [Action].flat()) {
          const resource = String([Resource].flat()[0])
            .replace('/lambda-lens:', '/lambda-lens-1:')
            .replace(/:(lambda-lens|lambda-lens-batch)$/, ':$1-1')
            .replace(/^(\S+)-arn$/, `arn:aws:sqs:eu-west-1:${account}:$1-1`)
            .replace(/\*$/, 'log-stream:1');
          const context: Call['context'] = action.startsWith('kms:')
            ? { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' }
            : {};

          const inName = { ...own, Statement: [{ Sid: 'Own', Effect: 'Allow', Action: [action], Resource: '*' }] };
          expect(await isAllowed({ action, resource, context }, inName, boundary), `${action} on ${resource}`).toBe(
            true,
          );
        }
      }
    }
  });
});
