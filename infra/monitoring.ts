import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { type AlarmDefinition, alarmDefinitions, alarmNames } from './alarm-definitions.ts';
import { dashboardBody } from './dashboard-body.ts';
import type { Tags } from './resource-tags.ts';
import type { SettingInputs } from './settings.ts';

export interface MonitoringArgs {
  readonly settings: SettingInputs;
  readonly functionName: pulumi.Output<string>;
  readonly logGroup: pulumi.Output<string>;
  readonly tags: Tags;
}

/** What watches the service and tells whom: alarms, a topic with the owner's address, a dashboard. Roles it needs none. */
export class Monitoring extends pulumi.ComponentResource {
  /** What alarms tell; undefined without an address. */
  readonly topic: pulumi.Output<string> | undefined;

  constructor(
    name: string,
    { settings, functionName, logGroup, tags }: MonitoringArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super('lambda-lens:infra:Monitoring', name, {}, options);
    const parent = { parent: this };

    // Without an address the alarms are still to be seen, in the console and by `lambda-lens status`.
    const { alarmEmail } = settings;
    const topic = alarmEmail === undefined ? undefined : new aws.sns.Topic(`${name}-alarms`, { tags }, parent);
    if (topic !== undefined && alarmEmail !== undefined) {
      new aws.sns.TopicSubscription(
        `${name}-alarms`,
        { topic: topic.arn, protocol: 'email', endpoint: alarmEmail },
        parent,
      );
    }

    this.topic = topic?.arn;

    const facts = pulumi.output({
      functionName,
      timeoutInSeconds: settings.timeoutInSeconds,
      memoryInMb: settings.memoryInMb,
      maximumConcurrency: settings.maximumConcurrency,
      alarmErrorPercent: settings.alarmErrorPercent,
      alarmDurationPercent: settings.alarmDurationPercent,
      alarmConcurrencyPercent: settings.alarmConcurrencyPercent,
      alarmMemoryPercent: settings.alarmMemoryPercent,
      alarmUnfamiliarTimes: settings.alarmUnfamiliarTimes,
    });
    const actions = topic === undefined ? {} : { alarmActions: [topic.arn], okActions: [topic.arn] };
    for (const alarm of alarmNames) {
      // Where nothing is reserved, nothing of it can run short.
      if (alarm === 'concurrency' && settings.maximumConcurrency === undefined) continue;
      const definition = facts.apply((known) => alarmDefinitions(known)[alarm]);
      new aws.cloudwatch.MetricAlarm(
        `${name}-${alarm}`,
        {
          alarmDescription: definition.apply(({ sentence }) => `${sentence}. What to do: docs/runbook.md#${alarm}`),
          comparisonOperator: 'GreaterThanThreshold',
          threshold: definition.threshold,
          evaluationPeriods: definition.evaluationPeriods,
          datapointsToAlarm: definition.datapointsToAlarm,
          // Nobody called, which is no fault.
          treatMissingData: 'notBreaching',
          metricQueries: definition.apply(toQueries),
          ...actions,
          tags,
        },
        parent,
      );
    }

    const region = aws.getRegionOutput({}, parent).region;
    new aws.cloudwatch.Dashboard(
      name,
      {
        dashboardName: functionName,
        dashboardBody: pulumi
          .output({
            region,
            functionName,
            logGroup,
            architecture: settings.architecture,
            memoryInMb: settings.memoryInMb,
          })
          .apply(dashboardBody),
      },
      parent,
    );
    this.registerOutputs({});
  }
}

/** The metrics that it reads, and the one expression whose value is held against the threshold. */
function toQueries({
  metrics,
  expression,
  periodInSeconds,
}: AlarmDefinition): aws.types.input.cloudwatch.MetricAlarmMetricQuery[] {
  const read = metrics.map(({ id, namespace, name, stat, dimensions }) => ({
    id,
    metric: { namespace, metricName: name, dimensions: { ...dimensions }, stat, period: periodInSeconds },
  }));
  return [...read, { id: 'watched', expression, label: expression, returnData: true }];
}
