import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { boundaryOf } from './boundary-of.ts';
import { dollarsExpression } from './dashboard-body.ts';
import { encryptedBy } from './encrypted-by.ts';
import { allow } from './policy-text.ts';
import type { Tags } from './resource-tags.ts';
import type { SettingInputs } from './settings.ts';
import { switchOffSource } from './switch-off-source.ts';

export interface AutomaticOffArgs {
  readonly service: { readonly name: pulumi.Output<string>; readonly arn: pulumi.Output<string> };
  /** US dollars that an hour of it may cost. */
  readonly dollarsAnHour: pulumi.Input<number>;
  readonly settings: Pick<
    SettingInputs,
    'architecture' | 'memoryInMb' | 'logRetentionInDays' | 'permissionsBoundary' | 'logKey'
  >;
  readonly tags: Tags;
}

const hour = 3_600;

/**
 * Turns the function off when an hour of it costs too much: an alarm on its time and calls, a topic, and a function that may do
 * nothing but set this one function's reserved concurrency to 0. A budget lags by hours and can't do it.
 */
export class AutomaticOff extends pulumi.ComponentResource {
  constructor(
    name: string,
    { service, dollarsAnHour, settings, tags }: AutomaticOffArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super('lambda-lens:infra:AutomaticOff', name, {}, options);
    const parent = { parent: this };

    const logGroup = new aws.cloudwatch.LogGroup(
      `/aws/lambda/${name}`,
      { retentionInDays: settings.logRetentionInDays, ...encryptedBy(settings.logKey), tags },
      parent,
    );

    const role = new aws.iam.Role(
      name,
      {
        assumeRolePolicy: allow({ Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }),
        ...boundaryOf(settings.permissionsBoundary, parent),
        tags,
      },
      parent,
    );
    const rights = new aws.iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: pulumi
          .all([service.arn, logGroup.arn])
          .apply(([arn, log]) =>
            allow(
              { Action: 'lambda:PutFunctionConcurrency', Resource: arn },
              { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: `${log.replace(/:\*$/, '')}:*` },
            ),
          ),
      },
      parent,
    );

    const switchOff = new aws.lambda.Function(
      name,
      {
        description: 'turns the service off when an hour of it costs too much',
        runtime: 'nodejs24.x',
        handler: 'index.handler',
        architectures: ['arm64'],
        timeout: 30,
        role: role.arn,
        code: new pulumi.asset.AssetArchive({ 'index.mjs': new pulumi.asset.StringAsset(switchOffSource) }),
        environment: { variables: { FUNCTION_NAME: service.name } },
        loggingConfig: { logFormat: 'JSON', logGroup: logGroup.name },
        tags,
      },
      { parent: this, dependsOn: [logGroup, rights] },
    );

    const topic = new aws.sns.Topic(name, { tags }, parent);
    new aws.lambda.Permission(
      name,
      {
        function: switchOff.name,
        action: 'lambda:InvokeFunction',
        principal: 'sns.amazonaws.com',
        sourceArn: topic.arn,
      },
      parent,
    );
    new aws.sns.TopicSubscription(name, { topic: topic.arn, protocol: 'lambda', endpoint: switchOff.arn }, parent);

    const metric = (metricName: string) => ({
      id: metricName.toLowerCase(),
      metric: {
        namespace: 'AWS/Lambda',
        metricName,
        dimensions: { FunctionName: service.name },
        stat: 'Sum',
        period: hour,
      },
    });
    const expression = pulumi
      .output({ architecture: settings.architecture, memoryInMb: settings.memoryInMb })
      .apply(dollarsExpression);
    new aws.cloudwatch.MetricAlarm(
      name,
      {
        alarmDescription: pulumi.interpolate`an hour cost more than $${dollarsAnHour}, so the function was turned off. What to do: docs/runbook.md#expensive`,
        comparisonOperator: 'GreaterThanThreshold',
        threshold: dollarsAnHour,
        evaluationPeriods: 1,
        treatMissingData: 'notBreaching',
        metricQueries: [
          metric('Duration'),
          metric('Invocations'),
          { id: 'watched', expression, label: 'dollars', returnData: true },
        ],
        alarmActions: [topic.arn],
        tags,
      },
      parent,
    );
    this.registerOutputs({});
  }
}
