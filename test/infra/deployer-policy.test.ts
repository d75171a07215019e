import { readFileSync } from 'node:fs';
import { beforeAll, expect, it, vi } from 'vitest';
import { runStack } from './run-stack.ts';

vi.mock('../../function/bundling/bundle.ts', () => ({ bundle: async () => ({}) }));

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

const policy = JSON.parse(readFileSync(new URL('../../infra/deployer-policy.json', import.meta.url), 'utf8'));
const statements: readonly Statement[] = policy.Statement;
const allowed = statements.flatMap(({ Action }) => Action);

/** What the providers call to make, read, change, tag and delete each type. */
const actionsByType: Readonly<Record<string, readonly string[]>> = {
  'awsx:ecr:Repository': [
    ...actions('ecr', 'CreateRepository DescribeRepositories DeleteRepository TagResource UntagResource'),
    ...actions('ecr', 'ListTagsForResource PutImageScanningConfiguration PutImageTagMutability'),
    ...actions('ecr', 'PutLifecyclePolicy GetLifecyclePolicy DeleteLifecyclePolicy'),
  ],
  'docker-build:index:Image': [
    ...actions('ecr', 'GetAuthorizationToken BatchCheckLayerAvailability InitiateLayerUpload UploadLayerPart'),
    ...actions(
      'ecr',
      'CompleteLayerUpload PutImage BatchGetImage GetDownloadUrlForLayer DescribeImages BatchDeleteImage',
    ),
  ],
  'aws:iam/role:Role': [
    ...actions('iam', 'CreateRole GetRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy DeleteRole TagRole'),
    ...actions('iam', 'UntagRole ListRolePolicies ListAttachedRolePolicies ListInstanceProfilesForRole'),
  ],
  'aws:iam/rolePolicy:RolePolicy': actions('iam', 'PutRolePolicy GetRolePolicy DeleteRolePolicy'),
  'aws:lambda/function:Function': [
    ...actions('lambda', 'CreateFunction GetFunction GetFunctionConfiguration GetFunctionCodeSigningConfig'),
    ...actions('lambda', 'ListVersionsByFunction UpdateFunctionCode UpdateFunctionConfiguration PublishVersion'),
    ...actions('lambda', 'GetFunctionConcurrency PutFunctionConcurrency DeleteFunctionConcurrency DeleteFunction'),
    ...actions('lambda', 'TagResource UntagResource ListTags'),
    'iam:PassRole',
    // Lambda adds itself to the repository's policy in the deployer's name.
    ...actions('ecr', 'GetRepositoryPolicy SetRepositoryPolicy BatchGetImage GetDownloadUrlForLayer'),
  ],
  'aws:lambda/alias:Alias': actions('lambda', 'CreateAlias GetAlias UpdateAlias DeleteAlias'),
  'aws:lambda/functionUrl:FunctionUrl': actions(
    'lambda',
    'CreateFunctionUrlConfig GetFunctionUrlConfig UpdateFunctionUrlConfig DeleteFunctionUrlConfig',
  ),
  'aws:lambda/permission:Permission': actions('lambda', 'AddPermission RemovePermission GetPolicy'),
  'aws:cloudwatch/logGroup:LogGroup': [
    ...actions('logs', 'CreateLogGroup DescribeLogGroups PutRetentionPolicy DeleteRetentionPolicy DeleteLogGroup'),
    ...actions('logs', 'TagResource UntagResource ListTagsForResource'),
  ],
  'aws:apigatewayv2/api:Api': actions('apigateway', 'POST GET PATCH PUT DELETE TagResource UntagResource'),
  'aws:apigatewayv2/integration:Integration': actions('apigateway', 'POST GET PATCH DELETE'),
  'aws:apigatewayv2/route:Route': actions('apigateway', 'POST GET PATCH DELETE'),
  'aws:apigatewayv2/stage:Stage': [
    ...actions('apigateway', 'POST GET PATCH DELETE TagResource UntagResource'),
    // The access log is a log delivery, which the caller sets up by way of API Gateway.
    ...actions('logs', 'CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries'),
    ...actions('logs', 'PutResourcePolicy DescribeResourcePolicies DescribeLogGroups'),
  ],
};

function actions(service: string, names: string): readonly string[] {
  return names.split(' ').map((name) => `${service}:${name}`);
}

let typesInUse: readonly string[];

beforeAll(async () => {
  const stack = await runStack({ functionUrl: 'public', photoBuckets: ['my-photos'], maximumConcurrency: 5 });
  const types = new Set(stack.resources.map(({ type }) => type));
  typesInUse = [...types].filter((type) => !type.startsWith('lambda-lens:'));
});

it('allows what each resource type of the stack needs', () => {
  for (const type of typesInUse) {
    expect(actionsByType, `a new type: say here what it needs`).toHaveProperty([type]);
    expect(allowed, type).toEqual(expect.arrayContaining([...(actionsByType[type] ?? [])]));
  }
});

it('allows nothing that no resource type of the stack needs', () => {
  const needed = typesInUse.flatMap((type) => actionsByType[type] ?? []);

  expect(allowed.filter((action) => !needed.includes(action))).toEqual([]);
});

it('names every action in full, and every resource but where AWS knows none', () => {
  for (const { Action, Resource } of statements) {
    expect([Action].flat().filter((action) => action.includes('*'))).toEqual([]);
    if (Resource !== '*') continue;
    const withoutResource = /^(ecr:GetAuthorizationToken|logs:(Describe|\w+LogDeliver|PutResourcePolicy))/;
    expect([Action].flat().filter((action) => !withoutResource.test(action))).toEqual([]);
  }
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; white space does not count.
it('fits into one managed policy', () => {
  expect(JSON.stringify(policy).length).toBeLessThan(6_144);
});
