import * as pulumi from '@pulumi/pulumi';
import type { Statement } from '../policy-text.ts';

/** By way of S3 alone: reading decrypts, writing asks for a key of its own. */
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
export function keyRights(keys: pulumi.Input<readonly pulumi.Input<string>[]>): pulumi.Output<Statement[]> {
  return pulumi.output(keys).apply((arns): Statement[] =>
    arns.length === 0
      ? []
      : [
          {
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
            Resource: [...arns],
            Condition: { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } },
          },
        ],
  );
}
