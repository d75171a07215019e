import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { ExecutionRole } from './execution-role.ts';
import { type Settings, toVariables } from './settings.ts';

export interface ServiceFunctionArgs {
  readonly settings: Settings;
  readonly imageUri: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
}

/** The Lambda function with its log, its role, and the alias that every door names. */
export class ServiceFunction extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;
  readonly alias: aws.lambda.Alias;

  constructor(
    name: string,
    { settings, imageUri, tags }: ServiceFunctionArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super('lambda-lens:infra:ServiceFunction', name, {}, options);
    const parent = { parent: this };

    // Made before the function, which would write into a group without retention.
    const logGroup = new aws.cloudwatch.LogGroup(
      `/aws/lambda/${name}`,
      { retentionInDays: settings.logRetentionInDays, tags },
      parent,
    );

    const role = new ExecutionRole(name, { logGroup, photoBuckets: settings.photoBuckets, tags }, parent);

    // The service itself: each change is published as a version of its own.
    const lambda = new aws.lambda.Function(
      name,
      {
        packageType: 'Image',
        imageUri,
        architectures: [settings.architecture],
        memorySize: settings.memoryInMb,
        timeout: settings.timeoutInSeconds,
        role: role.arn,
        publish: true,
        environment: { variables: toVariables(settings) },
        loggingConfig: { logFormat: 'JSON', logGroup: logGroup.name },
        ...(settings.maximumConcurrency !== undefined && {
          reservedConcurrentExecutions: settings.maximumConcurrency,
        }),
        tags,
      },
      { parent: this, dependsOn: [logGroup, ...role.policies] },
    );

    // In front from the first deploy, so that a roll-back or a canary never changes a URL.
    this.alias = new aws.lambda.Alias(
      `${name}-live`,
      { name: 'live', functionName: lambda.name, functionVersion: lambda.version },
      parent,
    );

    this.name = lambda.name;
    this.registerOutputs({ name: this.name });
  }
}
