import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { encryptedBy } from './encrypted-by.ts';
import { ExecutionRole } from './execution-role.ts';
import { toVariables } from './function-variables.ts';
import { allow, type Statement } from './policy-text.ts';
import type { Tags } from './resource-tags.ts';
import type { SettingInputs } from './settings.ts';

/** A bucket that the function of the doors uses. */
export interface FunctionStorage {
  /** What its rights are called by. */
  readonly name: string;
  /** What tells the function of it. */
  readonly variables: Readonly<Record<string, pulumi.Output<string>>>;
  readonly rights: pulumi.Output<Statement[]>;
}

export interface ServiceFunctionArgs {
  readonly settings: SettingInputs;
  readonly imageUri: pulumi.Input<string>;
  /** What a list of versions tells each by, such as its model. */
  readonly description: pulumi.Input<string>;
  /** Buckets of the stack that it uses. */
  readonly storage?: readonly FunctionStorage[];
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
    { settings, imageUri, description, storage = [], tags }: ServiceFunctionArgs,
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

    const { photoBuckets, bucketKeys, permissionsBoundary, extraPolicies, environmentKey, tracing } = settings;
    const isInNetwork = settings.subnetIds.length > 0;
    const role = new ExecutionRole(
      name,
      {
        logGroup,
        photoBuckets,
        bucketKeys,
        permissionsBoundary,
        extraPolicies,
        environmentKey,
        isInNetwork,
        isTraced: tracing,
        tags,
      },
      parent,
    );

    const useStorage = storage.map(
      (used) =>
        new aws.iam.RolePolicy(
          `${name}-${used.name}`,
          {
            role: role.name,
            policy: used.rights.apply((statements) => allow(...statements)),
          },
          parent,
        ),
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
        environment: { variables: variablesOf(settings, storage) },
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
      { parent: this, dependsOn: [logGroup, ...role.policies, ...useStorage] },
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

function variablesOf(
  settings: SettingInputs,
  storage: readonly FunctionStorage[],
): pulumi.Input<Record<string, pulumi.Input<string>>> {
  if (storage.length === 0) return toVariables(settings);
  const of = storage.map(({ variables }) => pulumi.output({ ...variables }));
  return pulumi.all([toVariables(settings), ...of]).apply((all) => Object.assign({}, ...all));
}
