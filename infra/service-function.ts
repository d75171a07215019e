import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { functionSettings } from '../facts/function-settings.ts';
import { variableOf } from '../facts/setting.ts';
import type { Statement } from './bulk/batch-function.ts';
import { encryptedBy } from './encrypted-by.ts';
import { ExecutionRole } from './execution-role.ts';
import { toVariables } from './function-variables.ts';
import { allow } from './policy-text.ts';
import type { Tags } from './resource-tags.ts';
import type { SettingInputs } from './settings.ts';

export interface ServiceFunctionArgs {
  readonly settings: SettingInputs;
  readonly imageUri: pulumi.Input<string>;
  /** What a list of versions tells each by, such as its model. */
  readonly description: pulumi.Input<string>;
  /** Where large photos are put, and what the function may do there; undefined where none are. */
  readonly uploads?:
    | { readonly bucket: pulumi.Output<string>; readonly rights: pulumi.Output<Statement[]> }
    | undefined;
  readonly tags: Tags;
}

/** The Lambda function with its log, its role, and the alias that every door names. */
export class ServiceFunction extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly logGroup: pulumi.Output<string>;
  readonly alias: aws.lambda.Alias;

  constructor(
    name: string,
    { settings, imageUri, description, uploads, tags }: ServiceFunctionArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super('lambda-lens:infra:ServiceFunction', name, {}, options);
    const parent = { parent: this };

    // Made before the function, which would write into a group without retention.
    const logGroup = new aws.cloudwatch.LogGroup(
      `/aws/lambda/${name}`,
      { retentionInDays: settings.logRetentionInDays, ...encryptedBy(settings.logKey), tags },
      parent,
    );

    const { photoBuckets, permissionsBoundary, extraPolicies, environmentKey, tracing } = settings;
    const isInNetwork = settings.subnetIds.length > 0;
    const role = new ExecutionRole(
      name,
      {
        logGroup,
        photoBuckets,
        permissionsBoundary,
        extraPolicies,
        environmentKey,
        isInNetwork,
        isTraced: tracing,
        tags,
      },
      parent,
    );

    const upload =
      uploads &&
      new aws.iam.RolePolicy(
        `${name}-uploads`,
        {
          role: role.name,
          policy: uploads.rights.apply((statements) => allow(...statements.map((one) => ({ ...one })))),
        },
        parent,
      );

    // The service itself: each change is published as a version of its own.
    const lambda = new aws.lambda.Function(
      name,
      {
        description,
        packageType: 'Image',
        imageUri,
        architectures: [settings.architecture],
        memorySize: settings.memoryInMb,
        timeout: settings.timeoutInSeconds,
        role: role.arn,
        publish: true,
        environment: {
          variables: uploads === undefined ? toVariables(settings) : withUploads(settings, uploads.bucket),
        },
        loggingConfig: { logFormat: 'JSON', logGroup: logGroup.name },
        ...(settings.snapStart && { snapStart: { applyOn: 'PublishedVersions' } }),
        ...(tracing && { tracingConfig: { mode: 'Active' } }),
        ...(environmentKey !== undefined && { kmsKeyArn: environmentKey }),
        ...(isInNetwork && {
          vpcConfig: {
            subnetIds: [...settings.subnetIds],
            securityGroupIds: pulumi.output(settings.securityGroupIds).apply((ids) => [...ids]),
          },
        }),
        ...(settings.maximumConcurrency !== undefined && {
          reservedConcurrentExecutions: settings.maximumConcurrency,
        }),
        tags,
      },
      { parent: this, dependsOn: [logGroup, ...role.policies, ...(upload ? [upload] : [])] },
    );

    // In front from the first deploy, so that a roll-back or a canary never changes a URL. A version that was gone back to
    // stays live: neither a deploy nor a refresh moves the alias on.
    const functionVersion = pulumi
      .all([settings.liveVersion, lambda.version])
      .apply(([held, newest]) => (held === undefined ? newest : String(held)));
    this.alias = new aws.lambda.Alias(
      `${name}-live`,
      { name: 'live', functionName: lambda.name, functionVersion },
      parent,
    );

    // Kept ready behind the alias, whichever version that names.
    if (settings.provisionedConcurrency !== undefined) {
      new aws.lambda.ProvisionedConcurrencyConfig(
        name,
        {
          functionName: lambda.name,
          qualifier: this.alias.name,
          provisionedConcurrentExecutions: settings.provisionedConcurrency,
        },
        parent,
      );
    }

    this.name = lambda.name;
    this.arn = lambda.arn;
    this.logGroup = logGroup.name;
    this.registerOutputs({ name: this.name });
  }
}

function withUploads(settings: SettingInputs, bucket: pulumi.Output<string>): pulumi.Output<Record<string, string>> {
  const variable = variableOf('uploadBucket' satisfies keyof typeof functionSettings);
  return pulumi.all([toVariables(settings), bucket]).apply(([own, name]) => ({ ...own, [variable]: name }));
}
