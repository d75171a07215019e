import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { batchSettings } from '../../facts/batch-settings.ts';
import { variableOf } from '../../facts/setting.ts';
import { stackSettings } from '../../facts/stack-settings.ts';
import { encryptedBy } from '../encrypted-by.ts';
import { ExecutionRole } from '../execution-role.ts';
import { pickVariables } from '../function-variables.ts';
import { allow, type Statement } from '../policy-text.ts';
import type { Tags } from '../resource-tags.ts';
import type { SettingInputs } from '../settings.ts';
import { keptVariables } from './kept-bucket.ts';
import type { S3Place } from './s3-place.ts';

export interface BatchFunctionArgs {
  readonly settings: SettingInputs;
  readonly imageUri: pulumi.Input<string>;
  readonly description: pulumi.Input<string>;
  /** `bucket` or `bucket/prefix`. */
  readonly results: pulumi.Input<string>;
  /** Where photos are kept for labelling. */
  readonly kept: S3Place | undefined;
  /** What it may do besides writing its log. */
  readonly rights: pulumi.Input<Statement[]>;
  readonly tags: Tags;
}

/** Of the settings of the other function, those that say how a photo is read and classified. */
const sharedSettings = [
  'maximumPhotoSizeInBytes',
  'maximumPixels',
  'maximumFullSizePixels',
  'maximumDecodingMegabytes',
  'deadlineMarginInMilliseconds',
  'engine',
  'decoder',
  'logLevel',
  'monitoring',
] as const;

/** The second function of the same image: photos in S3 by the batch, with a role and a log of its own, and no door. */
export class BatchFunction extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly logGroup: pulumi.Output<string>;

  constructor(name: string, args: BatchFunctionArgs, options?: pulumi.ComponentResourceOptions) {
    super('lambda-lens:infra:BatchFunction', name, {}, options);
    const { settings, imageUri, description, rights, tags } = args;
    const parent = { parent: this };

    const logGroup = new aws.cloudwatch.LogGroup(
      `/aws/lambda/${name}`,
      { retentionInDays: settings.logRetentionInDays, ...encryptedBy(settings.logKey), tags },
      parent,
    );
    const isInNetwork = settings.subnetIds.length > 0;
    const role = new ExecutionRole(
      name,
      {
        logGroup,
        photoBuckets: [],
        permissionsBoundary: settings.permissionsBoundary,
        extraPolicies: [],
        environmentKey: settings.environmentKey,
        isInNetwork,
        isTraced: settings.tracing,
        tags,
      },
      parent,
    );
    // Exactly the buckets and the queue that it works with.
    const work = new aws.iam.RolePolicy(
      `${name}-work`,
      {
        role: role.name,
        policy: pulumi.output(rights).apply((statements) => allow(...statements)),
      },
      parent,
    );

    const lambda = new aws.lambda.Function(
      name,
      {
        description,
        packageType: 'Image',
        imageUri,
        architectures: [settings.architecture],
        memorySize: pulumi.all([settings.batchMemoryInMb, settings.memoryInMb]).apply(([own, doors]) => own ?? doors),
        timeout: settings.batchTimeoutInSeconds,
        role: role.arn,
        environment: { variables: variablesOf(args) },
        loggingConfig: { logFormat: 'JSON', logGroup: logGroup.name },
        ...(settings.tracing && { tracingConfig: { mode: 'Active' } }),
        ...(settings.environmentKey !== undefined && { kmsKeyArn: settings.environmentKey }),
        ...(isInNetwork && {
          vpcConfig: {
            subnetIds: [...settings.subnetIds],
            securityGroupIds: pulumi.output(settings.securityGroupIds).apply((ids) => [...ids]),
          },
        }),
        tags,
      },
      { parent: this, dependsOn: [logGroup, work, ...role.policies] },
    );

    this.name = lambda.name;
    this.arn = lambda.arn;
    this.logGroup = logGroup.name;
    this.registerOutputs({ name: this.name });
  }
}

function variablesOf({
  settings,
  results,
  kept,
}: BatchFunctionArgs): pulumi.Input<Record<string, pulumi.Input<string>>> {
  const { print } = stackSettings.batchTop;
  return {
    ...pickVariables(settings, [...sharedSettings]),
    [variableOf('batchResults' satisfies keyof typeof batchSettings)]: results,
    [variableOf('batchTop')]: pulumi.output(settings.batchTop).apply(print),
    ...(kept && keptVariables(settings, kept)),
  };
}
