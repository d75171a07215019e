import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { uploadFolder } from '../../facts/batch-records.ts';
import type { Tags } from '../resource-tags.ts';
import type { Statement } from './batch-function.ts';
import { PrivateBucket } from './private-bucket.ts';
import { objectsArn } from './s3-place.ts';

/** Where callers put photos that are too large for a request, by addresses that the function signs. A day later they are gone. */
export class UploadBucket extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;
  /** What the function must be allowed: an address that it signs may do what it may. */
  readonly rights: pulumi.Output<Statement[]>;

  constructor(name: string, { tags }: { readonly tags: Tags }, options?: pulumi.ComponentResourceOptions) {
    super('lambda-lens:infra:UploadBucket', name, {}, options);
    const parent = { parent: this };
    const { bucket } = new PrivateBucket(name, { expiresInDays: 1, isPassing: true, tags }, parent);

    // Pages of any origin: who has such an address was given it by the function, which has origins and a secret of its own.
    new aws.s3.BucketCorsConfiguration(
      name,
      { bucket, corsRules: [{ allowedMethods: ['PUT'], allowedOrigins: ['*'], allowedHeaders: ['*'] }] },
      parent,
    );

    const { partition } = aws.getPartitionOutput({}, parent);
    this.bucket = bucket;
    this.rights = objectsArn(partition, { bucket, prefix: '' }, uploadFolder({ bucket: '', prefix: '' })).apply(
      (Resource): Statement[] => [{ Action: ['s3:PutObject', 's3:GetObject'], Resource }],
    );
    this.registerOutputs({ bucket });
  }
}
