import { describe, expect, it } from 'vitest';
import { nameForeignEvent } from '../../../function/doors/foreign-event.ts';
import { contextFor, createTestService } from '../../helpers/test-service.ts';

const foreign = [
  ['S3', { Records: [{ eventSource: 'aws:s3', s3: { bucket: { name: 'b' }, object: { key: 'k' } } }] }],
  ['S3', { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' }],
  ['SQS', { Records: [{ messageId: '1', body: '{}', eventSource: 'aws:sqs' }] }],
  ['SNS', { Records: [{ EventSource: 'aws:sns', Sns: { Message: '{}' } }] }],
  ['DynamoDB', { Records: [{ eventSource: 'aws:dynamodb' }] }],
  ['CloudFront', { Records: [{ cf: { request: {} } }] }],
  ['a stream', { Records: [] }],
  ['S3 by EventBridge', { source: 'aws.s3', 'detail-type': 'Object Created', detail: {} }],
  ['EventBridge', { source: 'aws.ec2', 'detail-type': 'EC2 Instance State-change Notification', detail: {} }],
  ['a WebSocket API', { requestContext: { connectionId: 'c', routeKey: '$default' }, body: '{}' }],
  ['VPC Lattice', { version: '2.0', method: 'POST', requestContext: { serviceNetworkArn: 'arn' } }],
] as const;

describe.each(foreign)('an event of %s', (service, event) => {
  it('is known', () => {
    expect(nameForeignEvent(event)).toBe(service);
  });

  it('is refused by name', async () => {
    await expect(createTestService().handler(event, contextFor())).rejects.toMatchObject({
      code: 'bad_request',
      message: `This is an event of ${service}, which is not served here.`,
    });
  });
});

it.each([null, 'text', [], {}, { url: 'u' }, { requestContext: {} }])('says nothing of %j', (event) => {
  expect(nameForeignEvent(event)).toBeUndefined();
});
