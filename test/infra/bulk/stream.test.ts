import { describe, expect, it, vi } from 'vitest';
import { runStack } from '../run-stack.ts';
import { named, rightsOf } from './rights-of.ts';

vi.mock('../../../function/bundling/bundle.ts', () => ({ bundle: async () => ({}) }));

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
});
