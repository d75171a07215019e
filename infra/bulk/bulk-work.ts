import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { Tags } from '../resource-tags.ts';
import type { SettingInputs } from '../settings.ts';
import { Backlog } from './backlog.ts';
import { BatchFunction } from './batch-function.ts';
import { resultRights, sourceRights } from './batch-rights.ts';
import { keyRights } from './key-rights.ts';
import { PhotoArrivals } from './photo-arrivals.ts';
import { PhotoQueue } from './photo-queue.ts';
import { PrivateBucket } from './private-bucket.ts';
import { printPlace, readPlace, type S3Place } from './s3-place.ts';

export interface BulkWorkArgs {
  readonly settings: SettingInputs;
  readonly imageUri: pulumi.Input<string>;
  readonly description: pulumi.Input<string>;
  readonly alarmTopic: pulumi.Output<string> | undefined;
  /** Where photos are kept for labelling. */
  readonly kept: S3Place | undefined;
  readonly tags: Tags;
}

/** What `lambda-lens bulk`, and whoever sends photos, has to know. A place is `bucket` or `bucket/prefix`. */
export interface BulkOutputs {
  readonly functionName: pulumi.Output<string>;
  readonly results: pulumi.Output<string>;
  /** With a stream. */
  readonly inbox?: pulumi.Output<string>;
  readonly queueUrl?: pulumi.Output<string>;
  readonly deadLetterQueueUrl?: pulumi.Output<string>;
  /** With a backlog: its ARN, and what it may read. */
  readonly stateMachine?: pulumi.Output<string>;
  readonly sources?: pulumi.Output<string>[];
}

/** Photos by the million: buckets → queue → the batch function, and a state machine for what is there already. */
export class BulkWork extends pulumi.ComponentResource {
  readonly outputs: BulkOutputs;

  constructor(name: string, args: BulkWorkArgs, options?: pulumi.ComponentResourceOptions) {
    super('lambda-lens:infra:BulkWork', name, {}, options);
    const { settings, imageUri, description, alarmTopic, kept, tags } = args;
    const parent = { parent: this };
    const { partition } = aws.getPartitionOutput({}, parent);

    // buckets: results, what arrives
    const make = (what: string): S3Place => {
      const { bucket } = new PrivateBucket(`${name}-${what}`, { tags }, parent);
      return { bucket, prefix: '' };
    };
    const { resultsBucket, inboxBucket } = settings;
    const results = resultsBucket === undefined ? make('results') : withSlash(readPlace(resultsBucket));
    if (settings.resultEvents) {
      new aws.s3.BucketNotification(`${name}-results`, { bucket: results.bucket, eventbridge: true }, parent);
    }
    const inbox = !settings.stream ? undefined : inboxBucket === undefined ? make('inbox') : readPlace(inboxBucket);

    // queue: what has arrived and is not done
    const queue = inbox && new PhotoQueue(name, { settings, alarmTopic, tags }, parent);

    // function: the same image, with rights on exactly these
    const backlog = settings.bulk ? settings.bulkBuckets.map(readPlace) : [];
    const sources = [...(inbox ? [inbox] : []), ...backlog];
    const rights = pulumi
      .all([
        sourceRights(partition, sources),
        resultRights(partition, results, { kept, hasRuns: settings.bulk }),
        keyRights(settings.bucketKeys),
        queue?.queue.arn ?? pulumi.output(undefined),
      ])
      .apply(([read, write, keys, arn]) => [
        ...read,
        ...write,
        ...keys,
        ...(arn === undefined ? [] : [takeFromQueue(arn)]),
      ]);
    const worker = new BatchFunction(
      `${name}-batch`,
      {
        ...{ settings, imageUri, description, rights, tags },
        results: printPlace(results),
        kept,
      },
      parent,
    );

    // stream: arrivals into the queue, and from there to the function
    if (inbox !== undefined && queue !== undefined) {
      const isOwn = inboxBucket === undefined;
      new PhotoArrivals(`${name}-arrivals`, { inbox, isOwn, queue: queue.queue, tags }, parent);
      new aws.lambda.EventSourceMapping(
        name,
        {
          eventSourceArn: queue.queue.arn,
          functionName: worker.name,
          batchSize: settings.streamBatchSize,
          maximumBatchingWindowInSeconds: settings.streamWindowInSeconds,
          // `lambda-lens off` stops it, and no deploy starts it again.
          enabled: pulumi.output(settings.maximumConcurrency).apply((limit) => limit !== 0),
          // A batch that is done in part is sent again in part.
          functionResponseTypes: ['ReportBatchItemFailures'],
          scalingConfig: { maximumConcurrency: settings.streamConcurrency },
          tags,
        },
        parent,
      );
    }

    // backlog: a run over what is there
    const machine = settings.bulk
      ? new Backlog(`${name}-backlog`, { settings, sources, results, worker, tags }, parent)
      : undefined;

    this.outputs = {
      functionName: worker.name,
      results: printPlace(results),
      ...(inbox &&
        queue && {
          inbox: printPlace(inbox),
          queueUrl: queue.queue.url,
          deadLetterQueueUrl: queue.deadLetters.url,
        }),
      ...(machine && { stateMachine: machine.arn, sources: sources.map(printPlace) }),
    };
    this.registerOutputs({ functionName: worker.name });
  }
}

/** Results lie in a folder: whatever the owner's prefix, it ends in a slash. */
function withSlash({ bucket, prefix }: S3Place): S3Place {
  return { bucket, prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/` };
}

function takeFromQueue(arn: string) {
  return { Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], Resource: arn };
}
