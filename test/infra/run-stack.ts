import * as pulumi from '@pulumi/pulumi';
import type { LambdaLensArgs } from '../../infra/lambda-lens.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';

export interface RecordedResource {
  readonly type: string;
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: inputs of any resource type
  readonly inputs: any;
}

/** What the program asked of AWS. */
export interface RecordedCall {
  readonly token: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface RecordedStack {
  readonly resources: readonly RecordedResource[];
  readonly calls: readonly RecordedCall[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  /** The one resource of a type. */
  one(type: string): RecordedResource;
  all(type: string): readonly RecordedResource[];
}

const account = '123456789012';
const region = 'eu-west-1';
const registry = `${account}.dkr.ecr.${region}.amazonaws.com`;

const defaultTagsToken = 'aws:index/getDefaultTags:getDefaultTags';
const sharedModelDirectory = writeTinyModel();

/** Mocks stand in for the engine from here on; what they make is recorded, in the order of its making. */
export async function mockPulumi(
  defaultTags = {},
  isPreview = false,
  calls: RecordedCall[] = [],
): Promise<readonly RecordedResource[]> {
  const resources: RecordedResource[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        resources.push({ type, name, inputs });
        return { id: `${name}-id`, state: { ...inputs, ...computed(type, name, inputs) } };
      },
      call: ({ token, inputs }) => {
        calls.push({ token, inputs });
        return token === defaultTagsToken ? { tags: defaultTags } : answerCall(token, inputs);
      },
    },
    'lambda-lens',
    'test',
    isPreview,
  );
  return resources;
}

/** Runs the top component with Pulumi's mocks for an engine, and waits for each of its resources' URN. */
export async function runStack(args: LambdaLensArgs = {}, defaultTags = {}, isPreview = false): Promise<RecordedStack> {
  const calls: RecordedCall[] = [];
  const resources = await mockPulumi(defaultTags, isPreview, calls);
  const warnings: string[] = [];
  const notes: string[] = [];
  const { warn, info } = pulumi.log;
  const { stackTraceLimit } = Error;
  // Pulumi writes out a stack for each of a thousand promises, which would be most of what these tests take.
  Error.stackTraceLimit = 1;
  // The mocks have no engine to log to.
  Object.assign(pulumi.log, {
    warn: async (message: string) => void warnings.push(message),
    info: async (message: string) => void notes.push(message),
  });
  try {
    const { LambdaLens } = await import('../../infra/lambda-lens.ts');
    const made: pulumi.Resource[] = [];
    const service = new LambdaLens(
      'lambda-lens',
      { modelDirectory: sharedModelDirectory, ...args },
      {
        transformations: [({ resource }) => void made.push(resource)],
      },
    );
    let awaited = 0;
    while (awaited < made.length) {
      const batch = made.slice(awaited);
      awaited = made.length;
      await Promise.all(batch.map(({ urn }) => settle(urn)));
    }
    const { functionUrl, apiUrl, curl, functionName, logGroup, repositoryUrl, imageUri, modelVersion } = service;
    const outputs = await settle(
      pulumi.output({ functionUrl, apiUrl, curl, functionName, logGroup, repositoryUrl, imageUri, modelVersion }),
    );
    const all = (type: string) => resources.filter((resource) => resource.type === type);
    const one = (type: string) => {
      const [resource, ...more] = all(type);
      if (!resource || more.length > 0)
        throw new Error(`${more.length + (resource ? 1 : 0)} resources of type ${type}`);
      return resource;
    };
    return { resources, calls, outputs, warnings, notes, one, all };
  } finally {
    await pulumi.runtime.disconnect();
    Error.stackTraceLimit = stackTraceLimit;
    Object.assign(pulumi.log, { warn, info });
  }
}

// What AWS would answer to the program's own questions.
function answerCall(token: string, inputs: Readonly<Record<string, string>>): Record<string, unknown> {
  switch (token) {
    case 'aws:index/getRegion:getRegion':
      return { region };
    case 'aws:index/getCallerIdentity:getCallerIdentity':
      return { accountId: account };
    case 'aws:ecr/getAuthorizationToken:getAuthorizationToken':
      return { proxyEndpoint: `https://${registry}`, userName: 'AWS', password: 'token' };
    case 'aws:ecr/getRepository:getRepository':
      return { repositoryUrl: `${registry}/${inputs.name}` };
    case 'aws:ecr/getImage:getImage':
      return { imageDigest: `sha256:${'1'.repeat(64)}`, ...inputs };
    default:
      return { partition: 'aws' };
  }
}

/** What an output comes to, or its failure. */
export function settle<Value>(output: pulumi.Output<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    output.apply((value) => resolve(value as Value));
    // An output that fails never calls apply's callback; its promise tells.
    (output as unknown as { promise(): Promise<Value> }).promise().catch(reject);
  });
}

// What AWS would answer, as far as other resources or outputs use it.
function computed(type: string, name: string, inputs: Readonly<Record<string, string>>): Record<string, unknown> {
  switch (type) {
    case 'awsx:ecr:Repository':
      return { url: `${registry}/${name}` };
    case 'docker-build:index:Image':
      return { digest: `sha256:${'0'.repeat(64)}` };
    case 'aws:cloudwatch/logGroup:LogGroup':
      return { name, arn: `arn:aws:logs:${region}:${account}:log-group:${name}` };
    case 'aws:iam/role:Role':
      return { name, arn: `arn:aws:iam::${account}:role/${name}` };
    case 'aws:lambda/function:Function':
      return { name, arn: `arn:aws:lambda:${region}:${account}:function:${name}`, version: '7' };
    case 'aws:sfn/stateMachine:StateMachine':
      return { arn: `arn:aws:states:${region}:${account}:stateMachine:${name}` };
    case 'aws:s3/bucket:Bucket':
      return { arn: `arn:aws:s3:::${name}-id` };
    case 'aws:sqs/queue:Queue':
      return { name, arn: `${name}-arn`, url: `https://sqs.${region}.amazonaws.com/${account}/${name}` };
    case 'aws:sns/topic:Topic':
      return { arn: `${name}-arn` };
    case 'aws:lambda/alias:Alias':
      return {
        invokeArn: `arn:aws:apigateway:${region}:lambda:path/functions/${inputs.functionName}:live/invocations`,
      };
    case 'aws:lambda/functionUrl:FunctionUrl':
      return { functionUrl: `https://abc.lambda-url.${region}.on.aws/` };
    case 'aws:apigatewayv2/api:Api':
      return { executionArn: `arn:aws:execute-api:${region}:${account}:api1` };
    case 'aws:apigatewayv2/stage:Stage':
      return { invokeUrl: `https://api1.execute-api.${region}.amazonaws.com` };
    default:
      return {};
  }
}
