import { describe, expect, it, vi } from 'vitest';
import type { RecordedStack } from '../run-stack.ts';
import { runStack } from '../run-stack.ts';

vi.mock('../../../function/bundling/bundle.ts', () => ({ bundle: async () => ({}) }));

const ofBulk =
  /^aws:(?:s3|sqs|sfn)\/|^lambda-lens:infra:(?:BulkWork|BatchFunction|PrivateBucket)|EventSourceMapping|EventRule/;

/** Each statement of a role's policies, by the policy's name. */
function rightsOf(stack: RecordedStack, policy: string) {
  const found = stack.all('aws:iam/rolePolicy:RolePolicy').find(({ name }) => name === policy);
  const { Statement } = JSON.parse(found?.inputs.policy ?? '{"Statement":[]}');
  return Statement.map(({ Action, Resource }: { Action: unknown; Resource: unknown }) => [
    [Action].flat().join(' '),
    [Resource].flat(),
  ]);
}

const named = (stack: RecordedStack, type: string, name: string) =>
  stack.all(type).find((resource) => resource.name === name)?.inputs;

describe('photos by the million', () => {
  it('are nothing at all by default', async () => {
    const stack = await runStack();

    expect(stack.resources.filter(({ type }) => ofBulk.test(type))).toEqual([]);
    expect(stack.all('aws:lambda/function:Function')).toHaveLength(1);
  });

  it('leave the function of the doors as it is', async () => {
    const [off, on] = [await runStack(), await runStack({ stream: true, bulk: true })];
    const doors = (stack: RecordedStack) =>
      stack.resources
        .filter(
          ({ type, name }) =>
            /lambda\/(function|alias|functionUrl|permission)|apigateway/.test(type) && !/batch/.test(name),
        )
        .map(({ name, inputs }) => [name, inputs]);

    expect(doors(on)).toEqual(doors(off));
  });
});

