import { isJsonObject, type JsonObject } from '../../facts/json-object.ts';

/** Services that hand a function a list of records, by what those name as their source. */
const recordSources: ReadonlyMap<unknown, string> = new Map([
  ['aws:s3', 'S3'],
  ['aws:sqs', 'SQS'],
  ['aws:sns', 'SNS'],
  ['aws:kinesis', 'Kinesis'],
  ['aws:dynamodb', 'DynamoDB'],
  ['aws:kafka', 'Kafka'],
]);

/**
 * Which service of AWS an event is from, where it is one that this function does not serve; undefined for all else.
 * Shapes: https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
 */
export function nameForeignEvent(event: unknown): string | undefined {
  if (!isJsonObject(event)) return undefined;
  const { Records: records, requestContext } = event;
  if (Array.isArray(records)) return nameRecords(records);
  if (event.Event === 's3:TestEvent') return 'S3';
  if (typeof event['detail-type'] === 'string') return event.source === 'aws.s3' ? 'S3 by EventBridge' : 'EventBridge';
  if (!isJsonObject(requestContext)) return undefined;
  if ('connectionId' in requestContext) return 'a WebSocket API';
  return 'serviceNetworkArn' in requestContext ? 'VPC Lattice' : undefined;
}

function nameRecords([first]: readonly unknown[]): string {
  const record: JsonObject = isJsonObject(first) ? first : {};
  // SNS alone writes it with a capital.
  return recordSources.get(record.eventSource ?? record.EventSource) ?? ('cf' in record ? 'CloudFront' : 'a stream');
}
