import { allowKeysOfBuckets } from './keys-of-buckets.ts';
import { bucketsOf, objectsOf } from './place-arns.ts';
import { actions, namePrefix, type PolicyDocument, type PolicyStatement } from './policy-document.ts';

/** What of an owner's own the roles may use; places are bucket or bucket/prefix. */
export interface OwnersThings {
  /** Photos are read there: the settings `photoBuckets`, `bulkBuckets` and `inboxBucket`. */
  readonly photoPlaces?: readonly string[];
  /** Results are written there: the setting `resultsBucket`. */
  readonly resultPlaces?: readonly string[];
  /** ARNs of the KMS keys under which those buckets are encrypted: the setting `bucketKeys`. */
  readonly keys?: readonly string[];
}

const bucket = `arn:aws:s3:::${namePrefix}*`;
const batchFunction = `arn:aws:lambda:*:*:function:${namePrefix}batch-*`;

/**
 * What a role of the stack may do at most, whatever a deployer writes into it: its log; photos and results in buckets of the
 * project's names and in these places; the project's queues, and runs of its own state machine over its own batch function.
 */
export function drawPermissionsBoundary({
  photoPlaces = [],
  resultPlaces = [],
  keys = [],
}: OwnersThings = {}): PolicyDocument {
  const statements: readonly (PolicyStatement | false)[] = [
    {
      Sid: 'WriteTheLog',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `arn:aws:logs:*:*:log-group:/aws/lambda/${namePrefix}*`,
    },
    {
      // Of the function that `automaticOff` makes.
      Sid: 'TurnTheFunctionOff',
      Effect: 'Allow',
      Action: ['lambda:PutFunctionConcurrency'],
      Resource: `arn:aws:lambda:*:*:function:${namePrefix}*`,
    },
    {
      Sid: 'PhotosAndResults',
      Effect: 'Allow',
      Action: actions(
        's3',
        'GetObject GetObjectVersion PutObject ListMultipartUploadParts AbortMultipartUpload ListBucket',
      ),
      Resource: [bucket, `${bucket}/*`],
    },
    {
      Sid: 'TakeFromTheQueue',
      Effect: 'Allow',
      Action: actions('sqs', 'ReceiveMessage DeleteMessage GetQueueAttributes'),
      Resource: `arn:aws:sqs:*:*:${namePrefix}*`,
    },
    {
      Sid: 'RunOverABucket',
      Effect: 'Allow',
      Action: ['lambda:InvokeFunction', ...actions('states', 'StartExecution DescribeExecution StopExecution')],
      Resource: [
        batchFunction,
        `arn:aws:states:*:*:stateMachine:${namePrefix}*`,
        `arn:aws:states:*:*:execution:${namePrefix}*`,
      ],
    },
    photoPlaces.length > 0 && {
      Sid: 'ReadPhotos',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      Resource: objectsOf(photoPlaces),
    },
    photoPlaces.length > 0 && {
      Sid: 'ListPhotos',
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: bucketsOf(photoPlaces),
    },
    resultPlaces.length > 0 && {
      Sid: 'WriteResults',
      Effect: 'Allow',
      Action: actions('s3', 'GetObject PutObject ListMultipartUploadParts AbortMultipartUpload'),
      Resource: objectsOf(resultPlaces),
    },
    keys.length > 0 && allowKeysOfBuckets(keys),
  ];
  return { Version: '2012-10-17', Statement: statements.filter((statement) => statement !== false) };
}
