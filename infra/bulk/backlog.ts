import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { boundaryOf } from '../boundary-of.ts';
import { allow } from '../policy-text.ts';
import type { Tags } from '../resource-tags.ts';
import type { SettingInputs } from '../settings.ts';
import { backlogDefinition } from './backlog-definition.ts';
import { keyRights } from './key-rights.ts';
import { bucketArn, objectsArn, type S3Place } from './s3-place.ts';

export interface BacklogArgs {
  readonly settings: Pick<SettingInputs, 'bulkConcurrency' | 'bulkBatchSize' | 'permissionsBoundary' | 'bucketKeys'>;
  readonly sources: readonly S3Place[];
  readonly results: S3Place;
  readonly worker: { readonly arn: pulumi.Output<string> };
  readonly tags: Tags;
}

/** The state machine that goes through what is in a bucket already. Nothing runs, and nothing is paid, until it is started. */
export class Backlog extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(
    name: string,
    { settings, sources, results, worker, tags }: BacklogArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super('lambda-lens:infra:Backlog', name, {}, options);
    const parent = { parent: this };
    const { partition } = aws.getPartitionOutput({}, parent);

    const role = new aws.iam.Role(
      name,
      {
        assumeRolePolicy: allow({ Action: 'sts:AssumeRole', Principal: { Service: 'states.amazonaws.com' } }),
        ...boundaryOf(settings.permissionsBoundary, parent),
        tags,
      },
      parent,
    );
    const { bulkConcurrency: concurrency, bulkBatchSize: photosInBatch } = settings;
    const machine = new aws.sfn.StateMachine(
      name,
      {
        roleArn: role.arn,
        type: 'STANDARD',
        definition: pulumi
          .output({ functionArn: worker.arn, resultsBucket: results.bucket, photosInBatch, concurrency })
          .apply((facts) => backlogDefinition({ ...facts, resultsPrefix: results.prefix })),
        tags,
      },
      parent,
    );

    // Its children are executions of its own; lists are read from, and what they answer is written to, the runs of the results.
    // https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
    new aws.iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: pulumi
          .all([
            machine.arn,
            worker.arn,
            pulumi.all(sources.map((place) => bucketArn(partition, place))),
            pulumi.all([
              objectsArn(partition, results, 'runs/'),
              ...sources.map((place) => objectsArn(partition, place)),
            ]),
            objectsArn(partition, results, 'runs/'),
            keyRights(settings.bucketKeys),
          ])
          .apply(([arn, functionArn, listed, read, written, keys]) =>
            allow(
              { Action: 'lambda:InvokeFunction', Resource: functionArn },
              { Action: 'states:StartExecution', Resource: arn },
              {
                Action: ['states:DescribeExecution', 'states:StopExecution'],
                Resource: `${arn.replace(':stateMachine:', ':execution:')}:*`,
              },
              { Action: 's3:ListBucket', Resource: [...new Set(listed)] },
              { Action: 's3:GetObject', Resource: read },
              {
                Action: ['s3:PutObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
                Resource: written,
              },
              ...keys,
            ),
          ),
      },
      parent,
    );

    this.arn = machine.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
