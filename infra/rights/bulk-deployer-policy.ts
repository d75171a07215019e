import { allowKeysOfBuckets } from './keys-of-buckets.ts';
import type { OwnersThings } from './permissions-boundary.ts';
import { bucketsOf, objectsOf } from './place-arns.ts';
import { actions, namePrefix, type PolicyDocument } from './policy-document.ts';

const role = `arn:aws:iam::*:role/${namePrefix}*`;
const ofTheFunction = { ArnLike: { 'lambda:FunctionArn': `arn:aws:lambda:*:*:function:${namePrefix}*` } };
const bucket = `arn:aws:s3:::${namePrefix}*`;

/**
 * What whoever deploys needs besides for `stream`, `bulk`, `uploads` and `keepUnsure`, and for `lambda-lens bulk`: buckets, queues,
 * rules and state machines of the project's names, and photos of these places to be looked at, by the keys that they lie under.
 */
export function drawBulkDeployerPolicy({
  photoPlaces = [],
  resultPlaces = [],
  keys = [],
}: Pick<OwnersThings, 'photoPlaces' | 'resultPlaces' | 'keys'> = {}): PolicyDocument {
  const places = [...photoPlaces, ...resultPlaces];
  const runs = resultPlaces.map((place) => `arn:aws:s3:::${place.replace(/\/?$/, '/')}runs/*`);
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'BucketsOfTheProject',
        Effect: 'Allow',
        Action: actions(
          's3',
          'CreateBucket DeleteBucket ListBucket ListBucketVersions TagResource UntagResource ListTagsForResource ' +
            'GetBucketTagging PutBucketTagging GetBucketLocation GetBucketAcl GetBucketWebsite GetBucketVersioning ' +
            'GetAccelerateConfiguration GetBucketRequestPayment GetBucketLogging GetReplicationConfiguration ' +
            'GetBucketObjectLockConfiguration GetBucketPublicAccessBlock PutBucketPublicAccessBlock GetBucketPolicy ' +
            'PutBucketPolicy DeleteBucketPolicy GetEncryptionConfiguration PutEncryptionConfiguration ' +
            'GetLifecycleConfiguration PutLifecycleConfiguration GetBucketCORS PutBucketCORS GetBucketNotification ' +
            'PutBucketNotification',
        ),
        Resource: bucket,
      },
      {
        // What was uploaded goes with its bucket; photos and results stay.
        Sid: 'EmptyTheUploads',
        Effect: 'Allow',
        Action: actions('s3', 'DeleteObject DeleteObjectVersion'),
        Resource: `arn:aws:s3:::${namePrefix}uploads-*/*`,
      },
      {
        Sid: 'Queues',
        Effect: 'Allow',
        Action: actions(
          'sqs',
          'CreateQueue GetQueueAttributes SetQueueAttributes DeleteQueue TagQueue UntagQueue ListQueueTags',
        ),
        Resource: `arn:aws:sqs:*:*:${namePrefix}*`,
      },
      {
        Sid: 'Arrivals',
        Effect: 'Allow',
        Action: actions(
          'events',
          'PutRule DescribeRule DeleteRule PutTargets ListTargetsByRule RemoveTargets TagResource UntagResource ListTagsForResource',
        ),
        Resource: `arn:aws:events:*:*:rule/${namePrefix}*`,
      },
      {
        // Neither a queue nor a tag is a way to another function.
        Sid: 'QueuesOfTheFunction',
        Effect: 'Allow',
        Action: actions('lambda', 'CreateEventSourceMapping GetEventSourceMapping DeleteEventSourceMapping'),
        Resource: '*',
        Condition: ofTheFunction,
      },
      {
        Sid: 'TagsOfQueuesOfFunctions',
        Effect: 'Allow',
        Action: actions('lambda', 'TagResource UntagResource ListTags'),
        Resource: 'arn:aws:lambda:*:*:event-source-mapping:*',
      },
      {
        Sid: 'HandARoleToTheStateMachine',
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: role,
        Condition: { StringEquals: { 'iam:PassedToService': 'states.amazonaws.com' } },
      },
      {
        Sid: 'StateMachines',
        Effect: 'Allow',
        Action: actions(
          'states',
          'CreateStateMachine DescribeStateMachine UpdateStateMachine DeleteStateMachine ListStateMachineVersions ' +
            'TagResource UntagResource ListTagsForResource StartExecution ListExecutions',
        ),
        Resource: `arn:aws:states:*:*:stateMachine:${namePrefix}*`,
      },
      {
        Sid: 'Runs',
        Effect: 'Allow',
        Action: actions('states', 'DescribeExecution StopExecution ListMapRuns DescribeMapRun'),
        Resource: [`arn:aws:states:*:*:execution:${namePrefix}*`, `arn:aws:states:*:*:mapRun:${namePrefix}*`],
      },
      {
        Sid: 'CheckAStateMachine',
        Effect: 'Allow',
        Action: ['states:ValidateStateMachineDefinition'],
        Resource: '*',
      },
      {
        Sid: 'ResultsOfRuns',
        Effect: 'Allow',
        Action: ['s3:GetObject'],
        Resource: [
          `${bucket}/results/*`,
          `${bucket}/runs/*`,
          `arn:aws:s3:::${namePrefix}inbox-*/*`,
          ...objectsOf(places),
        ],
      },
      { Sid: 'ListsOfRuns', Effect: 'Allow', Action: ['s3:PutObject'], Resource: [`${bucket}/runs/*`, ...runs] },
      ...(places.length === 0
        ? []
        : [
            {
              Sid: 'ListPhotos',
              Effect: 'Allow' as const,
              Action: ['s3:ListBucket'],
              Resource: bucketsOf(places),
            },
          ]),
      ...(keys.length === 0 ? [] : [allowKeysOfBuckets(keys)]),
    ],
  };
}
