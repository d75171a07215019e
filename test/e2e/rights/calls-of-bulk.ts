import { calls, lambda, region, role } from './calls-of-the-stack.ts';
import { account, type Call } from './simulate.ts';

const bucket = 'arn:aws:s3:::lambda-lens-results-9b72c82';
const uploads = 'arn:aws:s3:::lambda-lens-uploads-9b72c82';
const queue = `arn:aws:sqs:${region}:${account}:lambda-lens-9b72c82`;
const rule = `arn:aws:events:${region}:${account}:rule/lambda-lens-arrivals-9b72c82`;
const machine = `arn:aws:states:${region}:${account}:stateMachine:lambda-lens-backlog-9b72c82`;
const execution = `${machine.replace(':stateMachine:', ':execution:')}:20261127-061500`;
const mapRun = `${machine.replace(':stateMachine:', ':mapRun:')}/Photos:0a1b`;
const mapping = `arn:aws:lambda:${region}:${account}:event-source-mapping:0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f`;
const ofTheFunction = { 'lambda:FunctionArn': lambda };

/** Of a bucket that an owner has named. */
export const key = `arn:aws:kms:${region}:${account}:key/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f`;

/**
 * What the providers call for each resource type of stream, backlog, uploads and kept photos, beside those of the stack. From
 * Terraform's AWS provider: internal/service/{s3,sqs,events,lambda,sfn} in github.com/hashicorp/terraform-provider-aws.
 */
export const bulkCallsByType: Readonly<Record<string, readonly Call[]>> = {
  // s3/bucket.go reads all that a bucket may be set to; s3/tags.go. A bucket that goes with the stack is emptied first.
  'aws:s3/bucket:Bucket': [
    ...calls('s3', 'CreateBucket DeleteBucket ListBucket TagResource UntagResource ListTagsForResource', bucket),
    ...calls('s3', 'GetBucketTagging PutBucketTagging GetBucketLocation GetBucketAcl GetBucketWebsite', bucket),
    ...calls('s3', 'GetBucketVersioning GetAccelerateConfiguration GetBucketRequestPayment GetBucketLogging', bucket),
    ...calls('s3', 'GetReplicationConfiguration GetBucketObjectLockConfiguration GetBucketPolicy', bucket),
    ...calls('s3', 'GetEncryptionConfiguration GetLifecycleConfiguration GetBucketCORS', bucket),
    ...calls('s3', 'ListBucketVersions', uploads),
    ...calls('s3', 'DeleteObject DeleteObjectVersion', `${uploads}/uploads/1`),
  ],
  // s3/bucket_public_access_block.go
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': calls(
    's3',
    'GetBucketPublicAccessBlock PutBucketPublicAccessBlock',
    bucket,
  ),
  // s3/bucket_server_side_encryption_configuration.go
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration': calls(
    's3',
    'GetEncryptionConfiguration PutEncryptionConfiguration',
    bucket,
  ),
  // s3/bucket_policy.go
  'aws:s3/bucketPolicy:BucketPolicy': calls('s3', 'GetBucketPolicy PutBucketPolicy DeleteBucketPolicy', bucket),
  // s3/bucket_lifecycle_configuration.go
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': calls(
    's3',
    'GetLifecycleConfiguration PutLifecycleConfiguration',
    bucket,
  ),
  // s3/bucket_cors_configuration.go
  'aws:s3/bucketCorsConfiguration:BucketCorsConfiguration': calls('s3', 'GetBucketCORS PutBucketCORS', uploads),
  // s3/bucket_notification.go
  'aws:s3/bucketNotification:BucketNotification': calls('s3', 'GetBucketNotification PutBucketNotification', bucket),
  // sqs/queue.go
  'aws:sqs/queue:Queue': calls(
    'sqs',
    'CreateQueue GetQueueAttributes SetQueueAttributes DeleteQueue TagQueue UntagQueue ListQueueTags',
    queue,
  ),
  // sqs/queue_policy.go, sqs/queue_redrive_allow_policy.go
  'aws:sqs/queuePolicy:QueuePolicy': calls('sqs', 'GetQueueAttributes SetQueueAttributes', queue),
  'aws:sqs/redriveAllowPolicy:RedriveAllowPolicy': calls('sqs', 'GetQueueAttributes SetQueueAttributes', queue),
  // events/rule.go
  'aws:cloudwatch/eventRule:EventRule': calls(
    'events',
    'PutRule DescribeRule DeleteRule TagResource UntagResource ListTagsForResource',
    rule,
  ),
  // events/target.go
  'aws:cloudwatch/eventTarget:EventTarget': calls('events', 'PutTargets ListTargetsByRule RemoveTargets', rule),
  // lambda/event_source_mapping.go
  'aws:lambda/eventSourceMapping:EventSourceMapping': [
    ...calls('lambda', 'CreateEventSourceMapping', '*', ofTheFunction),
    ...calls(
      'lambda',
      'GetEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping',
      mapping,
      ofTheFunction,
    ),
    ...calls('lambda', 'TagResource UntagResource ListTags', mapping),
  ],
  // sfn/state_machine.go
  'aws:sfn/stateMachine:StateMachine': [
    ...calls('states', 'CreateStateMachine DescribeStateMachine UpdateStateMachine DeleteStateMachine', machine),
    ...calls('states', 'ListStateMachineVersions TagResource UntagResource ListTagsForResource', machine),
    ...calls('states', 'ValidateStateMachineDefinition', '*'),
    ...calls('iam', 'PassRole', role, { 'iam:PassedToService': 'states.amazonaws.com' }),
  ],
};

/** What `lambda-lens bulk` calls: each method of the SDK by the action of the same name, and S3. */
export const bulkCallsByCommand: Readonly<Record<string, readonly Call[]>> = {
  bulk: [
    ...calls('states', 'StartExecution ListExecutions', machine),
    ...calls('states', 'DescribeExecution StopExecution ListMapRuns', execution),
    ...calls('states', 'DescribeMapRun', mapRun),
    ...calls('s3', 'ListBucket', 'arn:aws:s3:::my-photos'),
    ...calls('s3', 'GetObject', 'arn:aws:s3:::my-photos/new/1.jpg'),
    ...calls('s3', 'ListBucket', bucket),
    ...calls('s3', 'GetObject PutObject', `${bucket}/runs/1/run.json`),
    ...calls('s3', 'GetObject', `${bucket}/results/model=1/date=2026-11-27/1.jsonl`),
  ],
};

/** What nobody with the deployer's policies does. */
export const photosOfBulk: readonly [what: string, call: Call][] = [
  ['delete a result', { action: 's3:DeleteObject', resource: `${bucket}/results/1.jsonl` }],
  ['read photos that are kept', { action: 's3:GetObject', resource: 'arn:aws:s3:::lambda-lens-kept-1/kept/1.jpg' }],
  ['put a photo into a bucket of the owner', { action: 's3:PutObject', resource: 'arn:aws:s3:::my-photos/1.jpg' }],
  ['change another bucket', { action: 's3:PutBucketPolicy', resource: 'arn:aws:s3:::my-photos' }],
  ['delete another queue', { action: 'sqs:DeleteQueue', resource: queue.replace('lambda-lens-', 'pay-') }],
  [
    'start another state machine',
    { action: 'states:StartExecution', resource: machine.replace('lambda-lens-', 'pay-') },
  ],
  [
    'let a queue feed another function',
    {
      action: 'lambda:CreateEventSourceMapping',
      resource: '*',
      context: { 'lambda:FunctionArn': lambda.replace('lambda-lens-', 'pay-') },
    },
  ],
];
