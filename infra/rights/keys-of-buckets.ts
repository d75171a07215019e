import type { PolicyDocument } from './policy-document.ts';

/** What is done with KMS keys (ARNs) of buckets, by way of S3 alone: reading decrypts, writing asks for a key of its own. */
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
export function useOfKeys(keys: readonly string[]) {
  return {
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: [...keys],
    Condition: { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } },
  };
}

export function allowKeysOfBuckets(keys: readonly string[]): PolicyDocument['Statement'][number] {
  return { Sid: 'KeysOfBuckets', Effect: 'Allow', ...useOfKeys(keys) };
}