describe('a stream', () => {
  it('works on a queue of its own: long invisible, tried five times, then laid aside', async () => {
    const stack = await runStack({ stream: true, batchTimeoutInSeconds: 100, streamWindowInSeconds: 20 });

    const queue = named(stack, 'aws:sqs/queue:Queue', 'lambda-lens');
    const dead = named(stack, 'aws:sqs/queue:Queue', 'lambda-lens-dead');

    expect(queue).toMatchObject({ visibilityTimeoutSeconds: 6 * 100 + 20, sqsManagedSseEnabled: true });
    expect(JSON.parse(queue.redrivePolicy)).toEqual({
      deadLetterTargetArn: 'lambda-lens-dead-arn',
      maxReceiveCount: 5,
    });
    expect(dead).toMatchObject({ messageRetentionSeconds: 1_209_600, sqsManagedSseEnabled: true });
    expect(stack.one('aws:lambda/eventSourceMapping:EventSourceMapping').inputs).toMatchObject({
      eventSourceArn: 'lambda-lens-arn',
      functionName: 'lambda-lens-batch',
      batchSize: 100,
      maximumBatchingWindowInSeconds: 20,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: 10 },
    });
  });

  it('has an inbox that nobody reads from outside, whose arrivals S3 itself puts into the queue', async () => {
    const stack = await runStack({ stream: true });

    for (const name of ['lambda-lens-inbox', 'lambda-lens-results']) {
      expect(named(stack, 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock', name)).toMatchObject({
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });

      const [statement] = JSON.parse(named(stack, 'aws:s3/bucketPolicy:BucketPolicy', name).policy).Statement;

      expect(statement).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
      expect(named(stack, 'aws:s3/bucket:Bucket', name).forceDestroy).toBe(false);
    }

    expect(stack.one('aws:s3/bucketNotification:BucketNotification').inputs).toMatchObject({
      bucket: 'lambda-lens-inbox-id',
      queues: [{ queueArn: 'lambda-lens-arn', events: ['s3:ObjectCreated:*'] }],
    });

    const [sent] = JSON.parse(stack.one('aws:sqs/queuePolicy:QueuePolicy').inputs.policy).Statement;

    expect(sent).toMatchObject({
      Principal: { Service: 's3.amazonaws.com' },
      Condition: {
        ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::lambda-lens-inbox-id' },
        StringEquals: { 'aws:SourceAccount': '123456789012' },
      },
    });
  });

  it("listens to a bucket of the owner's by way of EventBridge, and touches nothing of it", async () => {
    const stack = await runStack({ stream: true, inboxBucket: 'shop-photos/new/', resultsBucket: 'shop-results/lens' });

    expect(stack.all('aws:s3/bucket:Bucket')).toEqual([]);
    expect(stack.all('aws:s3/bucketNotification:BucketNotification')).toEqual([]);
    expect(JSON.parse(stack.one('aws:cloudwatch/eventRule:EventRule').inputs.eventPattern)).toEqual({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: ['shop-photos'] }, object: { key: [{ prefix: 'new/' }] } },
    });
    expect(named(stack, 'aws:lambda/function:Function', 'lambda-lens-batch').environment.variables).toMatchObject({
      BATCH_RESULTS: 'shop-results/lens/',
    });
    expect(rightsOf(stack, 'lambda-lens-batch-work')).toEqual([
      ['s3:GetObject s3:GetObjectVersion', ['arn:aws:s3:::shop-photos/new/*']],
      ['s3:ListBucket', ['arn:aws:s3:::shop-photos']],
      ['s3:PutObject', ['arn:aws:s3:::shop-results/lens/results/*']],
      ['sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes', ['lambda-lens-arn']],
    ]);
  });

  it('is not started by a deploy while everything is off', async () => {
    const enabled = async (args: object) =>
      (await runStack({ stream: true, ...args })).one('aws:lambda/eventSourceMapping:EventSourceMapping').inputs
        .enabled;

    expect(await enabled({ maximumConcurrency: 5 })).toBe(true);
    expect(await enabled({ maximumConcurrency: 0 })).toBe(false);
  });

  it('wakes somebody when photos are given up on, or wait too long', async () => {
    const stack = await runStack({ stream: true, alarmEmail: 'you@shop.example', alarmQueueAgeInSeconds: 600 });

    const alarms = ['dead-letters', 'queue-age'].map((alarm) =>
      named(stack, 'aws:cloudwatch/metricAlarm:MetricAlarm', `lambda-lens-${alarm}`),
    );

    expect(alarms).toMatchObject([
      { metricName: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName: 'lambda-lens-dead' }, threshold: 0 },
      { metricName: 'ApproximateAgeOfOldestMessage', dimensions: { QueueName: 'lambda-lens' }, threshold: 600 },
    ]);
    for (const { alarmActions } of alarms) expect(alarmActions).toEqual(['lambda-lens-alarms-arn']);
  });

  it('hands the function what says how a photo is read, and nothing secret', async () => {
    const stack = await runStack({
      stream: true,
      apiSecret: 'a-long-secret',
      environment: { TOKEN: 'hidden' },
      maximumPixels: 1_000_000,
      batchMemoryInMb: 3538,
      batchTop: 1,
    });

    const { memorySize, environment, role } = named(stack, 'aws:lambda/function:Function', 'lambda-lens-batch');

    expect(memorySize).toBe(3538);
    expect(role).toBe('arn:aws:iam::123456789012:role/lambda-lens-batch');
    expect(environment.variables).toEqual({
      BATCH_RESULTS: 'lambda-lens-results-id',
      BATCH_TOP: '1',
      MAXIMUM_PIXELS: '1000000',
      MONITORING: 'on',
    });
  });

  it('keeps copies of unsure photos where the owner says so, for as long as he says', async () => {
    const stack = await runStack({ stream: true, keepUnsure: 'on', keepForDays: 7, keepRandomShare: 0.5 });

    const { rules } = named(
      stack,
      'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration',
      'lambda-lens-kept',
    );

    expect(rules).toContainEqual(expect.objectContaining({ expiration: { days: 7 }, status: 'Enabled' }));
    expect(named(stack, 'aws:lambda/function:Function', 'lambda-lens-batch').environment.variables).toMatchObject({
      KEEP_BUCKET: 'lambda-lens-kept-id',
      KEEP_UNSURE_SHARE: '1',
      KEEP_RANDOM_SHARE: '0.5',
    });
    expect(rightsOf(stack, 'lambda-lens-batch-work')).toContainEqual([
      's3:PutObject',
      ['arn:aws:s3:::lambda-lens-results-id/results/*', 'arn:aws:s3:::lambda-lens-kept-id/kept/*'],
    ]);
  });

  it.each([
    ['on', 'lambda-lens-kept-id'],
    ['batches', undefined],
    ['off', undefined],
  ] as const)('the doors keep photos of callers with keepUnsure %s alone: %s', async (keepUnsure, bucket) => {
    const stack = await runStack({ stream: true, keepUnsure });

    const doors = named(stack, 'aws:lambda/function:Function', 'lambda-lens');

    expect(doors.environment.variables.KEEP_BUCKET).toBe(bucket);
    expect(stack.all('aws:iam/rolePolicy:RolePolicy').some(({ name }) => name === 'lambda-lens-keep')).toBe(
      bucket !== undefined,
    );
  });

  it('is kept without a stream too, where callers send them', async () => {
    const stack = await runStack({ keepUnsure: 'on' });

    expect(rightsOf(stack, 'lambda-lens-keep')).toEqual([
      ['s3:PutObject', ['arn:aws:s3:::lambda-lens-kept-id/kept/*']],
    ]);
  });
});

it('a result file is an event of EventBridge where the owner says so', async () => {
  const type = 'aws:s3/bucketNotification:BucketNotification';

  const [on, off] = [await runStack({ bulk: true, bulkBuckets: ['my-photos'], resultEvents: true }), await runStack()];

  expect(named(on, type, 'lambda-lens-results')).toMatchObject({
    bucket: 'lambda-lens-results-id',
    eventbridge: true,
  });
  expect(off.all(type)).toEqual([]);
});

