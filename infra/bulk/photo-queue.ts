import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { leastReceives, visibilityInTimeouts } from '../../facts/bulk-limits.ts';
import type { Tags } from '../resource-tags.ts';
import type { SettingInputs } from '../settings.ts';

export interface PhotoQueueArgs {
  readonly settings: Pick<SettingInputs, 'batchTimeoutInSeconds' | 'streamWindowInSeconds' | 'alarmQueueAgeInSeconds'>;
  /** Whom an alarm tells; undefined where it is only to be seen. */
  readonly alarmTopic: pulumi.Output<string> | undefined;
  readonly tags: Tags;
}

/** As long as SQS keeps a message: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const longestInSeconds = 1_209_600;

/** The queue of photos that have arrived, the one beside it for those that can't be worked on, and what watches both. */
export class PhotoQueue extends pulumi.ComponentResource {
  readonly queue: aws.sqs.Queue;
  readonly deadLetters: aws.sqs.Queue;

  constructor(name: string, { settings, alarmTopic, tags }: PhotoQueueArgs, options?: pulumi.ComponentResourceOptions) {
    super('lambda-lens:infra:PhotoQueue', name, {}, options);
    const parent = { parent: this };
    const kept = { messageRetentionSeconds: longestInSeconds, sqsManagedSseEnabled: true, tags };

    // Photos that were tried as often as they may be: a person looks at them, and sends them back.
    this.deadLetters = new aws.sqs.Queue(`${name}-dead`, kept, parent);

    // Long enough invisible that a batch which was throttled is not handed out twice.
    const visibilityTimeoutSeconds = pulumi
      .all([settings.batchTimeoutInSeconds, settings.streamWindowInSeconds])
      .apply(([timeout, window]) => visibilityInTimeouts * timeout + window);
    this.queue = new aws.sqs.Queue(
      name,
      {
        ...kept,
        visibilityTimeoutSeconds,
        redrivePolicy: this.deadLetters.arn.apply((deadLetterTargetArn) =>
          JSON.stringify({ deadLetterTargetArn, maxReceiveCount: leastReceives }),
        ),
      },
      parent,
    );
    new aws.sqs.RedriveAllowPolicy(
      name,
      {
        queueUrl: this.deadLetters.url,
        redriveAllowPolicy: this.queue.arn.apply((arn) =>
          JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [arn] }),
        ),
      },
      parent,
    );

    const watch = (
      alarm: string,
      queue: aws.sqs.Queue,
      metricName: string,
      threshold: pulumi.Input<number>,
      sentence: pulumi.Input<string>,
    ) =>
      new aws.cloudwatch.MetricAlarm(
        `${name}-${alarm}`,
        {
          alarmDescription: pulumi.interpolate`${sentence}. What to do: docs/runbook.md#${alarm}`,
          namespace: 'AWS/SQS',
          metricName,
          dimensions: { QueueName: queue.name },
          statistic: 'Maximum',
          period: 300,
          evaluationPeriods: 1,
          comparisonOperator: 'GreaterThanThreshold',
          threshold,
          // An empty queue tells nothing after a while.
          treatMissingData: 'notBreaching',
          ...(alarmTopic !== undefined && { alarmActions: [alarmTopic], okActions: [alarmTopic] }),
          tags,
        },
        parent,
      );
    const { alarmQueueAgeInSeconds: age } = settings;
    watch('dead-letters', this.deadLetters, 'ApproximateNumberOfMessagesVisible', 0, 'photos were given up on');
    watch(
      'queue-age',
      this.queue,
      'ApproximateAgeOfOldestMessage',
      age,
      pulumi.interpolate`a photo has been waiting for more than ${age} s`,
    );
    this.registerOutputs({});
  }
}
