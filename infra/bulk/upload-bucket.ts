import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { uploadFolder } from '../../facts/batch-records.ts';
import type { functionSettings } from '../../facts/function-settings.ts';
import { variableOf } from '../../facts/setting.ts';
import type { Tags } from '../resource-tags.ts';
import type { FunctionStorage } from '../service-function.ts';
import { PrivateBucket } from './private-bucket.ts';
import { objectsArn } from './s3-place.ts';

/** Where callers put photos that are too large for a request, by addresses that the function signs. A day later they are gone. */
export class UploadBucket extends pulumi.ComponentResource {
  /** For the function of the doors: an address that it signs may do what it may. */
  readonly storage: FunctionStorage;

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
    const folder = objectsArn(partition, { bucket, prefix: '' }, uploadFolder({ bucket: '', prefix: '' }));
    this.storage = {
      name: 'uploads',
      variables: { [variableOf('uploadBucket' satisfies keyof typeof functionSettings)]: bucket },
      rights: folder.apply((Resource) => [{ Action: ['s3:PutObject', 's3:GetObject'], Resource }]),
    };
    this.registerOutputs({ bucket });
  }
}
