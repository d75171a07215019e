import * as pulumi from '@pulumi/pulumi';
import type { Statement } from '../policy-text.ts';
import { bucketArn, objectsArn, type S3Place } from './s3-place.ts';

type Statements = pulumi.Output<Statement[]>;

/** Reading photos: without listing their bucket, S3 calls one that is gone forbidden. */
export function sourceRights(partition: pulumi.Input<string>, sources: readonly S3Place[]): Statements {
  return pulumi
    .all([
      pulumi.all(sources.map((place) => objectsArn(partition, place))),
      pulumi.all(sources.map((place) => bucketArn(partition, place))),
    ])
    .apply(([objects, buckets]): Statement[] => [
      { Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: objects },
      { Action: 's3:ListBucket', Resource: [...new Set(buckets)] },
    ]);
}

/** Writing results and, where there are runs, reading what the map wrote of them; copies of photos where some are kept. */
export function resultRights(
  partition: pulumi.Input<string>,
  results: S3Place,
  { kept, hasRuns }: { readonly kept: S3Place | undefined; readonly hasRuns: boolean },
): Statements {
  const written = pulumi.all([
    objectsArn(partition, results, 'results/'),
    ...(hasRuns ? [objectsArn(partition, results, 'runs/')] : []),
    ...(kept ? [objectsArn(partition, kept, 'kept/')] : []),
  ]);
  const runs = objectsArn(partition, results, 'runs/');
  return pulumi
    .all([written, runs])
    .apply(([places, run]): Statement[] => [
      { Action: 's3:PutObject', Resource: places },
      ...(hasRuns ? [{ Action: 's3:GetObject', Resource: run }] : []),
    ]);
}
