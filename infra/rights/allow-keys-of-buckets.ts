import type { PolicyDocument } from './policy-document.ts';

/** Reading and writing objects under these KMS keys (ARNs), by way of S3 alone. */
export function allowKeysOfBuckets(keys: readonly string[]): PolicyDocument['Statement'][number] {
  return {
    Sid: 'KeysOfBuckets',
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: keys,
    Condition: { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } },
  };
}
