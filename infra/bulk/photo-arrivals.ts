import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { Tags } from '../resource-tags.ts';
import type { S3Place } from './s3-place.ts';

export interface PhotoArrivalsArgs {
  readonly inbox: S3Place;
  /** Whether the stack made the bucket: its notifications are the stack's then, and those of another bucket are not. */
  readonly isOwn: boolean;
  readonly queue: aws.sqs.Queue;
  readonly tags: Tags;
}

/**
 * What tells the queue of each object that arrives: S3 itself, for a bucket of the stack. A bucket has one configuration of
 * notifications, so that one of the owner's is left as it is, and listened to by way of EventBridge.
 */
export class PhotoArrivals extends pulumi.ComponentResource {
  constructor(
    name: string,
    { inbox, isOwn, queue, tags }: PhotoArrivalsArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super('lambda-lens:infra:PhotoArrivals', name, {}, options);
    const parent = { parent: this };
    const { partition } = aws.getPartitionOutput({}, parent);
    const { accountId } = aws.getCallerIdentityOutput({}, parent);

    const rule = isOwn
      ? undefined
      : new aws.cloudwatch.EventRule(
          name,
          {
            description: 'photos that arrive in the inbox',
            eventPattern: inbox.bucket.apply((bucket) =>
              JSON.stringify({
                source: ['aws.s3'],
                'detail-type': ['Object Created'],
                detail: {
                  bucket: { name: [bucket] },
                  ...(inbox.prefix !== '' && { object: { key: [{ prefix: inbox.prefix }] } }),
                },
              }),
            ),
            tags,
          },
          parent,
        );
    const sourceArn = rule?.arn ?? pulumi.interpolate`arn:${partition}:s3:::${inbox.bucket}`;
    const policy = new aws.sqs.QueuePolicy(
      name,
      {
        queueUrl: queue.url,
        policy: pulumi
          .all([queue.arn, sourceArn, accountId])
          .apply(([arn, source, account]) =>
            mayBeSentTo(arn, isOwn ? 's3.amazonaws.com' : 'events.amazonaws.com', source, account),
          ),
      },
      parent,
    );

    if (rule !== undefined) {
      new aws.cloudwatch.EventTarget(name, { rule: rule.name, arn: queue.arn }, { parent: this, dependsOn: [policy] });
    } else {
      // S3 tries the queue when it is told of it.
      new aws.s3.BucketNotification(
        name,
        { bucket: inbox.bucket, queues: [{ queueArn: queue.arn, events: ['s3:ObjectCreated:*'] }] },
        { parent: this, dependsOn: [policy] },
      );
    }
    this.registerOutputs({});
  }
}

/** By the one service in the name of the one bucket or rule, and over TLS only. */
function mayBeSentTo(arn: string, service: string, source: string, account: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Arrivals',
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sqs:SendMessage',
        Resource: arn,
        Condition: { ArnEquals: { 'aws:SourceArn': source }, StringEquals: { 'aws:SourceAccount': account } },
      },
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:*',
        Resource: arn,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  });
}
