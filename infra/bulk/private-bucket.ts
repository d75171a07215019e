import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { Tags } from '../resource-tags.ts';

export interface PrivateBucketArgs {
  /** After how many days S3 deletes what is in it; undefined keeps it. */
  readonly expiresInDays?: pulumi.Input<number>;
  /** What is in it may be made again, or is to be gone soon: it goes with the stack. Else the bucket outlives the stack. */
  readonly isPassing?: boolean;
  readonly tags: Tags;
}

/** A bucket that nobody reads from outside: no public access, encrypted, over TLS only. Photos in it outlive the stack. */
export class PrivateBucket extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(
    name: string,
    { expiresInDays, isPassing = false, tags }: PrivateBucketArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super('lambda-lens:infra:PrivateBucket', name, {}, options);
    // What guards a bucket that stays has to stay with it.
    const parent = { parent: this, retainOnDelete: !isPassing };

    const bucket = new aws.s3.Bucket(name, { forceDestroy: isPassing, tags }, parent);
    const of = { bucket: bucket.id };
    new aws.s3.BucketPublicAccessBlock(
      name,
      { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      parent,
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      { ...of, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }] },
      parent,
    );
    new aws.s3.BucketPolicy(name, { ...of, policy: bucket.arn.apply(tlsOnly) }, parent);
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        ...of,
        rules: [
          {
            id: 'unfinished',
            status: 'Enabled',
            filter: {},
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
          ...(expiresInDays === undefined
            ? []
            : [{ id: 'expire', status: 'Enabled', filter: {}, expiration: { days: expiresInDays } }]),
        ],
      },
      parent,
    );

    this.bucket = bucket.id;
    this.arn = bucket.arn;
    this.registerOutputs({ bucket: this.bucket });
  }
}

/** Nothing in clear text, whoever asks. https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html */
function tlsOnly(arn: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  });
}
