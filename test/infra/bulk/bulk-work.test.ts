import { describe, expect, it, vi } from 'vitest';
import type { RecordedStack } from '../run-stack.ts';
import { runStack } from '../run-stack.ts';
import { named, rightsOf } from './rights-of.ts';

vi.mock('../../../function/bundling/bundle.ts', () => ({ bundle: async () => ({}) }));

const ofBulk =
  /^aws:(?:s3|sqs|sfn)\/|^lambda-lens:infra:(?:BulkWork|BatchFunction|PrivateBucket)|EventSourceMapping|EventRule/;

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