it('roles may use the keys of buckets that the owner names, by way of S3 alone', async () => {
  const key = 'arn:aws:kms:eu-west-1:123456789012:key/1';
  const stack = await runStack({ photoBuckets: ['my-photos'], stream: true, bulk: true, bucketKeys: [key] });

  const roles = ['lambda-lens-read-photos', 'lambda-lens-batch-work', 'lambda-lens-backlog'];

  for (const name of roles)
    expect(rightsOf(stack, name), name).toContainEqual(['kms:Decrypt kms:GenerateDataKey', [key]]);
});

describe('a backlog', () => {
  it('is a state machine whose role touches exactly the buckets given', async () => {
    const stack = await runStack({ bulk: true, bulkBuckets: ['shop-photos/2026/', 'more'], resultsBucket: 'out' });

    expect(stack.all('aws:sqs/queue:Queue')).toEqual([]);
    expect(rightsOf(stack, 'lambda-lens-batch-work')).toEqual([
      ['s3:GetObject s3:GetObjectVersion', ['arn:aws:s3:::shop-photos/2026/*', 'arn:aws:s3:::more/*']],
      ['s3:ListBucket', ['arn:aws:s3:::shop-photos', 'arn:aws:s3:::more']],
      ['s3:PutObject', ['arn:aws:s3:::out/results/*', 'arn:aws:s3:::out/runs/*']],
      ['s3:GetObject', ['arn:aws:s3:::out/runs/*']],
    ]);
    expect(rightsOf(stack, 'lambda-lens-backlog')).toEqual([
      ['lambda:InvokeFunction', ['arn:aws:lambda:eu-west-1:123456789012:function:lambda-lens-batch']],
      ['states:StartExecution', ['arn:aws:states:eu-west-1:123456789012:stateMachine:lambda-lens-backlog']],
      [
        'states:DescribeExecution states:StopExecution',
        ['arn:aws:states:eu-west-1:123456789012:execution:lambda-lens-backlog:*'],
      ],
      ['s3:ListBucket', ['arn:aws:s3:::shop-photos', 'arn:aws:s3:::more']],
      ['s3:GetObject', ['arn:aws:s3:::out/runs/*', 'arn:aws:s3:::shop-photos/2026/*', 'arn:aws:s3:::more/*']],
      ['s3:PutObject s3:ListMultipartUploadParts s3:AbortMultipartUpload', ['arn:aws:s3:::out/runs/*']],
    ]);
  });

  it('reads the inbox too where there is one', async () => {
    const stack = await runStack({ bulk: true, stream: true });

    expect(rightsOf(stack, 'lambda-lens-backlog')).toContainEqual([
      's3:ListBucket',
      ['arn:aws:s3:::lambda-lens-inbox-id'],
    ]);
  });
});

describe('uploads', () => {
  it('lie in a bucket of their own for a day, which pages may put them into', async () => {
    const stack = await runStack({ uploads: true });

    const name = 'lambda-lens-uploads';
    const { rules } = named(stack, 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration', name);

    expect(named(stack, 'aws:s3/bucket:Bucket', name).forceDestroy).toBe(true);
    expect(rules).toContainEqual(expect.objectContaining({ expiration: { days: 1 } }));
    expect(named(stack, 'aws:s3/bucketCorsConfiguration:BucketCorsConfiguration', name).corsRules).toEqual([
      { allowedMethods: ['PUT'], allowedOrigins: ['*'], allowedHeaders: ['*'] },
    ]);
    expect(stack.one('aws:lambda/function:Function').inputs.environment.variables).toMatchObject({
      UPLOAD_BUCKET: 'lambda-lens-uploads-id',
    });
    expect(rightsOf(stack, name)).toEqual([
      ['s3:PutObject s3:GetObject', ['arn:aws:s3:::lambda-lens-uploads-id/uploads/*']],
    ]);
  });
});

it.each([
  [{ inboxBucket: 'a-bucket' }, "inboxBucket is the stream's: set stream to on."],
  [{ bulkBuckets: ['a-bucket'] }, "bulkBuckets are the backlog's: set bulk to on."],
  [{ bulk: true }, 'bulk needs bulkBuckets: whose photos it may read.'],
  [{ resultsBucket: 'a-bucket' }, 'resultsBucket goes with stream or bulk: set one of them to on.'],
  [{ resultEvents: true }, 'resultEvents goes with stream or bulk: set one of them to on.'],
  [
    { stream: true, resultsBucket: 'a-bucket', resultEvents: true },
    'resultEvents is for the bucket that the stack makes: switch EventBridge on in resultsBucket yourself.',
  ],
  [{ keepUnsure: 'batches' }, 'keepUnsure batches goes with stream or bulk: set one of them to on.'],
  [
    { stream: true, streamWindowInSeconds: 0 },
    'streamWindowInSeconds is 0; a streamBatchSize above 10 needs at least 1.',
  ],
] as const)('refuses %j alone', async (args, message) => {
  await expect(runStack(args)).rejects.toThrow(message);
});
